"""A commune officer's report: one command, one answer."""

import re

from tests.journeys.conftest import Scene
from tests.journeys.people import HA, NAM, UPLINK, XA

HOUR = re.compile(r"\d\d:\d\d( \d\d/\d\d)?")
FIGURES = re.compile(r"Kiểm tra \d\d:\d\d–.*\n")


async def test_a_report_over_a_good_line_is_told_where_to_look_first(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    answer = await stage.asks(nam, "/baosuco các máy không vào mạng", "SC-0001")
    assert HOUR.sub("HH:MM", answer) == (
        "SC-0001: đã ghi nhận báo cáo của đồng chí.\n"
        "Đường truyền đến Xã Thần Xa vẫn thông suốt. Đề nghị đồng chí kiểm tra tại đơn vị:\n"
        "1. Nguồn điện: bộ chuyển đổi quang và bộ định tuyến có sáng đèn không?\n"
        "2. Dây mạng: dây từ bộ định tuyến đến bộ chia đã cắm chặt hai đầu chưa?\n"
        "3. Máy tính: cắm một máy khác thẳng vào bộ định tuyến thì có dùng được không?\n"
        "Trực ban đã được báo.\n"
        "Cần tiếp nhận trước HH:MM\n"
        "Trụ sở hiện có điện không?"
    )
    card = await stage.card("báo sự cố")
    assert HOUR.sub("HH:MM", FIGURES.sub("", card.text)) == (
        "🟡 SC-0001 · Xã Thần Xa (Huyện Võ Nhai) báo sự cố\n"
        "Từ HH:MM\n"
        "Phiếu: mới\n"
        "Cần tiếp nhận trước HH:MM\n"
        "Triệu Văn Nam báo lúc HH:MM: “các máy không vào mạng” "
        "(đường truyền tốt: xem nguồn điện, mạng nội bộ của đơn vị)"
    )
    assert [[b.text for b in row] for row in card.buttons] == [
        ["Tiếp nhận", "Giao đội", "Đóng phiếu"],
        ["Chi tiết", "Thêm…"],
    ]


async def test_a_report_of_a_silent_line_joins_the_open_ticket(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    await stage.cut(XA)
    card = await stage.card()
    answer = await stage.asks(nam, "/baosuco", "SC-0001")
    assert "Hệ thống cũng ghi nhận: đường truyền đến Xã Thần Xa không phản hồi." in answer
    await stage.oncall.wait(lambda _: "Triệu Văn Nam báo lúc" in card.text)
    assert stage.oncall.bot_messages == [card]


async def test_a_report_before_the_outage_is_declared_becomes_the_outage_s_ticket(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    await stage.cut(XA)
    assert "SC-0001" in await stage.asks(nam, "/baosuco", "SC-0001")
    await stage.oncall.wait(lambda chat: any("mất kết nối" in m.text for m in chat.bot_messages), 15)
    assert len(stage.oncall.bot_messages) == 1


async def test_a_report_behind_a_dead_uplink_joins_the_uplink_s_ticket(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    await stage.cut(UPLINK, XA)
    await stage.card("huyện Võ Nhai")
    answer = await stage.asks(nam, "/baosuco", "SC-0001")
    assert "Đường truyền đến Xã Thần Xa bị gián đoạn do đường truyền phía trên không phản hồi." in answer


async def test_an_officer_hears_who_has_it_and_when_it_is_back(stage: Scene) -> None:
    ha, nam = stage.person(HA), stage.person(NAM)
    await nam.starts()
    await stage.cut(XA)
    card = await stage.card()
    await stage.asks(nam, "/baosuco", "SC-0001")
    await ha.taps(card, "Tiếp nhận")
    taken = await nam.chat.next_message(containing="đang phụ trách")
    assert taken.text.startswith("SC-0001: Đồng chí Nguyễn Thị Hà đang phụ trách.")
    await stage.heal(XA)
    back = await nam.chat.next_message(containing="có kết nối trở lại", timeout=15)
    assert back.text == (
        "Xã Thần Xa có kết nối trở lại (SC-0001).\nĐề nghị đồng chí cho biết đơn vị đã dùng được chưa."
    )


async def test_an_address_in_a_report_is_masked_on_the_card(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    await stage.asks(nam, "/baosuco modem 10.170.1.11 không ping được <b>ạ</b>", "SC-0001")
    card = await stage.card("báo sự cố")
    assert "“modem ▒▒▒ không ping được <b>ạ</b>”" in card.text


async def test_the_officer_hears_that_a_ticket_without_an_outage_is_closed(stage: Scene) -> None:
    ha, nam = stage.person(HA), stage.person(NAM)
    await nam.starts()
    await stage.asks(nam, "/baosuco máy in", "SC-0001")
    card = await stage.card("báo sự cố")
    await ha.taps(card, "Đóng phiếu")
    closed = await nam.chat.next_message(containing="đã đóng")
    assert closed.text == "SC-0001 đã đóng: Xã Thần Xa (Huyện Võ Nhai)"


async def test_a_report_after_the_line_is_back_rings_with_a_ticket_of_its_own(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    await stage.cut(XA)
    card = await stage.card()
    await stage.heal(XA)
    await stage.oncall.wait(lambda _: card.text.startswith("🟢"), 15)
    assert "SC-0002" in await stage.asks(nam, "/baosuco vẫn chưa được", "đã ghi nhận")
    assert (await stage.card("SC-0002")).text.startswith("🟡")
