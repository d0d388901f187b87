from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.figures.periods import Period, around, before, days_of

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
zones = st.sampled_from([HERE, ZoneInfo("UTC"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("America/New_York")])
dates = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("period", "on", "start", "end"),
    [
        (Period.DAY, date(2025, 11, 24), utc(2025, 11, 23, 17), utc(2025, 11, 24, 17)),
        (Period.WEEK, date(2025, 11, 30), utc(2025, 11, 23, 17), utc(2025, 11, 30, 17)),
        (Period.WEEK, date(2025, 11, 24), utc(2025, 11, 23, 17), utc(2025, 11, 30, 17)),
        (Period.MONTH, date(2025, 11, 30), utc(2025, 10, 31, 17), utc(2025, 11, 30, 17)),
        (Period.MONTH, date(2024, 2, 1), utc(2024, 1, 31, 17), utc(2024, 2, 29, 17)),
        (Period.MONTH, date(2025, 12, 31), utc(2025, 11, 30, 17), utc(2025, 12, 31, 17)),
    ],
)
def test_a_period_begins_and_ends_at_the_midnights_of_its_zone(period, on, start, end):
    found = around(period, on, HERE)
    assert (found.start, found.end) == (start, end)


def test_a_day_on_which_the_clock_is_put_back_has_25_hours():
    assert around(Period.DAY, date(2025, 11, 2), ZoneInfo("America/New_York")).length == timedelta(hours=25)


@pytest.mark.parametrize(
    ("at", "first"),
    [(utc(2025, 11, 30, 16, 59), date(2025, 10, 1)), (utc(2025, 11, 30, 17), date(2025, 11, 1))],
)
def test_a_month_is_over_at_its_last_midnight_here(at, first):
    found = before(Period.MONTH, at, HERE)
    assert days_of(found, HERE)[0] == first
    assert found.end <= at


@given(st.sampled_from(Period), dates, zones)
def test_periods_follow_each_other_without_a_gap(period, on, zone):
    found = around(period, on, zone)
    assert before(period, found.end, zone) == found
    assert before(period, found.end - timedelta.resolution, zone).end == found.start


@given(st.sampled_from(Period), dates, zones)
def test_every_day_is_in_its_own_period_alone(period, on, zone):
    found = around(period, on, zone)
    days = days_of(found, zone)
    assert on in days
    assert {around(period, each, zone) for each in days} == {found}
