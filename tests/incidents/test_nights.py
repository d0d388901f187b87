"""What a line's past tells of its nights, what stays unknown, and what is explained otherwise."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.model import LineState
from incidents.nights import Nights, nights
from incidents.officedays import Calendar, DayKind
from incidents.span import Span
from incidents.summary import Turn

UP, DOWN, BLIND, UNREACHABLE = LineState.UP, LineState.DOWN, LineState.BLIND, LineState.UNREACHABLE
HOUR = timedelta(hours=1)
CALENDAR = Calendar(ZoneInfo("Asia/Ho_Chi_Minh"))
MONDAY = date(2025, 11, 3)


def at(day, hour):
    """Return *hour* o'clock of the *day*th day from Monday on."""
    return CALENDAR.at(MONDAY + timedelta(days=day), hour * HOUR)


def told(*turns, days=3, apart=()):
    """Return the nights of a line that was up on Sunday, as (day, hour) pairs."""
    known = [Turn(1, at(-1, 12), UP), *(Turn(1, when, state) for state, when in turns)]
    found = nights(known, Span(at(-1, 12), at(days, 12)), CALENDAR, apart)
    return tuple(
        [((mark.day - MONDAY).days, mark.hour / HOUR if mark.hour is not None else None) for mark in marks]
        for marks in (found.evenings, found.mornings)
    )


def test_a_line_that_is_off_from_evening_to_morning_has_both_hours():
    assert told((DOWN, at(0, 17.5)), (UP, at(1, 7.25))) == ([(0, 17.5), (1, None), (2, None)], [(1, 7.25)])


def test_what_is_off_after_midnight_is_of_the_evening_before():
    assert told((DOWN, at(1, 0.5)), (UP, at(1, 7)))[0][0] == (0, 24.5)


def test_an_outage_that_ends_before_the_night_is_no_switching_off():
    assert told((DOWN, at(0, 17)), (UP, at(0, 22)), days=1) == ([(0, None)], [])


def test_of_a_broken_evening_the_last_silence_counts():
    assert told((DOWN, at(0, 17)), (UP, at(0, 18)), (DOWN, at(0, 19)), (UP, at(1, 7)), days=1)[0] == [(0, 19)]


def test_a_day_on_which_nobody_comes_has_no_evening_and_no_morning_hour():
    assert told((DOWN, at(0, 17)), (UP, at(2, 7))) == ([(0, 17), (2, None)], [(1, None), (2, 7)])


def test_a_blind_night_tells_nothing():
    assert told((BLIND, at(0, 17)), (UP, at(1, 7)), days=1) == ([], [])


def test_a_silence_that_we_first_saw_when_we_saw_again_has_no_beginning():
    assert told((BLIND, at(0, 17)), (DOWN, at(0, 18)), (UP, at(1, 7)), days=2) == ([(1, None)], [])


def test_blindness_in_the_midst_of_a_silence_does_not_matter():
    seen = told((DOWN, at(0, 17)), (BLIND, at(0, 20)), (DOWN, at(0, 21)), (UP, at(1, 7)), days=1)
    assert seen == ([(0, 17)], [])


def test_a_night_behind_a_dead_uplink_tells_nothing():
    assert told((UNREACHABLE, at(0, 17)), (UP, at(1, 7)), days=1) == ([], [])


def test_a_silence_that_is_explained_tells_nothing():
    night = [(DOWN, at(0, 17)), (UP, at(1, 7))]
    assert told(*night, days=2, apart=[Span(at(0, 20), at(0, 21))]) == ([(1, None)], [])


def test_an_evening_on_which_it_had_to_stay_on_is_no_evening():
    assert told(days=2, apart=[Span(at(0, 18), at(0, 22))])[0] == [(1, None)]


def test_the_present_day_is_not_yet_told_of():
    assert told((DOWN, at(1, 11)), days=1)[0] == [(0, None)]


def test_without_a_past_there_is_nothing():
    assert nights([], Span(at(0, 0), at(9, 0)), CALENDAR) == Nights()


@given(st.lists(st.tuples(st.floats(0, 240), st.sampled_from([UP, DOWN, BLIND])), max_size=40))
def test_each_day_is_told_of_at_most_once_and_within_its_hours(changes):
    found = nights(
        [Turn(1, at(0, hour), state) for hour, state in sorted(changes)], Span(at(0, 0), at(10, 0)), CALENDAR
    )
    for marks in (found.evenings, found.mornings):
        days = [mark.day for mark in marks]
        assert days == sorted(set(days))
        assert all(mark.hour is None or 3 * HOUR <= mark.hour <= 27 * HOUR for mark in marks)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2025, 11, 3), DayKind.WORKDAY),
        (date(2025, 11, 8), DayKind.SATURDAY),
        (date(2025, 11, 9), DayKind.RESTDAY),
        (date(2026, 2, 17), DayKind.RESTDAY),  # the first of Tết, a Tuesday
        (date(2026, 2, 28), DayKind.WORKDAY),  # a Saturday in exchange
    ],
)
def test_a_day_is_of_the_kind_the_calendar_says(day, kind):
    decreed = Calendar(CALENDAR.zone, frozenset({date(2026, 2, 17)}), frozenset({date(2026, 2, 28)}))
    assert decreed.kind(day) is kind


@given(st.integers(0, 2 * 365 * 24 * 60))
def test_an_instant_is_that_hour_of_its_office_day(minutes):
    instant = at(0, minutes / 60)
    day = CALENDAR.day(instant)
    assert CALENDAR.at(day, CALENDAR.hour(instant, day)) == instant
    assert 3 * HOUR <= CALENDAR.hour(instant, day) < 27 * HOUR
