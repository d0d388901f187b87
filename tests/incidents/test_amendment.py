from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from incidents.amendment import Begun, Ended, Extended, Refusal, Withdrawn, amended, begin, end, extend
from incidents.maintenance import ends, running
from incidents.recurrence import Weekdays
from tests.incidents.works import (
    ELSEWHERE,
    HERE,
    fixed,
    flexible,
    hours,
    moments,
    recurring,
    rules,
    span,
    window,
)

MONDAYS = recurring(Weekdays(frozenset({0})), at="10:00")
FLEXIBLE = window(flexible(0, 8, 2))


@pytest.mark.parametrize(
    ("since", "expected"), [(-0.1, None), (0, Begun(hours(0))), (8, Begun(hours(8))), (8.1, None)]
)
def test_a_flexible_window_begins_with_a_silence_in_its_time(since, expected):
    assert begin(FLEXIBLE, HERE, hours(since)) == expected


def test_a_flexible_window_begins_only_with_a_line_it_covers():
    assert begin(FLEXIBLE, ELSEWHERE, hours(1)) is None


@pytest.mark.parametrize(
    "known",
    [
        window(flexible(0, 8, 2, begun=1)),
        replace(FLEXIBLE, withdrawn=hours(0)),
        window(fixed(0, 8)),
        window(MONDAYS),
    ],
)
def test_what_has_begun_or_waits_for_no_silence_is_not_begun_by_one(known):
    assert begin(known, HERE, hours(2)) is None


def test_a_flexible_window_that_has_begun_lasts_its_time():
    known = amended(FLEXIBLE, Begun(hours(7)))
    assert running(known, hours(8)) == span(7, 9)


@pytest.mark.parametrize(
    ("known", "at", "expected"),
    [
        (window(fixed(0, 4)), 1, Ended(hours(0), hours(1))),
        (window(fixed(0, 4)), -1, Withdrawn(hours(-1))),
        (window(fixed(0, 4)), 4, Refusal.OVER),
        (FLEXIBLE, 3, Withdrawn(hours(3))),
        (FLEXIBLE, 9, Refusal.OVER),  # the silence it waited for never came
        (window(flexible(0, 8, 2, begun=8)), 9, Ended(hours(8), hours(9))),
        (window(MONDAYS), 1, Ended(hours(0), hours(1))),
        (window(MONDAYS), 3, Refusal.NOT_RUNNING),
        (window(MONDAYS, withdrawn=hours(0)), 1, Refusal.OVER),
    ],
)
def test_what_is_running_is_ended_and_what_happens_but_once_is_withdrawn(known, at, expected):
    assert end(known, hours(at)) == expected


@pytest.mark.parametrize("at", [1, 3])
def test_all_that_is_to_come_can_be_withdrawn_at_once(at):
    change = end(window(MONDAYS), hours(at), whole=True)
    assert change == Withdrawn(hours(at))
    assert amended(window(MONDAYS), change).over == hours(at)


@pytest.mark.parametrize(
    ("known", "until", "at", "expected"),
    [
        (window(fixed(0, 4)), 6, 1, Extended(hours(0), hours(6))),
        (window(fixed(0, 4)), 6, -1, Extended(hours(0), hours(6))),  # it has yet to begin
        (window(fixed(0, 4)), 4, 1, Refusal.NOT_LATER),
        (window(fixed(0, 4)), 31 * 24, 1, Extended(hours(0), hours(31 * 24))),
        (window(fixed(0, 4)), 31 * 24 + 1, 1, Refusal.TOO_LONG),
        (window(fixed(0, 4)), 6, 4, Refusal.OVER),
        (window(fixed(0, 4), moved=(span(0, 6),)), 5, -1, Refusal.NOT_LATER),
        (FLEXIBLE, 9, 3, Refusal.NOT_RUNNING),
        (window(flexible(0, 8, 2, begun=1)), 9, 2, Extended(hours(1), hours(9))),
        (window(MONDAYS), 5, 1, Extended(hours(0), hours(5))),
        (window(MONDAYS), 5, 3, Refusal.NOT_RUNNING),
        (window(MONDAYS, withdrawn=hours(0)), 5, 1, Refusal.OVER),
    ],
)
def test_what_is_running_is_extended(known, until, at, expected):
    assert extend(known, hours(until), hours(at)) == expected


def test_a_span_may_be_moved_more_than_once():
    known = amended(window(MONDAYS), Extended(hours(0), hours(5)))
    assert amended(known, Ended(hours(0), hours(4))).moved == (span(0, 4),)


@given(rules, moments)
def test_after_an_end_nothing_is_running(rule, at):
    known = window(rule)
    change = end(known, at, whole=True)
    if not isinstance(change, Refusal):
        assert running(amended(known, change), at) is None


@given(rules, moments)
def test_after_an_extension_it_ends_when_it_was_told_to(rule, at):
    known = window(rule)
    until = at + timedelta(days=5)
    change = extend(known, until, at)
    if not isinstance(change, Refusal) and change.start <= at:
        assert ends(amended(known, change), at) == until
