"""A service that many use fails: one card that counts, whoever says so first, one word when it is over."""

import re

from tests.journeys.conftest import Scene
from tests.journeys.people import HA, MAI, NAM, XA

HOUR = re.compile(r"\d\d:\d\d( \d\d/\d\d)?")
TUAN = 1403  # officer of another commune, of another district
WORDS = "/baosuco không vào được một cửa"


async def test_three_communes_complain_over_good_lines_and_one_card_counts(stage: Scene) -> None:
    nam, mai, tuan = (stage.person(each) for each in (NAM, MAI, TUAN))
    for each in (nam, mai, tuan):
        await each.starts()
    answer = await stage.asks(nam, WORDS, "SC-0001")
    assert HOUR.sub("HH:MM", answer) == (
        "SC-0001: đã ghi nhận báo cáo của đồng chí.\n"
        "Đường truyền đến Xã Thần Xa vẫn thông suốt: ghi nhận là sự cố của dịch vụ Một cửa điện tử.\n"
        "Vừa kiểm tra: dịch vụ vẫn phản hồi.\n"
        "Phụ trách dịch vụ: Tổ quản trị một cửa (giả định), 0208.000.3001\n"
        "Trực ban đã được báo.\n"
        "Cần tiếp nhận trước HH:MM"
    )
    card = await stage.card("Một cửa điện tử")
    assert [[b.text for b in row] for row in card.buttons] == [
        ["Tiếp nhận", "Đóng phiếu"],
        ["Chi tiết", "Thêm…"],
    ]
    assert "1 đơn vị khác cũng báo lỗi này." in await stage.asks(mai, "một cửa không vào được", "SC-0001")
    assert "2 đơn vị khác cũng báo lỗi này." in await stage.asks(tuan, WORDS, "SC-0001")
    await stage.oncall.wait(lambda _: "3 đơn vị báo lỗi" in card.text)
    assert HOUR.sub("HH:MM", card.text.splitlines()[0]).startswith(
        "🟠 SC-0001 · Dịch vụ Một cửa điện tử: 3 đơn vị báo lỗi từ HH:MM ("
    )
    assert stage.oncall.bot_messages == [card]

    await stage.person(HA).taps(card, "Đóng phiếu")
    for each in (nam, mai, tuan):
        over = await each.chat.next_message(containing="hoạt động trở lại")
        assert over.text == (
            "Dịch vụ Một cửa điện tử hoạt động trở lại (SC-0001).\n"
            "Nếu đơn vị vẫn chưa dùng được, đề nghị đồng chí gửi /baosuco."
        )


async def test_a_service_that_falls_silent_by_itself_is_the_ticket_that_complaints_join(stage: Scene) -> None:
    ha, nam = stage.person(HA), stage.person(NAM)
    await nam.starts()
    await stage.cut("MC")
    card = await stage.card("Dịch vụ Một cửa điện tử không phản hồi từ")
    answer = await stage.asks(nam, WORDS, "SC-0001")
    assert "Vừa kiểm tra: dịch vụ không phản hồi." in answer
    await stage.oncall.wait(lambda _: "1 đơn vị báo lỗi" in card.text)
    await ha.taps(card, "Đóng phiếu")
    assert "Kiểm tra tự động: không phản hồi từ" in card.text
    await stage.heal("MC")
    await stage.oncall.wait(lambda _: "Kiểm tra tự động: vẫn phản hồi" in card.text, 15)
    assert stage.oncall.bot_messages == [card]


async def test_the_line_goes_first_where_it_is_bad(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    await stage.cut(XA)
    card = await stage.card()
    answer = await stage.asks(nam, WORDS, "SC-0001")
    assert "đường truyền đến Xã Thần Xa không phản hồi" in answer
    assert stage.oncall.bot_messages == [card]
