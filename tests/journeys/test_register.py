"""Registering by /dangky: one's own number by the key, the unit by name, and the desk's word."""

import re

from sandbox.telegram import Message, Person
from storage import people
from tests.journeys.conftest import Scene
from tests.journeys.people import HA, LONG, NAM

HOUR = re.compile(r"\d\d:\d\d \d\d/\d\d/\d{4}")
KEY = "Gửi số điện thoại của tôi"
ASK_CONTACT = "Để đăng ký, đề nghị đồng chí bấm phím bên dưới để gửi số điện thoại của chính mình."
ASK_UNIT = "Cảm ơn đồng chí. Đồng chí là đầu mối của đơn vị nào? Đề nghị ghi tên đơn vị."
NOT_OWN = "Đây không phải số điện thoại của chính đồng chí: đề nghị bấm phím bên dưới."
PHONE = "+84912000007"


def stranger(stage: Scene, id_: int = 7, name: str = "Hoàng Thị Mới") -> Person:
    return stage.box.telegram.world.person(id_, name, phone=PHONE)


async def registers(stage: Scene, new: Person, unit: str = "Thần Xa") -> Message:
    """Have *new* register and return what the on-call room is asked."""
    await new.says("/dangky")
    await new.chat.wait(lambda chat: chat.keyboard)
    await new.presses(KEY)
    await new.chat.next_message(containing="đơn vị nào")
    await new.says(unit)
    return await stage.oncall.next_message(containing=new.name)


async def test_an_officer_registers_and_is_let_in_word_for_word(stage: Scene) -> None:
    ha, nam, new = stage.person(HA), stage.person(NAM), stranger(stage)
    await nam.starts()
    await nam.chat.next_message()
    assert await stage.asks(new, "/dangky") == ASK_CONTACT
    await new.presses(KEY)
    assert (await new.chat.next_message(containing="Cảm ơn")).text == ASK_UNIT
    assert new.chat.keyboard is None
    waiting = await stage.asks(new, "than xa")
    assert HOUR.sub("HH", waiting) == (
        "Đã gửi trực ban đề nghị cấp quyền đầu mối Xã Thần Xa cho đồng chí; kết quả sẽ báo tại đây trước HH."
    )
    asked = await stage.oncall.next_message(containing="Hoàng Thị Mới")
    assert asked.text == (
        "Hoàng Thị Mới đề nghị được cấp quyền đầu mối Xã Thần Xa (Huyện Võ Nhai).\n"
        "Chỉ duyệt người đã xác minh: tên trên do tài khoản tự đặt."
    )
    assert [[b.text for b in row] for row in asked.buttons] == [["Duyệt", "Từ chối"]]

    said = "Đã duyệt: Hoàng Thị Mới là đầu mối Xã Thần Xa (Nguyễn Thị Hà duyệt)."
    assert (await ha.taps(asked, "Duyệt")).text == said
    assert (await new.chat.next_message(containing="cấp quyền đầu mối Xã Thần Xa.")).text == (
        "Đồng chí đã được cấp quyền đầu mối Xã Thần Xa.\n"
        "Gửi /baosuco để báo sự cố, hoặc /trogiup để xem các lệnh được dùng."
    )
    assert (await nam.chat.next_message(containing="Hoàng Thị Mới")).text == (
        "Hoàng Thị Mới vừa được cấp quyền sử dụng hệ thống: đầu mối xã, Xã Thần Xa.\n"
        "Người duyệt: Nguyễn Thị Hà.\n"
        "Nếu không đúng, đề nghị báo ngay cho quản trị."
    )
    await stage.oncall.wait(lambda _: asked.text == said and not asked.buttons)
    assert (await ha.taps_data(asked, "letin:1")).text == "Đề nghị này đã được xử lý."
    assert "SC-0001" in await stage.asks(new, "/baosuco", "SC-0001")
    assert PHONE not in stage.oncall.transcript()
    assert await stage.asks(new, "/dangky") == (
        "Đồng chí đã đăng ký: Xã Thần Xa. Để nhận thêm đơn vị, đề nghị xin trực ban liên kết mời."
    )


