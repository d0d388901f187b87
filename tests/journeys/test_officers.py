"""A unit's officers change: one comes in place of another, one speaks for several, one is locked out."""

import re

from sqlmodel import select

from sandbox.telegram import Message, Person
from storage.tables import Report
from tests.journeys.conftest import Scene
from tests.journeys.people import CUONG, HA, LONG, MAI, NAM, XA

LINK = re.compile(r"start=(moi-[A-Za-z0-9_-]{32})")
LEFT = "Đồng chí không còn là đầu mối của Xã Thần Xa."


async def begin(*people: Person) -> None:
    """Have each open the chat and be greeted."""
    for person in people:
        await person.starts()
        await person.chat.next_message(containing="kính chào")


async def invited(stage: Scene, words: str) -> Message:
    """Have on-call make a link by *words*, and return the message with it."""
    ha = stage.person(HA)
    typed = await ha.says(words)
    return await ha.chat.next_message(after=typed, containing="t.me")


def payload(message: Message) -> str:
    found = LINK.search(message.text)
    assert found, message.text
    return found[1]


async def newcomer(stage: Scene, link: Message, name: str = "Hoàng Thị Mới") -> Person:
    new = stage.box.telegram.world.person(7, name)
    await new.starts(payload(link))
    await new.chat.next_message(containing="kính chào")
    return new


async def test_an_officer_is_replaced_and_the_ticket_s_news_go_to_the_new_one(stage: Scene) -> None:
    ha, nam = stage.person(HA), stage.person(NAM)
    await begin(ha, nam)
    await stage.cut(XA)
    card = await stage.card()
    await stage.asks(nam, "/baosuco", "SC-0001")
    listed = await nam.says("/suco")
    old = await nam.chat.next_message(after=listed, containing="SC-0001")

    made = await invited(stage, "/moi than xa thay trieu van nam")
    assert made.text.splitlines()[-1] == (
        "Khi liên kết được dùng, đồng chí Triệu Văn Nam thôi làm đầu mối của Xã Thần Xa."
    )
    assert "Xã Thần Xa" in await stage.asks(nam, "/trangthai", "X05725")  # until it is used
    new = await newcomer(stage, made)
    inherited = await new.chat.wait(lambda chat: [m.text for m in chat.bot_messages if "đang mở" in m.text])
    assert inherited[0].splitlines()[0] == (
        "Phiếu SC-0001 của đơn vị đồng chí đang mở: Xã Thần Xa (Huyện Võ Nhai)"
    )
    gone = await nam.chat.next_message(after=old, containing="không còn")
    assert gone.text == (
        f"{LEFT}\nCảm ơn đồng chí thời gian qua. Nếu không đúng, đề nghị đồng chí báo trực ban."
    )
    assert (await nam.taps(old, "SC-0001")).text == LEFT
    for words in ("/baosuco", "/trangthai", "mất mạng", "/start"):
        assert await stage.asks(nam, words) == LEFT

    heard = len(nam.chat.bot_messages)
    await ha.taps(card, "Tiếp nhận")
    taken = await new.chat.next_message(containing="đang phụ trách")
    assert taken.text.startswith("SC-0001: Đồng chí Nguyễn Thị Hà đang phụ trách.")
    await stage.heal(XA)
    await new.chat.next_message(containing="có kết nối trở lại", timeout=15)
    assert len(nam.chat.bot_messages) == heard
    assert "Triệu Văn Nam báo lúc" in card.text
    async with stage.app.desk.storage.read() as session:
        kept = (await session.exec(select(Report))).one()
    assert kept.words == ""


