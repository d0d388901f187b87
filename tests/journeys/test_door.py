"""The door: who is let in, and what a stranger, a locked account or a forger is told."""

from datetime import timedelta

import pytest
from sqlmodel import select

from storage.tables import Person
from tests.journeys.conftest import Scene
from tests.journeys.people import CUONG, HA, LAN, NAM, THANG, VO_NHAI, XA


async def test_a_stranger_is_told_how_to_be_let_in(stage: Scene) -> None:
    stranger = stage.box.telegram.world.person(7, "Người Lạ")
    await stranger.says("/start")
    answer = await stranger.chat.next_message()
    assert answer.text == "Đồng chí chưa đăng ký. Đề nghị gửi /dangky, hoặc gửi số này cho quản trị: 7"


async def test_a_locked_account_is_refused_at_the_next_tap(stage: Scene) -> None:
    ha = stage.person(HA)
    await stage.cut(XA)
    card = await stage.card()
    async with stage.app.desk.storage.begin() as session:
        person = (await session.exec(select(Person).where(Person.telegram_id == HA))).one()
        person.locked_at = stage.app.clock() - timedelta(seconds=1)
        session.add(person)
    answer = await ha.taps(card, "Tiếp nhận")
    assert answer.text == "Tài khoản đã bị khóa, đề nghị liên hệ quản trị."
    assert "Phiếu: mới" in card.text


@pytest.mark.parametrize("data", ["ack:999", "ack", "ack:1:2", "drop table", "give:1:999", "x" * 64])
async def test_forged_callback_data_does_nothing(stage: Scene, data: str) -> None:
    ha = stage.person(HA)
    await stage.cut(XA)
    card = await stage.card()
    before = card.text
    answer = await ha.taps_data(card, data)
    assert answer.text in (
        "Không có phiếu này trong phạm vi của đồng chí.",
        "Nút này không còn dùng nữa.",
    )
    assert card.text == before


async def test_another_team_cannot_accept_a_job_by_a_forged_button(stage: Scene) -> None:
    ha, cuong = stage.person(HA), stage.person(CUONG)
    await stage.cut(XA)
    card = await stage.card()
    await ha.taps(card, "Giao đội")
    choice = await stage.oncall.next_message(containing="đội nào")
    await ha.taps(choice, "VNPT Võ Nhai")
    other = stage.box.teams["VNPT-164"]
    await cuong.says("/start", chat=other)
    own = await other.next_message()
    assert (await cuong.taps_data(own, "accept:1:3:30")).text == "Phiếu SC-0001 không còn giao cho đội."


async def test_an_officer_cannot_take_tickets(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    answer = await stage.asks(nam, "/tiepnhan SC-0001", "vai trò")
    assert answer.startswith("Lệnh này không dành cho vai trò của đồng chí.")


async def test_in_a_team_s_group_only_that_team_is_heard(stage: Scene) -> None:
    ha, thang = stage.person(HA), stage.person(THANG)
    group = stage.box.teams[VO_NHAI]
    await group.adds(ha)
    refused = await stage.asks(ha, "/suco", "nhắn riêng", group)
    assert refused == "Nhóm này không dùng lệnh đó: đề nghị đồng chí nhắn riêng cho hệ thống."
    assert await stage.asks(thang, "/suco", "phiếu", group) == "Không có phiếu sự cố nào đang mở."


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        (
            "/báo sự cố",
            "Lệnh này không dành cho vai trò của đồng chí. Gửi /trogiup để xem các lệnh được dùng.",
        ),
        ("mất mạng rồi", "Đề nghị đồng chí nhắn tên đơn vị, hoặc gửi /trogiup để xem các lệnh được dùng."),
        ("/nothing", "Không có lệnh /nothing. Gửi /trogiup để xem các lệnh được dùng."),
        ("/trangthai <b>&x</b>", "Không có đơn vị nào tên gần giống “<b>&x</b>”."),
        ("/xem 999999999", "Không có phiếu này trong phạm vi của đồng chí."),
        ("/suco " + "9" * 4000, "Không có phiếu sự cố nào đang mở."),
        ("/xem", "Phiếu nào? Đề nghị trả lời vào thẻ của phiếu, hoặc ghi số phiếu: /xem SC-0001"),
    ],
)
async def test_odd_words_get_a_clear_answer(stage: Scene, typed: str, answer: str) -> None:
    ha = stage.person(HA)
    await ha.starts()
    await ha.chat.next_message()
    assert await stage.asks(ha, typed) == answer


async def test_everybody_is_shown_the_commands_of_the_own_role(stage: Scene) -> None:
    nam, lan = stage.person(NAM), stage.person(LAN)
    await nam.starts()
    await lan.starts()
    officer = await stage.asks(nam, "/trogiup", "/baosuco")
    assert "/tiepnhan" not in officer
    manager = await stage.asks(lan, "/trogiup", "/baocao")
    assert "/baosuco" not in manager
    await stage.box.telegram.request("setMyCommands")