async def test_only_ones_own_contact_is_taken_and_a_few_tries_are_enough(stage: Scene) -> None:
    new, other = stranger(stage), stage.person(NAM)
    await new.says("/dangky")
    await new.chat.next_message()
    shared = await new.shares_contact(of=other)
    assert (await new.chat.next_message(after=shared)).text == NOT_OWN
    own = await new.shares_contact()
    assert (await new.chat.next_message(after=own)).text == ASK_UNIT

    late = stranger(stage, 8, "Người Khác")
    await late.says("/dangky")
    await late.chat.next_message()
    for _ in range(4):
        forwarded = await late.forwards(own)
        assert (await late.chat.next_message(after=forwarded)).text == NOT_OWN
    forwarded = await late.forwards(own)
    assert (await late.chat.next_message(after=forwarded)).text == (
        "Chưa đăng ký được: đề nghị đồng chí xin trực ban liên kết mời."
    )
    assert "chưa đăng ký" in await stage.asks(late, "Thần Xa")


async def test_a_double_name_becomes_buttons_and_an_unknown_one_a_question(stage: Scene) -> None:
    new = stranger(stage)
    await new.says("/dangky")
    await new.chat.wait(lambda chat: chat.keyboard)
    await new.presses(KEY)
    await new.chat.next_message(containing="đơn vị nào")
    assert await stage.asks(new, "Atlantis") == (
        "Không có đơn vị nào tên như vậy. Đề nghị đồng chí ghi tên đơn vị, ví dụ: Xã Thần Xa."
    )
    await new.says("tan thanh")
    choice = await new.chat.next_message(containing="thuộc đơn vị nào")
    await new.taps(choice, "Phú Bình")
    asked = await stage.oncall.next_message(containing="Hoàng Thị Mới")
    assert "Xã Tân Thành (Huyện Phú Bình)" in asked.text


async def test_who_is_refused_is_told_with_a_sentence(stage: Scene) -> None:
    ha, new = stage.person(HA), stranger(stage)
    asked = await registers(stage, new)
    said = "Đã từ chối: Hoàng Thị Mới, Xã Thần Xa (Nguyễn Thị Hà từ chối)."
    assert (await ha.taps(asked, "Từ chối")).text == said
    assert (await new.chat.next_message(containing="chưa duyệt")).text == (
        "Trực ban chưa duyệt đề nghị làm đầu mối Xã Thần Xa của đồng chí.\n"
        "Nếu cần, đề nghị đồng chí liên hệ trực ban để xin liên kết mời."
    )
    assert "chưa đăng ký" in await stage.asks(new, "/trangthai")


async def test_the_desk_lists_who_waits_and_sees_the_number_in_private_only(stage: Scene) -> None:
    long = stage.person(LONG)
    await long.starts()
    assert await stage.asks(long, "/duyet", "chờ") == "Không có ai đang chờ duyệt."
    new, second = stranger(stage), stranger(stage, 8, "Ma Văn Hai")
    await registers(stage, new)
    shown = await stage.asks(long, "/dt", "Hoàng Thị Mới")
    assert "Điện thoại: +84912000007" in shown
    assert PHONE not in await stage.asks(long, "/duyet", "Hoàng Thị Mới", stage.oncall)
    await registers(stage, second)
    typed = await long.says("/duyet")
    listed = await long.chat.next_message(after=typed)
    assert [[b.text for b in row] for row in listed.buttons] == [
        ["Hoàng Thị Mới · Xã Thần Xa"],
        ["Ma Văn Hai · Xã Thần Xa"],
    ]
    await long.taps(listed, "Ma Văn Hai")
    card = await long.chat.next_message(after=listed, containing="Ma Văn Hai")
    await long.taps(card, "Duyệt")
    await second.chat.next_message(containing="cấp quyền đầu mối Xã Thần Xa.")


async def test_a_crowd_of_strangers_cannot_fill_the_room(stage: Scene) -> None:
    crowd = [stranger(stage, 500 + number, f"Lạ {number}") for number in range(25)]
    for each in crowd[:20]:
        await registers(stage, each)
    for each in crowd[20:]:
        assert await stage.asks(each, "/dangky") == (
            "Hiện có nhiều người đang chờ duyệt: đề nghị đồng chí xin trực ban liên kết mời."
        )
    for _ in range(3):
        assert (await stage.asks(crowd[0], "/dangky")).startswith("Đã gửi trực ban đề nghị")
    assert len(stage.oncall.bot_messages) == 20


async def test_the_number_is_kept_with_the_person(stage: Scene) -> None:
    ha, new = stage.person(HA), stranger(stage)
    await ha.taps(await registers(stage, new), "Duyệt")
    async with stage.app.desk.look() as act:
        person = await people.by_telegram(act.session, new.id)
    assert person is not None
    assert person.phone == PHONE
