"""What the card of an incident of many says: what is lost of what, where, by which rule, and what is back."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.cards.incident import render
from incidents.model import Incident, Member, Status
from incidents.policy import Common
from incidents.roles import Room
from incidents.wide import Scope, Wide
from locales.voice import Voice
from operations.extent import AreaShare, Extent
from operations.look import IncidentView

VI = Voice.of("vi", "Asia/Ho_Chi_Minh")
NOW = datetime(2025, 11, 24, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
OUT = tuple(Member(channel, NOW - HOUR) for channel in range(1, 9))
AREAS = (AreaShare("Đại Từ", 3, 30), AreaShare("Võ Nhai", 5, 17))
NAMES = {Scope.AREA: "Huyện Võ Nhai", Scope.CARRIER: "VNPT"}


def view(
    scope: Scope = Scope.AREA, back: int = 0, areas: tuple[AreaShare, ...] = AREAS, **values
) -> IncidentView:
    wide = Wide(scope, 1, 1234)
    incident = Incident(
        **{"unit": 1, "opened": NOW, "id": 12, "root": 1, "members": OUT, "wide": wide} | values
    )
    extent = Extent(
        scope=scope,
        name=NAMES.get(scope, "Tỉnh Thái Nguyên"),
        out=len(incident.silent),
        total=1234,
        back=back,
        areas=areas,
        rule=Common(),
    )
    return IncidentView(
        incident=incident,
        unit="Tỉnh Thái Nguyên",
        area=None,
        address=None,
        channel="X05725",
        carrier="VNPT",
        hotline=None,
        silent=("Xã Thần Xa",),
        extent=extent,
        backup=None,
        flapping=None,
        owner=None,
        team=None,
        teams=(),
        deadline=None,
        restore_by=None,
        service=None,
        power=(),
        reports=(),
        claims=(),
    )


def card(known: IncidentView) -> list[str]:
    return re.sub(r"<[^>]+>", "", str(render(known, VI, NOW, Room.ONCALL).text)).splitlines()


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        (
            Scope.AREA,
            [
                "🔴 SC-0012 · Sự cố diện rộng, Huyện Võ Nhai: 8/1.234 kênh mất kết nối",
                "Từ 09:00",
                "Lý do gộp: ít nhất 5 kênh và 50% số kênh của địa bàn mất trong vòng 1 phút.",
            ],
        ),
        (
            Scope.CARRIER,
            [
                "🔴 SC-0012 · Sự cố diện rộng, VNPT: 8/1.234 kênh mất kết nối",
                "Từ 09:00",
                "Mất kết nối: Đại Từ 3/30, Võ Nhai 5/17",
                "Lý do gộp: ít nhất 50% số kênh của nhà mạng, ở từ 3 địa bàn trở lên, mất trong vòng 1 phút.",
            ],
        ),
        (
            Scope.PROVINCE,
            [
                "🔴 SC-0012 · Sự cố diện rộng, Tỉnh Thái Nguyên: 8/1.234 kênh mất kết nối",
                "Từ 09:00",
                "Mất kết nối: Đại Từ 3/30, Võ Nhai 5/17",
                "Lý do gộp: từ 3 địa bàn hoặc từ 20 kênh trở lên mất trong vòng 1 phút.",
            ],
        ),
        (
            Scope.TOTAL,
            [
                "🔴 SC-0012 · Mất toàn bộ hoặc mất giám sát: 8/1.234 kênh",
                "Từ 09:00",
                "Mất kết nối: Đại Từ 3/30, Võ Nhai 5/17",
                "Chưa khai báo điểm mốc nên chưa rõ các kênh mất kết nối thật hay hệ thống mất giám sát.",
            ],
        ),
    ],
)
def test_the_card_names_what_is_lost_of_what_and_the_rule(scope: Scope, said: list[str]) -> None:
    assert card(view(scope)) == [*said, "Phiếu: mới"]


def test_what_is_back_is_counted() -> None:
    assert "1.226 kênh đã thông suốt trở lại" in card(view(back=1226))


def test_a_total_loss_is_in_doubt_no_more_once_a_line_is_back() -> None:
    said = card(view(Scope.TOTAL, back=1))
    assert said[0] == "🔴 SC-0012 · Sự cố diện rộng, Tỉnh Thái Nguyên: 8/1.234 kênh mất kết nối"
    assert not any("điểm mốc" in line for line in said)


def test_of_very_many_areas_the_first_are_named() -> None:
    areas = tuple(AreaShare(f"Địa bàn {each}", 1, 2) for each in range(13))
    (line,) = [line for line in card(view(Scope.PROVINCE, areas=areas)) if line.startswith("Mất kết nối")]
    assert line.endswith("Địa bàn 11 1/2…")
    assert "Địa bàn 12" not in line


def test_the_name_of_an_area_is_no_mark_up() -> None:
    text = str(render(view(Scope.PROVINCE, areas=(AreaShare("<b>", 1, 2),)), VI, NOW, Room.ONCALL).text)
    assert "&lt;b&gt; 1/2" in text


def test_it_is_over_in_green_and_closed_in_white() -> None:
    back = tuple(Member(each.channel, each.joined, NOW) for each in OUT)
    over = view(back=8, areas=(), members=back, recovered=NOW)
    assert card(over)[0] == "🟢 SC-0012 · Sự cố diện rộng, Huyện Võ Nhai: đã thông suốt trở lại"
    closed = view(back=8, areas=(), members=back, recovered=NOW, status=Status.CLOSED, closed=NOW)
    assert card(closed)[0] == "⚪ SC-0012 · Sự cố diện rộng, Huyện Võ Nhai: đã đóng"
