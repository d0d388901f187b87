from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.quiet import Quiet, wakes

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NIGHT = Quiet("22:00", "06:00")


def at(hour, day=24):
    return datetime.combine(date(2025, 11, day), time.fromisoformat(hour), ZONE)


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        (at("21:59:59"), None),
        (at("22:00"), at("06:00", 25)),
        (at("23:30"), at("06:00", 25)),
        (at("00:00"), at("06:00")),
        (at("05:59:59"), at("06:00")),
        (at("06:00"), None),
        (at("12:00"), None),
    ],
)
def test_a_night_goes_across_midnight_to_its_morning(now, morning):
    assert wakes(NIGHT, now) == morning


def test_a_rest_within_one_day_ends_on_that_day():
    assert wakes(Quiet("12:00", "13:30"), at("12:15")) == at("13:30")
    assert wakes(Quiet("12:00", "13:30"), at("13:30")) is None


def test_two_hours_that_are_the_same_make_no_night():
    assert wakes(Quiet("06:00", "06:00"), at("06:00")) is None


def test_what_is_no_hour_is_refused():
    with pytest.raises(ValueError, match="hour"):
        Quiet("25:00", "06:00")


HOURS = st.times().map(lambda hour: hour.replace(microsecond=0).isoformat())


@given(
    HOURS,
    HOURS,
    st.integers(0, 10**9).map(lambda seconds: at("00:00") + timedelta(seconds=seconds)),
)
def test_one_wakes_within_a_day_and_is_awake_then(since, until, now):
    quiet = Quiet(since, until)
    morning = wakes(quiet, now)
    if morning is not None:
        assert timedelta() < morning - now <= timedelta(days=1)
        assert wakes(quiet, morning) is None
