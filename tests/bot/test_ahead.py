"""Times to come, as a team types them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.ahead import ahead

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 24, 14, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("30'", 30),
        ("30 phút", 30),
        ("90p", 90),
        ("khoảng 30 phút nữa", 30),
        ("đến sau 1h", 60),
        ("2 tiếng", 120),
        ("8 tiếng", 480),
        ("1h30", 90),
        ("2 giờ 15 phút", 135),
        ("nửa tiếng", 30),
        ("1 tiếng rưỡi", 90),
    ],
)
def test_a_length_is_counted_from_now(words: str, minutes: int) -> None:
    assert ahead(words, NOW) == NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("words", "day", "hour", "minute"),
    [
        ("15:30", 24, 15, 30),
        ("lúc 15h30", 24, 15, 30),
        ("lúc 15h", 24, 15, 0),
        ("9h", 25, 9, 0),  # past today: tomorrow
        ("7:05 26/11", 26, 7, 5),
        ("17h ngày 25/11", 25, 17, 0),
        ("8:00 24/11", 24, 8, 0),  # a day that is named is that day: past, and refused as such
    ],
)
def test_an_hour_is_the_next_one_or_that_of_its_day(words: str, day: int, hour: int, minute: int) -> None:
    assert ahead(words, NOW) == datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def test_the_year_may_end_before_it() -> None:
    eve = datetime(2026, 12, 31, 22, 0, tzinfo=ZONE)
    assert ahead("2:00 01/01", eve) == datetime(2027, 1, 1, 2, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    "words", ["", "sớm", "25:00", "15:75", "9h 31/02", "lát nữa", "10.1.2.3", "1h rồi đi"]
)
def test_what_names_no_time_is_none(words: str) -> None:
    assert ahead(words, NOW) is None
