"""What is wanted of a window, as people type it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.period import typed
from incidents.maintenance import Fixed
from incidents.recurrence import LAST, MonthDays, NthWeekday, Recurring, Weekdays

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2025, 11, 24, 15, 0, tzinfo=ZONE)


def fixed(start, end):
    """Return the rule between two (day, hour) of the month."""

    def moment(day, hour):
        return (datetime(2025, 11, day, tzinfo=ZONE) + timedelta(hours=hour)).astimezone(UTC)

    return Fixed(moment(*start), moment(*end))


@pytest.mark.parametrize(
    ("words", "names", "rule", "reason"),
    [
        ("Thần Xa 2h thay nguồn", ["Thần Xa"], fixed((24, 15), (24, 17)), "thay nguồn"),
        ("Thần Xa 2 giờ: thay nguồn", ["Thần Xa"], fixed((24, 15), (24, 17)), "thay nguồn"),
        ("Thần Xa trong 90 phút", ["Thần Xa"], fixed((24, 15), (24, 16.5)), ""),
        ("Thần Xa 1h30 vì hàn cáp", ["Thần Xa"], fixed((24, 15), (24, 16.5)), "hàn cáp"),
        ("Thần Xa 30'", ["Thần Xa"], fixed((24, 15), (24, 15.5)), ""),
        ("X05725 2 ngày lý do chờ vật tư", ["X05725"], fixed((24, 15), (26, 15)), "chờ vật tư"),
        ("Thần Xa đến 22:00 thay tủ quang", ["Thần Xa"], fixed((24, 15), (24, 22)), "thay tủ quang"),
        (
            "Thần Xa, Bình Long từ 22:00 đến 02:00 25/11: thay tủ quang",
            ["Thần Xa", "Bình Long"],
            fixed((24, 22), (25, 2)),
            "thay tủ quang",
        ),
        ("Thần Xa và X05713 22h-2h: hàn nối", ["Thần Xa", "X05713"], fixed((24, 22), (25, 2)), "hàn nối"),
        ("Võ Nhai 22:00 25/11 đến 02:00 26/11", ["Võ Nhai"], fixed((25, 22), (26, 2)), ""),
        ("than xa tu 22:00 den 23:00: thay tu", ["than xa"], fixed((24, 22), (24, 23)), "thay tu"),
    ],
)
def test_what_is_wanted_once_is_taken_as_typed(words, names, rule, reason):
    found = typed(words, NOW.astimezone(UTC), ZONE)
    assert (list(found.names), found.rule, found.reason) == (names, rule, reason)


@pytest.mark.parametrize(
    ("words", "on", "at", "hours"),
    [
        ("Thần Xa thứ 5, chủ nhật hằng tuần 01:00-03:00", Weekdays(frozenset({3, 6})), time(1), 2),
        ("Thần Xa t2 va cn hang tuan tu 22h den 2h", Weekdays(frozenset({0, 6})), time(22), 4),
        ("Thần Xa ngày 1, 15 hằng tháng 01:00 đến 03:30", MonthDays(frozenset({1, 15})), time(1), 2.5),
        ("Thần Xa chủ nhật cuối tháng 01:00-03:00", NthWeekday(LAST, 6), time(1), 2),
        ("Thần Xa thứ 2 đầu hàng tháng 01:00-03:00", NthWeekday(1, 0), time(1), 2),
        ("Thần Xa hằng ngày 01:00-03:00", Weekdays(frozenset(range(7))), time(1), 2),
    ],
)
def test_what_recurs_is_taken_as_typed(words, on, at, hours):
    found = typed(f"{words}: bảo trì định kỳ", NOW.astimezone(UTC), ZONE)
    assert found.rule == Recurring(on, at, timedelta(hours=hours), ZONE, date(2025, 11, 24))
    assert (found.names, found.reason) == (("Thần Xa",), "bảo trì định kỳ")


def test_what_recurs_may_have_a_last_day():
    words = "Thần Xa thứ 5 hằng tuần 01:00-03:00 đến hết 31/3: định kỳ"
    found = typed(words, NOW.astimezone(UTC), ZONE)
    assert isinstance(found.rule, Recurring)
    assert (found.rule.until, found.reason) == (date(2026, 3, 31), "định kỳ")


@pytest.mark.parametrize(
    ("words", "names", "reason"),
    [
        ("Thần Xa", ["Thần Xa"], ""),
        ("X05725", ["X05725"], ""),
        ("Thần Xa: đang sửa", ["Thần Xa"], "đang sửa"),
        ("Thần Xa từ 25:00 đến 26:00", ["Thần Xa từ 25:00 đến 26:00"], ""),
    ],
)
def test_without_an_end_there_is_no_time(words, names, reason):
    found = typed(words, NOW.astimezone(UTC), ZONE)
    assert (list(found.names), found.rule, found.reason) == (names, None, reason)
