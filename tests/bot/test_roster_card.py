"""The week's roster as it is read: holidays by name, days off by decree, and who is not there yet."""

from datetime import UTC, date, datetime, time

import pytest

from bot.cards.roster import Week, Who, on_duty, week
from incidents.roster import Shift
from incidents.span import Span
from locales.voice import Voice
from operations.desk import Desk
from operations.officedays import calendar_over, named_holidays
from storage import policies

VOICE = Voice.of("vi", "Asia/Ho_Chi_Minh")
TET = date(2026, 2, 16)  # the Monday of the week of Tết
DAY, NIGHT = time(7, 30), time(17)
NAMES = {1: "Hà", 2: "Minh"}


@pytest.fixture
async def days(province, clock):
    """The calendar and the holidays of that week, with a day off and a day on by decree."""
    desk = Desk(province, clock, VOICE)
    async with desk.act() as act:
        await policies.change(act.session, "days_off", ["2026-02-21"], act.at)
        await policies.change(act.session, "days_on", ["2026-02-22"], act.at)
    span = Span(datetime(2026, 2, 16, tzinfo=UTC), datetime(2026, 2, 23, tzinfo=UTC))
    async with desk.look() as act:
        return await calendar_over(act, span), await named_holidays(act, span)


def shown(days, *shifts):
    calendar, holidays = days
    message = week(Week(TET, shifts, NAMES, calendar, holidays), VOICE, date(2026, 2, 18))
    return message.text.striptags().replace("  ", " "), [[b.label for b in row] for row in message.buttons]


async def test_a_week_names_its_holidays_and_who_is_not_there_yet(days):
    text, buttons = shown(
        days,
        Shift(TET, DAY, NIGHT, 1, 2),
        Shift(TET, NIGHT, DAY, None),
        Shift(date(2026, 2, 17), DAY, DAY, 2),
    )
    lines = str(week(Week(TET, (), NAMES, *days), VOICE, TET).text).splitlines()
    assert "Lịch trực 16/02 – 22/02/2026" in lines[0]
    assert "Thứ Hai 16/02" in text
    assert "Tết" in next(line for line in lines if "17/02" in line)
    assert next(line for line in lines if "21/02" in line).endswith("ngày nghỉ")
    assert next(line for line in lines[1:] if "22/02" in line).endswith("làm bù")
    assert lines[-1] == "Tuần này chưa có lịch trực."
    for said in ("07:30–17:00: Hà, trực phụ Minh", "17:00–07:30: ⚠️ chưa có người", "07:30–07:30: Minh"):
        assert said in text
    assert "18/02 · hôm nay" in text
    assert buttons == [["« Tuần trước", "Tuần sau »"]]


def test_who_is_on_duty_has_a_telephone_only_where_it_may_be_read():
    now = datetime(2026, 2, 16, 3, tzinfo=UTC)
    ha = Who("Hà", "0208.000.1001", datetime(2026, 2, 16, 0, 31, tzinfo=UTC))
    message = on_duty(
        ha, Who("Minh"), (datetime(2026, 2, 16, 10, tzinfo=UTC), "Huy"), VOICE, now, at_the_desk=False
    )
    assert message.text.striptags() == (
        "Đang trực: Hà · 0208.000.1001 · nhận ca lúc 07:31 Trực phụ: Minh Ca tiếp theo, từ 17:00: Huy"
    )
    assert message.buttons == ()


def test_where_nobody_is_known_to_be_on_duty_that_is_said():
    now = datetime(2026, 2, 16, 3, tzinfo=UTC)
    message = on_duty(None, None, None, VOICE, now, at_the_desk=True)
    assert message.text == "Chưa có lịch trực và chưa ai nhận ca."
    assert [[b.label for b in row] for row in message.buttons] == [["Nhận ca", "Giao ca"]]
