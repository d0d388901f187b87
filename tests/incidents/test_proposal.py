from datetime import date, timedelta

import pytest
from hypothesis import given

from incidents.amendment import Refusal
from incidents.maintenance import Fixed, occurrences
from incidents.proposal import Warned, during, from_now, notice, overlap, refusal
from incidents.recurrence import MonthDays, NthWeekday, Weekdays
from tests.incidents.works import T0, fixed, flexible, hours, moments, recurring, span, spans, window, wishes

MONDAYS = Weekdays(frozenset({0}))
NORMAL, URGENT = timedelta(hours=24), timedelta(minutes=60)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (fixed(1, 2), None),
        (fixed(-1, 2), None),  # a part of it is left
        (fixed(-2, 0), Refusal.PAST),
        (fixed(2, 2), Refusal.EMPTY),
        (fixed(2, 1), Refusal.EMPTY),
        (fixed(1, 31 * 24 + 1), None),
        (fixed(1, 31 * 24 + 1.1), Refusal.TOO_LONG),
        (fixed(50000, 50001), Refusal.FAR),
        (flexible(1, 8, 2), None),
        (flexible(1, 1, 2), None),
        (flexible(8, 1, 2), Refusal.EMPTY),
        (flexible(1, 8, 0), Refusal.EMPTY),
        (flexible(-8, -1, 9), Refusal.PAST),  # nothing can begin it any more
        (flexible(1, 8, 31 * 24 + 1), Refusal.TOO_LONG),
        (flexible(0, 31 * 24 + 1, 1), Refusal.TOO_LONG),
        (recurring(MONDAYS), None),
        (recurring(MONDAYS, until=date(2025, 12, 1)), None),
        (recurring(MONDAYS, until=date(2025, 11, 23)), Refusal.PAST),
        (recurring(MONDAYS, until=date(2025, 11, 24)), Refusal.PAST),  # its hour of that day is past
        (recurring(MONDAYS, first=date(2025, 11, 26), until=date(2025, 11, 30)), Refusal.EMPTY),
        (recurring(MONDAYS, first=date(2025, 12, 26), until=date(2025, 12, 24)), Refusal.EMPTY),
        (
            recurring(MonthDays(frozenset({31})), first=date(2026, 2, 1), until=date(2026, 2, 28)),
            Refusal.EMPTY,
        ),
        (recurring(MONDAYS, lasts=0), Refusal.EMPTY),
        (recurring(MONDAYS, lasts=24 * 7), Refusal.ENDLESS),
        (recurring(MonthDays(frozenset({1, 28})), lasts=24 * 3 - 1), Refusal.ENDLESS),
        (recurring(NthWeekday(1, 0), lasts=24 * 20), None),
        (recurring(NthWeekday(1, 0), lasts=24 * 32), Refusal.TOO_LONG),
        (recurring(MONDAYS, first=date(2031, 1, 1)), Refusal.FAR),
        (recurring(MONDAYS, until=date(9999, 12, 31)), Refusal.FAR),
    ],
)
def test_what_cannot_be_planned_is_refused_by_name(rule, expected):
    assert refusal(rule, T0) == expected


@given(wishes, moments)
def test_what_is_planned_is_never_in_the_past(rule, at):
    if refusal(rule, at) is None:
        assert from_now(rule, at).opens >= at
        assert refusal(from_now(rule, at), at) is None


@given(wishes, moments, spans)
def test_nothing_that_was_to_come_is_lost_by_planning_it_from_now(rule, at, asked):
    before = occurrences(window(rule), asked)
    after = occurrences(window(from_now(rule, at)), asked)
    assert {each for each in before if each.start >= at} <= set(after)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (fixed(24, 26), None),
        (fixed(23.9, 26), Warned.URGENT),
        (fixed(1, 26), Warned.URGENT),
        (fixed(0.9, 26), Warned.SHORT),
        (flexible(24, 48, 2), None),
        (flexible(23, 48, 2), Warned.URGENT),
        (recurring(MONDAYS, first=date(2025, 11, 25)), None),  # the first Monday is a week away
        (recurring(Weekdays(frozenset({1})), at="09:00", first=date(2025, 11, 25)), Warned.URGENT),
    ],
)
def test_a_short_notice_is_named(rule, expected):
    assert notice(window(rule), T0, NORMAL, URGENT) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (fixed(0, 2), fixed(1, 3), True),
        (fixed(0, 2), fixed(2, 3), False),
        (flexible(0, 8, 2), fixed(9, 10), True),  # it may begin as late as that
        (flexible(0, 8, 2), fixed(10, 11), False),
        (fixed(24 * 7, 24 * 7 + 1), recurring(MONDAYS, at="10:30"), True),
        (fixed(24 * 7, 24 * 7 + 1), recurring(MONDAYS, at="11:00"), False),
    ],
)
def test_windows_overlap_where_both_may_be_open(one, other, expected):
    assert overlap(window(one), window(other)) is expected


def test_a_window_ended_early_overlaps_nothing_later():
    assert not overlap(window(fixed(2, 3)), window(fixed(0, 4), moved=(span(0, 1),)))
    assert not overlap(window(fixed(2, 3)), window(flexible(0, 4, 1), withdrawn=hours(1)))


@given(wishes, spans)
def test_a_window_is_during_a_span_just_where_it_overlaps_work_from_its_start_to_its_end(rule, known):
    if refusal(rule, T0) is None:
        meeting = window(Fixed(known.start, known.end))
        assert during(window(rule), known) == overlap(window(rule), meeting)
