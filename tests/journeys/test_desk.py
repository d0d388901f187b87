"""What the desk does with a ticket beside taking, handing and closing it, and how it takes that back."""

import asyncio

from sandbox.telegram import Message
from tests.journeys.conftest import Scene
from tests.journeys.people import HA, LAN, MINH, VO_NHAI, XA
from tests.journeys.test_outage import plain
from tests.journeys.test_storm import communes

FAR = "X05923"  # Tân Thành's channel, of another district


def labels(message: Message) -> list[str]:
    return [button.text for row in message.buttons for button in row]


async def test_tickets_are_merged_after_a_question_taken_apart_again_and_split(stage: Scene) -> None:
    ha, minh = stage.person(HA), stage.person(MINH)
    await ha.starts()
    await stage.cut(XA)
    card = await stage.card("SC-0001")
    await stage.cut(FAR)
    other = await stage.card("SC-0002")
    await stage.asks(ha, "/giaoviec SC-0002 VNPT Võ Nhai", "Đã giao")
    job = await stage.box.teams[VO_NHAI].next_message(containing="SC-0002")

    await ha.says("/gop SC-0002", chat=stage.oncall, reply_to=card)
    asked = await stage.oncall.next_message(containing="Gộp vào")
    assert asked.text == (
        "Gộp vào SC-0001 · Xã Thần Xa (Huyện Võ Nhai) các phiếu:\n"
        "SC-0002 · Xã Tân Thành (Huyện Phú Bình): Đã giao VNPT Võ Nhai.\n"
        "1 kênh đang mất kết nối cùng các báo cáo chuyển sang SC-0001; "
        "đội được giao và người đang chờ được báo."
    )
    assert "đã gộp" not in other.text  # nothing is done before the second press
    await ha.taps(asked, "Gộp")
    await stage.oncall.wait(lambda _: "Cùng mất 1 kênh khác: Xã Tân Thành" in card.text, 15)
    await stage.oncall.wait(
        lambda _: other.text.startswith("⚪ SC-0002") and "đã gộp vào SC-0001" in other.text
    )
    await stage.box.teams[VO_NHAI].next_message(containing="SC-0002 đã gộp vào SC-0001")

    assert (await minh.taps(asked, "Hoàn tác")).text == "Chỉ người đã làm mới hoàn tác được: SC-0001."
    await ha.taps(asked, "Hoàn tác")
    await stage.oncall.wait(lambda _: other.text.startswith("🔴 SC-0002") and "Cùng mất" not in card.text, 15)
    await stage.box.teams[VO_NHAI].next_message(containing="SC-0002 lại là phiếu riêng")
    await stage.box.teams[VO_NHAI].wait(lambda _: labels(job)[:1] == ["Nhận, đến sau 30'"], 15)
    await stage.oncall.wait(lambda _: labels(asked) == [], 15)

    await stage.asks(ha, "/gop SC-0001, sc-2", "Gộp vào", group=stage.oncall)
    await ha.taps(stage.oncall.bot_messages[-1], "Gộp")
    await stage.oncall.wait(lambda _: "Cùng mất 1 kênh khác" in card.text, 15)
    split = await stage.asks(ha, "/tach SC-0001 tân thành", "Đã tách", group=stage.oncall)
    assert split == "Đã tách thành SC-0003, ra khỏi SC-0001."
    await stage.oncall.wait(
        lambda oncall: any("SC-0003 · Xã Tân" in each.text for each in oncall.bot_messages)
    )


async def test_what_is_of_many_is_asked_first_and_a_unit_is_split_off_by_button(stage: Scene) -> None:
    ha = stage.person(HA)
    await stage.cut(XA, *communes(stage))
    card = await stage.card()
    await ha.says("/mucdo trung bình", chat=stage.oncall, reply_to=card)
    asked = await stage.oncall.next_message(containing="Có thực hiện không?")
    assert "gồm 15 kênh" in asked.text
    assert "Mức độ" not in card.text
    await ha.taps(asked, "Thực hiện")
    await stage.oncall.wait(lambda _: "Mức độ: trung bình" in card.text, 15)
    await stage.oncall.wait(lambda _: asked.text == "SC-0001: mức độ trung bình.", 15)

    await ha.says("/tach", chat=stage.oncall, reply_to=card)
    offer = await stage.oncall.next_message(containing="tách đơn vị nào")
    await ha.taps(offer, "Xã Thần Xa (Huyện Võ Nhai)")
    own = await stage.card("SC-0002 · Xã Thần Xa")
    await stage.oncall.wait(lambda _: "14/17 kênh mất kết nối" in card.text, 15)
    await ha.taps(offer, "Hoàn tác")
    await stage.oncall.wait(lambda _: "15/17 kênh mất kết nối" in card.text and "đã gộp vào" in own.text, 15)


