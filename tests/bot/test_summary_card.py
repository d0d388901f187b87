"""The morning's letter, as it is read."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.cards.message import LIMIT, units
from bot.cards.summary import summary
from incidents.model import Cause
from incidents.sla import Owed
from locales.voice import Voice
from operations.agenda import MEETING, WORKS, Item
from operations.daily import Daily, Overdue, Past, written
from operations.without import PLANNED, Area, Group, Level, Standing
from tests.operations.conftest import plain

VOICE = Voice.of("vi", "Asia/Ho_Chi_Minh")
AT = datetime(2025, 11, 24, 0, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
CALM = Past(0, 0.9995, 0.9999)


def level(*groups, total=178, areas=9, communes=True):
    return Level(communes, total, areas, tuple(groups))


def group(cause, *areas):
    """Return units that are out for *cause*; an area is its name, how many are out, of how many."""
    names = tuple(f"Xã {index}" for index in range(sum(out for _, out, _ in areas)))
    return Group(cause, tuple(Area(*each) for each in areas), names)


def lines(*levels, agenda=(), off=0, unseen=0, yesterday=CALM, before=CALM, overdue=(), scope=None):
    told = Daily(AT, scope, agenda, Standing(levels, off, unseen), yesterday, before, overdue)
    return plain(summary({"daily": written(told)}, VOICE, AT)).splitlines()


TWO = group(Cause.POWER, ("Võ Nhai", 1, 15), ("Đại Từ", 1, 30))


def said(*levels, **more):
    return next(line for line in lines(*levels, **more) if "đơn vị cấp" in line)


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([TWO], "còn 2/178 đơn vị cấp xã mất kết nối, đều do mất điện (Võ Nhai 1/15, Đại Từ 1/30)."),
        (
            [group(Cause.FIBRE_CUT, ("Võ Nhai", 1, 15))],
            "còn 1/178 đơn vị cấp xã mất kết nối, do đứt cáp quang (Võ Nhai 1/15).",
        ),
        (
            [group(None, ("Võ Nhai", 2, 15))],
            "còn 2/178 đơn vị cấp xã mất kết nối, chưa rõ nguyên nhân (Võ Nhai 2/15).",
        ),
        (
            [TWO, group(PLANNED, ("Phú Bình", 1, 20)), group(None, ("Đại Từ", 2, 30))],
            "còn 5/178 đơn vị cấp xã mất kết nối: mất điện 2 (Võ Nhai 1/15, Đại Từ 1/30); "
            "bảo trì theo kế hoạch 1 (Phú Bình 1/20); chưa rõ nguyên nhân 2 (Đại Từ 2/30).",
        ),
    ],
)
def test_who_is_out_is_said_by_cause_and_area(groups, expected):
    assert said(level(*groups)) == f"Đến 07:30, {expected}"


def test_where_there_is_one_area_the_units_are_named():
    assert said(level(TWO, areas=1)).endswith("đều do mất điện (Xã 0, Xã 1).")


def test_a_quiet_day_is_one_line():
    assert lines(level(), level(communes=False, total=36)) == [
        "Báo cáo mạng truyền số liệu chuyên dùng: tính đến 07:30 24/11/2025, "
        "toàn bộ 214 đơn vị thông suốt; hôm qua không có sự cố."
    ]


def test_offices_that_are_still_shut_make_no_day_loud():
    (line,) = lines(level(), off=12)
    assert "178 đơn vị, không đơn vị nào mất kết nối (12 đơn vị tắt nguồn ngoài giờ)" in line


def test_what_we_do_not_see_is_said():
    assert "3 đơn vị mất giám sát." in lines(level(), unseen=3)


def test_what_is_on_today_comes_first():
    agenda = (Item(MEETING, AT + HOUR, AT + 4 * HOUR), Item(WORKS, AT, AT + HOUR, ("Xã Thần Xa",)))
    assert lines(level(), agenda=agenda)[1:3] == [
        "📌 Hôm nay 08:30–11:30: hội nghị truyền hình, toàn tỉnh.",
        "📌 Hôm nay 07:30–08:30: bảo trì theo kế hoạch, Xã Thần Xa.",
    ]


def test_yesterday_stands_beside_the_week_before():
    found = lines(level(), yesterday=Past(12, 0.999, 0.9995), before=Past(65 / 7, 0.9985, 0.9991))
    assert found[-1] == (
        "Hôm qua: 12 sự cố; tỷ lệ sẵn sàng 99,90%, riêng phần nhà mạng 99,95% "
        "(tuần trước đó: 9,29 sự cố mỗi ngày; 99,85%, 99,91%)."
    )


def test_the_first_day_has_no_week_before():
    found = lines(level(), yesterday=Past(1, 1.0, 1.0), before=Past(0, None, None))
    assert found[-1] == "Hôm qua: 1 sự cố; tỷ lệ sẵn sàng 100,00%, riêng phần nhà mạng 100,00%."


def test_what_is_overdue_is_named():
    late = tuple(Overdue(f"Xã {index}", Owed.RESTORE, AT - HOUR) for index in range(5))
    assert lines(level(), overdue=late)[-1] == (
        "⏰ Quá hạn: 5 việc (Xã 0 chưa khắc phục từ 06:30, Xã 1 chưa khắc phục từ 06:30, "
        "Xã 2 chưa khắc phục từ 06:30…)."
    )


def test_the_part_it_is_of_is_named():
    assert lines(level(TWO), scope="Huyện Võ Nhai")[0].startswith(
        "Báo cáo mạng truyền số liệu chuyên dùng Huyện Võ Nhai, tính đến"
    )


def test_it_fits_with_everything_down():
    areas = [(f"Thành phố có tên khá dài {index}", 20, 20) for index in range(9)]
    groups = [group(cause, *areas) for cause in (*Cause, PLANNED, None)]
    names = tuple(f"Xã có một cái tên rất dài {index}" for index in range(92))
    agenda = tuple(Item(WORKS, AT, AT + HOUR, names) for _ in range(20))
    told = Daily(AT, None, agenda, Standing((level(*groups),), 9, 9), CALM, CALM, ())
    text = summary({"daily": written(told)}, VOICE, AT).text
    assert units(text.striptags()) <= LIMIT
    assert "Đến 07:30, còn" in text


def test_no_code_is_in_it():
    assert "SC-" not in "".join(lines(level(TWO), overdue=(Overdue("Xã A", Owed.ASSIGN, AT - HOUR),)))