async def test_who_came_in_replaces_another_by_a_button_of_the_desk(stage: Scene) -> None:
    ha, nam = stage.person(HA), stage.person(NAM)
    await begin(ha, nam)
    new = await newcomer(stage, await invited(stage, "/moi than xa"))
    told = await stage.oncall.next_message(containing="Hoàng Thị Mới")
    said = "Đồng chí Triệu Văn Nam thôi làm đầu mối của Xã Thần Xa (Nguyễn Thị Hà ghi nhận)."
    assert (await ha.taps(told, "Thay đồng chí Triệu Văn Nam")).text == said
    await nam.chat.next_message(containing="không còn là đầu mối")
    assert await stage.asks(nam, "/baosuco") == LEFT
    assert "X05725" in await stage.asks(new, "/trangthai", "X05725")
    assert (await ha.taps(told, "Thay đồng chí Triệu Văn Nam")).text == said  # once more changes nothing

    await new.starts(payload(await invited(stage, "/moi than xa")))  # a second link changes nothing either
    again = await invited(stage, "/moi than xa")
    await nam.starts(payload(again))  # and who has left may be invited again
    assert "Xã Thần Xa" in (await nam.chat.next_message(containing="kính chào")).text


async def test_the_desk_lists_a_unit_s_officers_with_numbers_in_private_only(stage: Scene) -> None:
    ha, nam = stage.person(HA), stage.person(NAM)
    await begin(ha, nam)
    private = await stage.asks(ha, "/daumoi than xa", "Triệu Văn Nam")
    assert re.fullmatch(r"Đầu mối của Xã Thần Xa\nTriệu Văn Nam · [\d. ]+", private)
    typed = await ha.says("/daumoi than xa", chat=stage.oncall)
    listed = await stage.oncall.next_message(after=typed)
    assert listed.text == "Đầu mối của Xã Thần Xa\nTriệu Văn Nam"
    await ha.taps(listed, "Thôi đầu mối: Triệu Văn Nam")
    await nam.chat.next_message(containing="không còn là đầu mối")
    assert await stage.asks(ha, "/daumoi than xa", "chưa có") == (
        "Xã Thần Xa chưa có đầu mối. Mời đầu mối: /moi Xã Thần Xa"
    )


async def test_whom_a_link_replaces_must_be_there_and_a_part_of_a_name_becomes_buttons(stage: Scene) -> None:
    ha = stage.person(HA)
    await begin(ha)
    assert await stage.asks(ha, "/moi than xa thay Nguyễn Văn A", "đầu mối nào") == (
        "than xa không có đầu mối nào tên “Nguyễn Văn A”."
    )
    await ha.says("/moi than xa thay nam")
    choice = await ha.chat.next_message(containing="thay đồng chí nào")
    await ha.taps(choice, "Triệu Văn Nam")
    made = await ha.chat.next_message(after=choice, containing="t.me")
    assert "đồng chí Triệu Văn Nam thôi làm đầu mối" in made.text


async def test_an_officer_of_two_units_is_asked_which_one_unless_it_is_plain(stage: Scene) -> None:
    ha, nam, mai = stage.person(HA), stage.person(NAM), stage.person(MAI)
    await begin(ha, nam, mai)
    await nam.starts(payload(await invited(stage, "/moi xã tân thành phú bình")))
    hello = await nam.chat.next_message(containing="Tân Thành")
    assert "Xã Thần Xa, Xã Tân Thành" in hello.text
    assert (await mai.chat.next_message(containing="Triệu Văn Nam")).text.splitlines()[0] == (
        "Triệu Văn Nam, đầu mối xã, nay kiêm thêm Xã Tân Thành."
    )

    await nam.says("/baosuco không vào được mạng")
    choice = await nam.chat.next_message(containing="của đơn vị nào")
    assert [[b.text for b in row] for row in choice.buttons] == [
        ["Xã Thần Xa (Huyện Võ Nhai)"],
        ["Xã Tân Thành (Huyện Phú Bình)"],
    ]
    await nam.taps(choice, "Phú Bình")
    answer = await nam.chat.next_message(after=choice, containing="SC-0001")
    assert "Xã Tân Thành" in answer.text
    assert "“không vào được mạng”" in (await stage.card("báo sự cố")).text

    named = await stage.asks(nam, "/baosuco xã thần xa mất mạng", "SC-")
    assert "đường truyền đến Xã Thần Xa" in named.replace("Đ", "đ")


async def test_of_two_units_the_one_that_is_out_is_meant(stage: Scene) -> None:
    ha, nam = stage.person(HA), stage.person(NAM)
    await begin(ha)
    await nam.starts(payload(await invited(stage, "/moi xã tân thành phú bình")))
    await nam.chat.next_message(containing="Tân Thành")
    await stage.cut(XA)
    await stage.card()
    assert "đường truyền đến Xã Thần Xa không phản hồi" in await stage.asks(nam, "/baosuco", "SC-0001")


