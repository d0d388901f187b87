from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.maintenance import Plan, Purpose, active, covered, ends, occurrences, running
from incidents.recurrence import Weekdays
from incidents.span import Span, merged
from tests.incidents.works import (
    DAY,
    ELSEWHERE,
    HERE,
    MINUTE,
    fixed,
    flexible,
    hours,
    moments,
    recurring,
    rules,
    span,
    spans,
    window,
)

MONDAYS = recurring(Weekdays(frozenset({0})), at="10:00")


@st.composite
def windows(draw):
    """A window of any kind, of which a span may have been moved and the rest withdrawn."""
    known = window(draw(rules), channels=draw(st.sampled_from([(1,), (3,)])))
    asked = draw(spans)
    moved = [
        Span(each.start, each.start + draw(st.integers(0, 4000)) * MINUTE)
        for each in occurrences(known, asked)[:2]
    ]
    withdrawn = draw(st.none() | moments)
    return window(known.rule, known.scope.channels, moved=tuple(moved), withdrawn=withdrawn)


@pytest.mark.parametrize(("at", "expected"), [(-0.1, False), (0, True), (1.9, True), (2, False)])
def test_a_fixed_window_covers_from_its_start_until_just_before_its_end(at, expected):
    assert bool(active([window(fixed(0, 2))], HERE, hours(at))) is expected


def test_a_window_covers_what_hangs_behind_what_it_names_and_what_is_below():
    assert active([window(fixed(0, 2), channels=[1])], HERE, hours(0))
    assert active([window(fixed(0, 2), channels=[], units=[10])], HERE, hours(0))
    assert not active([window(fixed(0, 2), channels=[1], units=[10])], ELSEWHERE, hours(0))


def test_a_flexible_window_covers_nothing_until_it_has_begun():
    assert not occurrences(window(flexible(0, 8, 2)), span(0, 24))
    assert occurrences(window(flexible(0, 8, 2, begun=7)), span(0, 24)) == (span(7, 9),)


def test_a_window_that_was_ended_early_covers_no_more():
    known = window(fixed(0, 4), moved=(span(0, 1),))
    assert ends(known, hours(0)) == hours(1)
    assert running(known, hours(1)) is None


def test_a_window_that_was_extended_covers_more():
    known = window(fixed(0, 4), moved=(span(0, 6),))
    assert ends(known, hours(5)) == hours(6)


def test_only_the_span_that_was_ended_early_is_shorter():
    week = timedelta(days=7)
    known = window(MONDAYS, moved=(span(0, 1),))
    assert occurrences(known, Span(hours(0), hours(3) + week)) == (
        span(0, 1),
        Span(hours(0) + week, hours(2) + week),
    )


def test_a_span_extended_past_the_next_ones_is_still_found_late():
    assert ends(window(MONDAYS, moved=(span(0, 24 * 20),)), hours(24 * 19)) == hours(24 * 20)


def test_nothing_is_covered_once_withdrawn():
    known = window(MONDAYS, withdrawn=hours(1))
    assert occurrences(known, Span(hours(0), hours(24 * 30))) == (span(0, 1),)


def test_planned_time_of_several_windows_is_counted_once():
    several = [window(fixed(0, 4)), window(fixed(2, 6), channels=[2]), window(fixed(8, 9))]
    assert covered(several, HERE, span(1, 24)) == (span(1, 6), span(8, 9))


def test_of_several_windows_the_plan_names_the_one_that_ends_last():
    longer, shorter = window(fixed(0, 4), id=1), window(fixed(0, 2), id=2)
    plan = Plan((longer, shorter), lambda channel: HERE)
    assert plan.covers(1, hours(1)) == longer
    assert plan.covers(1, hours(4)) is None


@given(st.lists(windows(), max_size=4), spans)
def test_planned_time_is_disjoint_and_within_what_was_asked(several, asked):
    found = covered(several, HERE, asked)
    assert merged(found) == found
    assert all(asked.start <= each.start < each.end <= asked.end for each in found)


@given(st.lists(windows(), max_size=4), spans, st.floats(0, 1))
def test_planned_time_of_the_parts_adds_up_to_that_of_the_whole(several, asked, share):
    middle = asked.start + share * asked.length
    parts = (Span(asked.start, middle), Span(middle, asked.end))
    whole = sum((each.length for each in covered(several, HERE, asked)), timedelta())
    assert whole == sum((each.length for part in parts for each in covered(several, HERE, part)), timedelta())


@given(st.lists(windows(), max_size=4), moments)
def test_a_minute_is_planned_time_exactly_when_a_window_is_active(several, at):
    minute = Span(at, at + MINUTE)
    plan = Plan(tuple(several), lambda channel: HERE)
    assert (covered(several, HERE, minute) == (minute,)) == bool(active(several, HERE, at))
    assert (plan.covers(1, at) is not None) == bool(active(several, HERE, at))


@given(windows(), moments, st.floats(0, 1))
def test_a_window_covers_every_instant_until_it_is_said_to_end(known, at, share):
    end = ends(known, at)
    if end is not None:
        assert ends(known, at + share * (end - at - timedelta.resolution)) >= end


@given(windows(), moments)
def test_no_span_that_is_running_lasts_longer_than_is_said(known, at):
    present = [each.end for each in occurrences(known, Span(at - 90 * DAY, at + 90 * DAY)) if at in each]
    assert ends(known, at) == max(present, default=None)


@given(windows(), spans)
def test_nothing_is_covered_before_a_window_opens_nor_once_it_is_over(known, asked):
    for each in occurrences(known, asked):
        assert each.start >= known.rule.opens
        assert known.over is None or each.end <= known.over


@given(rules, spans)
def test_what_is_muted_is_covered_and_yet_no_planned_time(rule, asked):
    muted = Plan((window(rule, purpose=Purpose.MUTE),), lambda _: HERE)
    works = Plan((window(rule),), lambda _: HERE)
    assert muted.covered(1, asked) == ()
    assert (muted.covers(1, asked.start) is None) == (works.covers(1, asked.start) is None)
    assert muted.covers(1, asked.start, Purpose.WORKS) is None
