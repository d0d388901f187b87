"""A suspicion is kept apart: few are called, groups hear no words, no line's ticket takes it in."""

from dataclasses import replace

import pytest

from bot.cards.incident import render
from incidents.actions import Assign, Merge
from incidents.refusal import Refusal
from incidents.roles import Room
from operations.look import incident_view
from operations.refer import refer
from operations.respond import respond
from operations.suspect import CALLS, suspect
from storage import incidents
from storage.letters import Address
from storage.tables import Chat, Person
from tests.operations.conftest import plain
from tests.storage.rows import HA, LEADER, NAM, TEAM, TEAM_CHAT, THAN_XA

WORDS = "trang web xã bị sửa thành chữ lạ, máy 10.1.2.3"


@pytest.fixture
def suspects(duty):
    count = iter(range(1000))

    async def say(words=WORDS, source=None, desk=None):
        async with duty.storage.read() as session:
            person = await session.get(Person, NAM)
        source = source or f"telegram:{next(count)}"
        return await suspect(
            desk or duty.desk, person, THAN_XA, words, where=Address(1000 + NAM), source=source
        )

    return say


async def test_the_answer_says_what_to_do_at_once(duty, suspects):
    await suspects()
    answer = next(text for text in await duty.notices() if "đã ghi nhận" in text)
    assert answer == (
        "SC-0001: đã ghi nhận, đã báo cán bộ an toàn thông tin.\n"
        "Rút dây mạng, không tắt máy, không đăng lên mạng xã hội/nhóm chat; chờ cán bộ an toàn thông tin gọi."
    )


async def test_where_nobody_is_named_the_desk_and_the_leaders_are_called_in_private(duty, suspects):
    await suspects()
    called = [chat for _, chat in await duty.letters("security")]
    assert sorted(called) == [1000 + HA, 1002, 1000 + LEADER]
    call = next(text for text in await duty.notices() if "Người báo" in text)
    assert "Nam" in call
    assert "máy ▒▒▒" in call


async def test_who_is_named_is_called_and_a_group_hears_the_unit_alone(duty, suspects):
    desk = replace(duty.desk, security=(900, -900))
    await suspects(desk=desk)
    assert [chat for _, chat in await duty.letters("security")] == [900, -900]
    said = [text for text in await duty.notices() if "đề nghị cán bộ an toàn thông tin" in text]
    assert said == ["SC-0001: đề nghị cán bộ an toàn thông tin liên hệ Xã Thần Xa (Huyện Võ Nhai)."]


async def test_the_words_are_on_no_card_but_one_that_is_seen_in_trust(duty, suspects):
    await suspects()
    assert "nghi mất an toàn thông tin" in await duty.card(1)
    assert "chữ lạ" not in await duty.card(1)
    async with duty.desk.look() as act:
        view = await incident_view(act, await incidents.find(act.session, 1))
        shown = render(view, duty.desk.voice, act.at, Room.ONCALL, trusted=True)
    assert "chữ lạ" in plain(shown)
    assert [[button.label for button in row] for row in shown.buttons] == [["Tiếp nhận", "Đóng phiếu"]]


async def test_no_team_is_handed_it_and_no_ticket_takes_it_in(duty, suspects):
    await suspects()
    assert (await respond(duty.desk, 1, Assign(HA, TEAM))).refusal is Refusal.NO_LINE
    assert (await respond(duty.desk, 1, Merge(2))).refusal is Refusal.NO_LINE
    await duty.lose(2)
    await duty.live(5)
    first, second = await duty.incidents()
    assert (first.live, first.members, second.root) == (True, (), 2)
    assert TEAM_CHAT not in [chat for _, chat in await duty.letters()]


async def test_what_is_added_joins_the_ticket_and_the_calls_are_bounded(duty, suspects):
    for _ in range(CALLS + 3):
        await suspects()
    assert len(await duty.incidents()) == 1
    assert len(await duty.letters("security")) == 3 * CALLS


async def test_the_same_message_is_kept_once(duty, suspects):
    assert await suspects(source="telegram:x") is not None
    assert await suspects(source="telegram:x") is None


async def test_a_report_upward_goes_to_each_leader_in_private(duty, suspects):
    await suspects()
    async with duty.storage.begin() as session:
        session.add(Chat(chat=-300, role="lanh_dao"))
        ha = await session.get(Person, HA)
    await refer(duty.desk, 1, ha, "đã rút dây mạng")
    assert await duty.letters("referred") == [("referred", 1000 + LEADER)]
