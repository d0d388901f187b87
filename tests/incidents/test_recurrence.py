from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.recurrence import LAST, MonthDays, NthWeekday, Weekdays
from incidents.span import Span
from tests.incidents.works import MINUTE, ZONE, days_on, recurring, recurrings

YEAR_2026 = Span(datetime(2025, 12, 31, 17, 0, tzinfo=UTC), datetime(2026, 12, 31, 17, 0, tzinfo=UTC))


def starts(rule, asked=YEAR_2026):
    """Return the local days on which its spans start, as day/month."""
    return [f"{span.start.astimezone(ZONE):%d/%m}" for span in rule.spans(asked)]


def within(first, last):
    """Return the span of local days of 2026, both included."""
    begin = datetime.combine(first, datetime.min.time(), ZONE)
    return Span(begin.astimezone(UTC), begin.astimezone(UTC) + ((last - first) + timedelta(days=1)))


def test_a_day_that_a_month_does_not_have_is_passed_over():
    assert starts(recurring(MonthDays(frozenset({31})))) == [
        "31/01", "31/03", "31/05", "31/07", "31/08", "31/10", "31/12",
    ]  # fmt: skip


@pytest.mark.parametrize(("year", "expected"), [(2026, ["28/02"]), (2028, ["28/02", "29/02"])])
def test_the_29th_of_february_is_there_in_a_leap_year(year, expected):
    rule = recurring(MonthDays(frozenset({28, 29, 30})))
    assert starts(rule, within(date(year, 2, 1), date(year, 2, 28 + (year == 2028)))) == expected


@pytest.mark.parametrize(
    ("nth", "expected"),
    [
        (1, ["04/01", "01/02", "01/03", "05/04", "03/05", "07/06"]),
        (4, ["25/01", "22/02", "22/03", "26/04", "24/05", "28/06"]),
        (5, ["29/03", "31/05"]),
        (LAST, ["25/01", "22/02", "29/03", "26/04", "31/05", "28/06"]),
    ],
)
def test_a_weekday_of_a_month_is_counted_from_its_first_day(nth, expected):
    rule = recurring(NthWeekday(nth, 6))
    assert starts(rule, within(date(2026, 1, 1), date(2026, 6, 30))) == expected


def test_the_first_and_the_last_day_are_included():
    rule = recurring(Weekdays(frozenset({3, 6})), first=date(2026, 1, 1), until=date(2026, 1, 8))
    assert starts(rule) == ["01/01", "04/01", "08/01"]


def test_an_hour_is_that_of_the_zone():
    (span,) = recurring(MonthDays(frozenset({1})), first=date(2026, 1, 1), until=date(2026, 1, 2)).spans(
        YEAR_2026
    )
    assert span == Span(datetime(2025, 12, 31, 18, 0, tzinfo=UTC), datetime(2025, 12, 31, 20, 0, tzinfo=UTC))


@pytest.mark.parametrize("asked", [date(2026, 1, 10), date(2026, 1, 11)])
def test_a_span_that_passes_midnight_is_found_from_either_day(asked):
    rule = recurring(Weekdays(frozenset({5})), at="23:00")
    assert starts(rule, within(asked, asked)) == ["10/01"]


def naive(rule, asked):
    """Return each covered minute of *asked*: a minute is covered if a start lies so little before it."""
    covered, at = set(), asked.start - rule.duration
    left = timedelta()
    while at < asked.end:
        local = at.astimezone(rule.zone)
        begins = (local.hour, local.minute) == (rule.at.hour, rule.at.minute) and _starts(rule, local.date())
        left = rule.duration if begins else max(left - MINUTE, timedelta())
        if left and at >= asked.start:
            covered.add(at)
        at += MINUTE
    return covered


def _starts(rule, day):
    return rule.first <= day and (rule.until is None or day <= rule.until) and _has(rule.on, day)


def _has(on, day):
    match on:
        case Weekdays(weekdays):
            return f"{day:%u}" in {str(each + 1) for each in weekdays}
        case MonthDays(days):
            return f"{day:%d}" in {f"{each:02}" for each in days}
        case NthWeekday(nth, weekday):
            month = [day.replace(day=each) for each in range(1, 32) if _exists(day, each)]
            alike = [each for each in month if each.isoweekday() == weekday + 1]
            index = nth if nth == LAST else nth - 1
            return index < len(alike) and alike[index] == day


def _exists(day, number):
    try:
        return day.replace(day=number).month == day.month
    except ValueError:
        return False


@given(days_on, st.dates(date(2024, 1, 1), date(2028, 12, 31)))
def test_a_day_is_one_on_which_it_recurs_as_a_calendar_has_it(on, day):
    assert on.has(day) == _has(on, day)


@given(recurrings, st.integers(-20000, 60000), st.integers(1, 5000))
def test_its_spans_are_those_of_a_minute_by_minute_reading(rule, start, lasts):
    begin = datetime(2025, 11, 24, tzinfo=UTC) + start * MINUTE
    asked = Span(begin, begin + lasts * MINUTE)
    found = set()
    for span in rule.spans(asked):
        assert span.meets(asked)
        part = span.within(asked)
        found |= {part.start + each * MINUTE for each in range(part.length // MINUTE)}
    assert found == naive(rule, asked)
