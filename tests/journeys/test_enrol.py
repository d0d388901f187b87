"""Letting an officer in: the desk makes a link, one person taps it, and everybody concerned is told."""

import re
from datetime import timedelta

from sqlmodel import select

from bot.app import civil_now
from sandbox.telegram import Message
from storage.tables import Letter
from tests.journeys.conftest import Scene
from tests.journeys.people import HA, NAM, THANG

LINK = re.compile(r"https://t\.me/trucmang_bot\?start=(moi-[A-Za-z0-9_-]{32})")
EXPIRED = "Liên kết này đã hết hạn. Đề nghị đồng chí xin trực ban liên kết mới."
HOUR = re.compile(r"\d\d:\d\d \d\d/\d\d/\d{4}")


def payload(message: Message) -> str:
    found = LINK.search(message.text)
    assert found, message.text
    return found[1]


async def test_an_officer_comes_in_by_a_link_of_the_desk_word_for_word(stage: Scene) -> None:
    ha, nam = stage.person(HA), stage.person(NAM)
    await ha.starts()
    await nam.starts()
    await nam.chat.next_message()
    await ha.says("/moi than xa")
    made = await ha.chat.next_message(containing="t.me")
    first, _, last = made.text.splitlines()
    assert first == "Liên kết mời một cán bộ đầu mối của Xã Thần Xa"
    assert HOUR.sub("HH", last) == "Dùng cho một người, một lần, trước HH. Đề nghị chỉ gửi cho đúng người."

    new = stage.box.telegram.world.person(7, "Hoàng Thị Mới")
    await new.starts(payload(made))
    welcome = await new.chat.next_message()
    assert welcome.text == (
        "Trực Mạng kính chào đồng chí Hoàng Thị Mới, đầu mối xã, Xã Thần Xa.\n"
        "Gửi /trogiup để xem các lệnh đồng chí được dùng."
    )
    told = (
        "Hoàng Thị Mới vừa được cấp quyền sử dụng hệ thống: đầu mối xã, Xã Thần Xa.\n"
        "Người mời: Nguyễn Thị Hà.\n"
        "Nếu không đúng, đề nghị báo ngay cho quản trị."
    )
    assert (await stage.oncall.next_message(containing="Hoàng Thị Mới")).text == told
    assert (await nam.chat.next_message(containing="Hoàng Thị Mới")).text == told
    assert "X05725" in await stage.asks(new, "/trangthai", "X05725")

    other = stage.box.telegram.world.person(8, "Người Lạ")
    await other.starts(payload(made))
    assert (await other.chat.next_message()).text == (
        "Liên kết này đã có người dùng; mỗi liên kết chỉ dùng cho một người, một lần. "
        "Đề nghị đồng chí xin liên kết mới."
    )
    assert "chưa đăng ký" in await stage.asks(other, "/trangthai")
    async with stage.app.desk.storage.read() as session:
        kept = (await session.exec(select(Letter).where(Letter.kind == "once"))).one()
    assert (kept.outcome, kept.content) == ("sent", {})


async def test_a_link_is_made_by_the_desk_alone_and_never_in_a_group(stage: Scene) -> None:
    ha, nam, thang = stage.person(HA), stage.person(NAM), stage.person(THANG)
    for person in (ha, nam, thang):
        await person.starts()
    refused = await stage.asks(ha, "/moi than xa", "nhắn riêng", stage.oncall)
    assert refused == "Liên kết mời không hiển thị trong nhóm: đề nghị đồng chí nhắn riêng cho hệ thống."
    for person in (nam, thang):
        assert (await stage.asks(person, "/moi than xa", "vai trò")).startswith("Lệnh này không dành cho")
    assert await stage.asks(ha, "/moi", "nào") == "Mời cán bộ của đơn vị nào? Đề nghị ghi /moi và tên đơn vị."


async def test_a_double_name_becomes_buttons_and_a_tap_gives_the_link(stage: Scene) -> None:
    ha = stage.person(HA)
    await ha.starts()
    await ha.says("/moican tan thanh")
    choice = await ha.chat.next_message(containing="đơn vị nào")
    await ha.taps(choice, "Phú Bình")
    made = await ha.chat.next_message(after=choice, containing="t.me")
    assert "Xã Tân Thành" in made.text
    assert payload(made)


async def test_a_wrong_link_leaves_everybody_where_they_were(stage: Scene) -> None:
    stranger, nam = stage.box.telegram.world.person(7, "Người Lạ"), stage.person(NAM)
    await stranger.starts("moi-" + "a" * 32)
    wrong = "Liên kết này không đúng. Đề nghị đồng chí xin trực ban liên kết mới."
    assert (await stranger.chat.next_message()).text == wrong
    await nam.starts("moi-" + "a" * 32)
    assert (await nam.chat.next_message()).text == wrong
    assert "X05725" in await stage.asks(nam, "/trangthai", "X05725")


async def test_a_link_of_last_week_lets_nobody_in(stage: Scene) -> None:
    ha = stage.person(HA)
    await ha.starts()
    await ha.says("/moi than xa")
    made = await ha.chat.next_message(containing="t.me")
    stage.clock.jump(civil_now() + timedelta(days=7, minutes=1))
    new = stage.box.telegram.world.person(7, "Hoàng Thị Mới")
    await new.starts(payload(made))
    assert (await new.chat.next_message()).text == EXPIRED
    assert "chưa đăng ký" in await stage.asks(new, "/trangthai")
