from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.directive import Directing, Directive, next_ring

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
RULE = Directing()
MINUTE = timedelta(minutes=1)
minutes = st.integers(1, 10_000).map(lambda count: count * MINUTE)


@st.composite
def directives(draw):
    given_ = Directive(AT, AT + draw(minutes))
    if draw(st.booleans()):
        given_ = replace(given_, received=AT + draw(minutes))
    if draw(st.booleans()):
        since = given_.received or given_.given
        given_ = replace(given_, rung=draw(st.integers(1, 50)), last=since + draw(minutes))
    return given_


def test_what_nobody_receives_rings_soon_and_then_ever_more_rarely():
    fresh = Directive(AT, AT + timedelta(hours=5))
    assert next_ring(fresh, RULE) == AT + 10 * MINUTE
    once = replace(fresh, rung=1, last=AT + 10 * MINUTE)
    assert next_ring(once, RULE) == AT + 30 * MINUTE


def test_what_was_received_rings_when_it_is_due_and_after_it():
    taken = Directive(AT, AT + timedelta(hours=2), received=AT + 5 * MINUTE)
    assert next_ring(taken, RULE) == taken.due
    assert next_ring(replace(taken, rung=1, last=taken.due), RULE) == taken.due + timedelta(hours=1)


def test_what_is_received_too_late_rings_after_a_pause():
    late = Directive(AT, AT + 10 * MINUTE, received=AT + 20 * MINUTE)
    assert next_ring(late, RULE) == AT + 50 * MINUTE


@given(directives())
def test_without_a_report_there_is_always_a_next_call_and_never_two_too_far_apart(directive):
    since = directive.last or directive.received or directive.given
    ring = next_ring(directive, RULE)
    assert ring > since
    assert ring <= max(since + RULE.rarest, directive.due)
    assert directive.received or ring <= since + RULE.rarest


@given(directives())
def test_no_call_skips_the_hour_it_is_due(directive):
    since = directive.last or directive.received or directive.given
    assert since >= directive.due or next_ring(directive, RULE) <= directive.due


@given(directives(), minutes)
def test_once_there_is_a_report_nobody_is_called(directive, later):
    assert next_ring(replace(directive, answered=AT + later), RULE) is None


@pytest.mark.parametrize(
    "wrong", [{"due": timedelta()}, {"again": -MINUTE}, {"rarest": MINUTE}], ids=lambda each: next(iter(each))
)
def test_times_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError, match="expected"):
        Directing(**wrong)
