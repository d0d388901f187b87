"""When a silence is a habit: months of offices that are regular, irregular, late, or never switched off."""

from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.offices import OFFICES, past, turns
from incidents.afterhours import Hours, expected_off, learn
from incidents.nights import Mark, Nights, nights
from incidents.officedays import Calendar
from incidents.routine import Routine
from incidents.span import Span

HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
MONDAY = date(2025, 11, 3)
TET = frozenset(date(2026, 2, 16) + index * DAY for index in range(5))  # Monday to Friday
CALENDAR = Calendar(ZoneInfo("Asia/Ho_Chi_Minh"), TET)
RULE = Routine()
KINDS = {office.name: office for office in OFFICES}


def days(first, count):
    """Return so many workdays from *first* on."""
    found = (first + index * DAY for index in range(7 * count))
    return [day for day in found if day.weekday() < 5 and day not in TET][:count]


def habit(off, on=7.0, first=MONDAY):
    """Return what is learned of an office that closes at the hours *off*, a workday each (None: not)."""
    on_days = days(first, len(off))
    evenings = [
        Mark(day, None if hour is None else hour * HOUR) for day, hour in zip(on_days, off, strict=True)
    ]
    mornings = [Mark(day, on * HOUR) for day in on_days[1:]]
    return learn(Nights(tuple(evenings), tuple(mornings)), CALENDAR, RULE)


def excuse(hours, day, hour, later=6 * MINUTE):
    since = CALENDAR.at(day, hour * HOUR)
    return expected_off(hours, since, since + later, CALENDAR)


REGULAR = habit([17.5, 17.6, 17.4, 17.5, 17.7] * 3)
FRIDAY = date(2025, 11, 28)


def test_a_regular_office_is_excused_until_its_usual_hour_the_next_day():
    found = excuse(REGULAR, FRIDAY - DAY, 17.5)
    assert found.until == CALENDAR.at(FRIDAY, 7.5 * HOUR)
    assert (found.usual.happened, found.usual.of) == (15, 15)


def test_from_friday_on_it_is_excused_until_monday():
    assert excuse(REGULAR, FRIDAY, 17.5).until == CALENDAR.at(date(2025, 12, 1), 7.5 * HOUR)


def test_before_tet_it_is_excused_until_after_tet():
    assert excuse(REGULAR, date(2026, 2, 13), 17.5).until == CALENDAR.at(date(2026, 2, 23), 7.5 * HOUR)


@pytest.mark.parametrize("hour", [10.0, 16.0, 19.0, 23.0, 26.0])
def test_a_silence_at_another_hour_is_not_excused(hour):
    assert excuse(REGULAR, FRIDAY, hour) is None


@pytest.mark.parametrize("day", [date(2025, 11, 29), date(2025, 11, 30), date(2026, 2, 17)])
def test_a_silence_on_a_day_that_is_no_workday_is_not_excused(day):
    assert excuse(REGULAR, day, 17.5) is None


def test_at_the_usual_hour_it_is_excused_no_more():
    until = excuse(REGULAR, FRIDAY, 17.5).until
    since = CALENDAR.at(FRIDAY, 17.5 * HOUR)
    assert expected_off(REGULAR, since, until - timedelta(seconds=1), CALENDAR) is not None
    assert expected_off(REGULAR, since, until, CALENDAR) is None


def test_few_evenings_are_no_habit():
    assert habit([17.5] * (RULE.least - 1)).off == {}
    assert habit([17.5] * RULE.least).off != {}


def test_a_habit_that_was_given_up_is_none():
    assert habit([17.5] * 20 + [None] * 3).off == {}


def test_an_evening_in_two_is_no_habit():
    assert habit([17.5, None] * 15).off == {}


def test_hours_all_over_the_evening_are_no_habit():
    assert habit([16.0, 18.0, 20.0, 22.0, 17.0, 23.0] * 3).off == {}


def test_who_is_never_seen_to_come_is_not_excused():
    hours = Hours(REGULAR.off, {})
    assert excuse(hours, FRIDAY, 17.5) is None


def test_with_no_past_to_look_at_nothing_is_a_habit():
    assert learn(Nights(), CALENDAR, RULE) == Hours()


@given(
    st.lists(st.one_of(st.none(), st.floats(15, 26)), max_size=40),
    st.floats(0, 27),
    st.integers(0, 60),
)
def test_an_excuse_ends_in_the_morning_of_a_workday_and_rests_on_most_evenings(off, hour, ahead):
    day = date(2025, 12, 29) + ahead * DAY
    found = excuse(habit(off), day, hour)
    if found is None:
        return
    assert found.usual.happened >= RULE.share * found.usual.of >= RULE.share * RULE.least
    assert found.usual.latest - found.usual.earliest <= RULE.widest
    back = CALENDAR.day(found.until)
    assert (back.weekday() < 5, back in TET, back > CALENDAR.day(CALENDAR.at(day, hour * HOUR))) == (
        True,
        False,
        True,
    )


def lived(name, seed=0, length=120):
    """Yield each silence of an office after three weeks, whether it was switched off, and its excuse."""
    start = CALENDAR.at(MONDAY, timedelta())
    silences = past(KINDS[name], MONDAY, length, CALENDAR, Random(seed))
    every = turns([span for span, _ in silences], start)
    for span, switched in silences:
        if span.start < start + 21 * DAY:
            continue
        known = [turn for turn in every if turn.since < span.start]
        asked = Span(max(start, span.start - RULE.weeks * 7 * DAY), span.start)
        hours = learn(nights(known, asked, CALENDAR), CALENDAR, RULE)
        yield span, switched, expected_off(hours, span.start, span.start, CALENDAR)


@pytest.mark.parametrize("name", ["regular", "punctual", "works on Saturdays"])
def test_a_regular_office_rings_hardly_ever(name):
    excuses = [found for _, switched, found in lived(name) if switched]
    assert sum(found is None for found in excuses) <= 0.1 * len(excuses)


@pytest.mark.parametrize("name", ["never off", "never off, bad evenings"])
@pytest.mark.parametrize("seed", range(3))
def test_an_office_that_is_never_switched_off_is_never_excused(name, seed):
    assert [found for _, _, found in lived(name, seed) if found is not None] == []


def test_an_office_that_is_off_one_evening_in_three_is_not_excused():
    assert [found for _, _, found in lived("off one of three") if found is not None] == []


def test_a_cut_at_closing_time_is_told_of_at_the_usual_hour_of_the_next_morning():
    found = excuse(REGULAR, FRIDAY - DAY, 17 + 40 / 60)
    assert found is not None
    assert found.until == CALENDAR.at(FRIDAY, 7.5 * HOUR)  # not a minute later, whatever it is