async def test_a_note_a_severity_and_a_report_upward(stage: Scene) -> None:
    ha, lan = stage.person(HA), stage.person(LAN)
    await ha.starts()
    await lan.starts()
    await stage.cut(XA)
    card = await stage.card()
    await ha.says("/ghichu 2 sợi đứt, đã gọi 10.1.2.3", chat=stage.oncall, reply_to=card)
    noted = await stage.oncall.next_message(containing="Đã ghi chú vào SC-0001. Địa chỉ IP")
    await stage.oncall.wait(lambda _: "“2 sợi đứt, đã gọi" in card.text, 15)
    assert "10.1.2.3" not in card.text
    await ha.taps(noted, "Hoàn tác")
    await stage.oncall.wait(lambda _: "2 sợi đứt" not in card.text, 15)

    await stage.asks(ha, "/mucdo SC-0001", "mức độ nào?")
    await ha.taps(ha.chat.bot_messages[-1], "khẩn cấp")
    await stage.oncall.wait(lambda _: "Mức độ: khẩn cấp" in card.text, 15)
    assert "Hoàn tác" in labels(card)

    told = await stage.asks(ha, "/chuyencap SC-0001 đề nghị đồng chí can thiệp", "Đã báo cáo lãnh đạo")
    assert told == (
        "Đã báo cáo lãnh đạo về SC-0001 (1 nơi nhận).\nĐề nghị liên hệ cấp trên của VNPT: 0208.000.0001."
    )
    heard = await lan.chat.next_message(containing="Kính báo cáo")
    assert plain(heard.text) == (
        "Kính báo cáo đồng chí: đồng chí Nguyễn Thị Hà (trực ban) báo cáo về SC-0001.\n"
        "“đề nghị đồng chí can thiệp”\n"
        "🔴 SC-0001 · Xã Thần Xa (Huyện Võ Nhai) mất kết nối\n"
        "Trực ban đã được báo.\n"
        "Cần tiếp nhận trước HH:MM"
    )


async def test_who_comes_second_reads_who_was_first(stage: Scene) -> None:
    ha, minh = stage.person(HA), stage.person(MINH)
    await stage.cut(XA)
    card = await stage.card()
    await ha.taps(card, "Giao đội")
    offer = await stage.oncall.next_message(containing="đội nào")
    both = await asyncio.gather(ha.taps(offer, "VNPT Võ Nhai"), minh.taps(offer, "VNPT Đại Từ"))
    first = "Đã giao SC-0001 cho VNPT"
    (late,) = [each.text for each in both if not each.text.startswith(first)]
    assert plain(late).startswith("Đồng chí ")
    assert "đã giao SC-0001 cho VNPT" in late
    assert "trước, lúc" in late
    await stage.oncall.wait(lambda _: offer.text.startswith(first) and labels(offer) == ["Hoàn tác"], 15)
    slower = minh if late.startswith("Đồng chí Nguyễn Thị Hà") else ha
    await slower.says("/giaoviec SC-0001 Phú Bình", chat=stage.oncall)
    typed = await stage.oncall.next_message(containing="trước, lúc")
    assert typed.text == late

    await stage.heal(XA)
    await stage.oncall.wait(lambda _: card.text.startswith("🟢"), 15)
    data = card.button("Đóng phiếu").data
    assert data is not None
    assert (await minh.taps_data(card, data)).text == "Đã đóng phiếu SC-0001."
    closed = plain((await ha.taps_data(card, data)).text)
    assert closed.startswith("Đồng chí ")
    assert closed.endswith("đã đóng SC-0001 trước, lúc HH:MM.")
    await ha.says("/ghichu đã gọi lại", chat=stage.oncall, reply_to=card)
    await stage.oncall.next_message(containing="đã đóng SC-0001 trước, lúc")
    await stage.oncall.wait(lambda _: "Mở lại" in labels(card), 15)
    assert (await minh.taps(card, "Hoàn tác")).text == "SC-0001 đã được mở lại."
    await stage.card("SC-0001 chưa đóng")
    await stage.oncall.wait(lambda _: card.text.startswith("🟢"), 15)
    await minh.taps_data(card, data)
    await stage.oncall.wait(lambda _: "Mở lại" in labels(card), 15)
    assert (await ha.taps(card, "Mở lại")).text == "SC-0001 đã được mở lại."
    await stage.oncall.wait(lambda _: "trực ban mở lại phiếu" in card.text, 15)