async def test_of_two_units_with_a_ticket_each_one_is_asked_for(stage: Scene) -> None:
    ha, nam = stage.person(HA), stage.person(NAM)
    await begin(ha)
    await nam.starts(payload(await invited(stage, "/moi xã tân thành phú bình")))
    await nam.chat.next_message(containing="Tân Thành")
    await stage.asks(nam, "/baosuco xã thần xa chậm", "SC-0001")
    await stage.asks(nam, "/baosuco xã tân thành chậm", "SC-0002")
    await nam.says("/xacnhan")
    choice = await nam.chat.next_message(containing="của đơn vị nào")
    await nam.taps(choice, "Phú Bình")
    await nam.chat.wait(lambda _: "SC-0002" in choice.text and not choice.buttons)
    assert "Xã Thần Xa" in await stage.asks(nam, "/tiendo", "SC-0001")


async def test_a_locked_account_is_refused_at_the_next_tap_and_hears_nothing_more(stage: Scene) -> None:
    ha, long, nam = stage.person(HA), stage.person(LONG), stage.person(NAM)
    await begin(ha, long, nam)
    await stage.cut(XA)
    card = await stage.card()
    await stage.asks(nam, "/baosuco", "SC-0001")
    typed = await nam.says("/suco")
    listed = await nam.chat.next_message(after=typed, containing="SC-0001")
    assert await stage.asks(long, "/khoa triệu văn nam") == (
        "Đã khóa tài khoản của Triệu Văn Nam. Mở lại: /mokhoa 1401"
    )
    assert (await stage.oncall.next_message(containing="bị khóa")).text == (
        "Tài khoản của Triệu Văn Nam (đầu mối xã) vừa bị khóa; người khóa: Phạm Đức Long."
    )
    refused = "Tài khoản đã bị khóa, đề nghị liên hệ quản trị."
    assert (await nam.taps(listed, "SC-0001")).text == refused
    assert await stage.asks(nam, "/baosuco") == refused
    heard = len(nam.chat.bot_messages)
    await ha.taps(card, "Tiếp nhận")
    await stage.heal(XA)
    await stage.oncall.wait(lambda _: card.text.startswith("🟢"), 15)
    assert len(nam.chat.bot_messages) == heard
    assert await stage.asks(long, "/mokhoa 1401") == "Đã mở khóa tài khoản của Triệu Văn Nam."
    assert "X05725" in await stage.asks(nam, "/trangthai", "X05725")


async def test_who_is_locked_is_matched_by_name_and_nobody_locks_oneself(stage: Scene) -> None:
    ha, long, cuong = stage.person(HA), stage.person(LONG), stage.person(CUONG)
    await begin(ha, long, cuong)
    assert (await stage.asks(ha, "/khoa nam", "vai trò")).startswith("Lệnh này không dành cho")
    assert await stage.asks(long, "/khoa 1101") == "Không thể khóa tài khoản của chính mình."
    assert await stage.asks(long, "/khoa ai đó") == "Không có ai tên “ai đó” trong danh sách này."
    assert await stage.asks(long, "/khoa") == ("Tài khoản của ai? Đề nghị ghi họ tên hoặc mã số: /khoa …")
    await long.says("/khoa cuong")
    choice = await long.chat.next_message(containing="nói đến ai")
    await long.taps(choice, "VNPT")
    await stage.oncall.next_message(containing="bị khóa")
    assert await stage.asks(cuong, "/suco") == "Tài khoản đã bị khóa, đề nghị liên hệ quản trị."


async def test_a_stranger_in_a_foreign_group_is_not_even_answered(stage: Scene) -> None:
    stranger = stage.box.telegram.world.person(7, "Người Lạ")
    group = stage.box.telegram.world.group(-1009000000001, "Nhóm lạ", [stranger])
    await stranger.says("/trangthai", chat=group)
    await stranger.says("/dangky", chat=group)
    assert "chưa đăng ký" in await stage.asks(stranger, "/trangthai")
    assert group.bot_messages == []
