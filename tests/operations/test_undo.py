"""The desk takes an act back: the ticket is what it was, and whoever was told of the act is told of that."""

from dataclasses import replace

import pytest

from bot.cards.incident import render
from incidents.actions import Acknowledge, Assign, Close, Grade, Note, Reopen
from incidents.model import Severity
from incidents.refusal import Refusal
from incidents.roles import Room
from operations.look import incident_view
from operations.refer import refer
from operations.respond import respond
from operations.undo import undo
from storage import incidents, letters
from storage.tables import Person
from tests.storage.rows import BINH, HA, LEADER, NAM, ONCALL_CHAT, OTHER_TEAM, TEAM, TEAM_CHAT


@pytest.fixture
async def outage(duty, says):
    await duty.live(5)
    duty.cut = {2}
    await duty.live(15)
    await says()
    return duty


async def sent(duty):
    """Have every letter leave, so that what is posted next is seen by itself."""
    async with duty.storage.begin() as session:
        for letter, _ in await letters.pending(session):
            if letter.kind == "card":
                where = letters.address(letter)
                await letters.keep_card(session, letter.incident_id, where, 7, "old")
            await letters.settle(session, letter, duty.clock.at, "sent")


async def news(duty, before):
    return [each for each in (await duty.letters())[len(before) :] if each[0] != "card"]


async def act_and_undo(duty, action, clock):
    """Do *action*, let half a minute pass, take it back; return what is then told."""
    (was,) = await duty.incidents()
    step = await respond(duty.desk, 1, action)
    await sent(duty)
    before = await duty.letters()
    clock.on(seconds=30)
    await undo(duty.desk, 1, step.after.version, action.by)
    (now,) = await duty.incidents()
    assert now == replace(was, version=was.version + 2)
    return await news(duty, before)


async def test_a_taking_is_taken_back_and_it_waits_for_somebody_again(outage, clock):
    assert await act_and_undo(outage, Acknowledge(HA), clock) == [("progress", 1000 + NAM)]
    assert [kind for _, kind, _ in await outage.timers()] == ["escalate"]


async def test_a_team_hears_that_it_no_longer_has_the_job(outage, clock):
    told = await act_and_undo(outage, Assign(HA, TEAM), clock)
    assert told == [("withdrawn", TEAM_CHAT), ("progress", 1000 + NAM)]
    assert ("card", TEAM_CHAT) in (await outage.letters("card"))[-2:]


async def test_the_team_that_had_it_before_has_it_again(outage, clock):
    await respond(outage.desk, 1, Assign(BINH, TEAM))
    told = await act_and_undo(outage, Assign(HA, OTHER_TEAM), clock)
    assert told == [("handed_again", TEAM_CHAT), ("progress", 1000 + NAM)]


async def test_a_severity_and_a_note_are_taken_back_silently(outage, clock):
    assert await act_and_undo(outage, Grade(HA, Severity.URGENT), clock) == []
    assert await act_and_undo(outage, Note(HA, "nhầm phiếu"), clock) == []
    assert "nhầm" not in await outage.card(1)
    assert "Mức độ" not in await outage.card(1)


async def test_a_closing_is_taken_back_and_whoever_heard_of_it_hears_that(outage, clock):
    await outage.regain(2)
    told = await act_and_undo(outage, Close(HA), clock)
    assert told == [("unclosed", ONCALL_CHAT), ("unclosed", 1000 + NAM)]
    assert (await outage.notices())[-1].startswith("SC-0001 chưa đóng: Xã Thần Xa")


async def test_an_opening_again_is_taken_back_and_the_unit_is_not_said_to_have_asked(outage, clock):
    await outage.regain(2)
    await respond(outage.desk, 1, Close(HA))
    step = await respond(outage.desk, 1, Reopen(BINH, None))
    card = await outage.card(1)
    assert card.startswith("🟡 SC-0001 · Xã Thần Xa (Huyện Võ Nhai): trực ban mở lại phiếu\n")
    assert "Đồng chí Bình mở lại phiếu lúc" in card
    assert (await outage.notices())[-1].startswith("SC-0001 được trực ban mở lại: Xã Thần Xa")
    await undo(outage.desk, 1, step.after.version, BINH)
    assert "mở lại" not in await outage.card(1)
    assert not (await outage.incidents())[0].live


async def test_a_report_to_the_leaders_is_taken_back_before_them(outage):
    async with outage.storage.read() as session:
        ha = await session.get(Person, HA)
    done = await refer(outage.desk, 1, ha, "đề nghị đồng chí can thiệp, máy chủ 10.1.2.3")
    assert done.told == 1
    told = (await outage.notices())[-1]
    assert told.startswith(
        "Kính báo cáo đồng chí: đồng chí Hà (trực ban) báo cáo về SC-0001.\n“đề nghị đồng chí can thiệp"
    )
    assert "10.1.2.3" not in told
    before = await outage.letters()
    await undo(outage.desk, 1, done.step.after.version, HA)
    assert await news(outage, before) == [("unreferred", 1000 + LEADER)]


async def test_two_presses_take_it_back_once(outage):
    step = await respond(outage.desk, 1, Acknowledge(HA))
    await undo(outage.desk, 1, step.after.version, HA)
    again = await undo(outage.desk, 1, step.after.version, HA)
    assert (again.refusal, again.incident.owner) == (Refusal.ALREADY, None)


@pytest.mark.parametrize(("by", "seconds", "why"), [(BINH, 5, Refusal.NOT_YOURS), (HA, 61, Refusal.LATE)])
async def test_nobody_else_takes_it_back_and_nobody_late(outage, clock, by, seconds, why):
    step = await respond(outage.desk, 1, Acknowledge(HA))
    clock.on(seconds=seconds)
    assert (await undo(outage.desk, 1, step.after.version, by)).refusal is why


async def test_what_somebody_built_upon_stays(outage):
    step = await respond(outage.desk, 1, Acknowledge(HA))
    await respond(outage.desk, 1, Assign(BINH, TEAM))
    refused = await undo(outage.desk, 1, step.after.version, HA)
    assert (refused.refusal, refused.incident.owner) == (Refusal.SINCE, HA)


@pytest.mark.parametrize("version", [0, 99])
async def test_what_is_no_act_of_the_desk_is_not_taken_back(outage, version):
    assert await undo(outage.desk, 1, version, HA) is None


async def test_the_history_keeps_both_steps(outage):
    step = await respond(outage.desk, 1, Acknowledge(HA))
    await undo(outage.desk, 1, step.after.version, HA)
    async with outage.storage.read() as session:
        rows = await incidents.timeline(session, 1)
    last = [(row.action, row.person_id, row.data.get("of")) for row in rows[-2:]]
    assert last == [("acknowledge", HA, None), ("undo", HA, step.after.version)]


async def test_the_card_offers_it_for_a_minute(outage, clock):
    async def offered():
        async with outage.desk.look() as act:
            view = await incident_view(act, await incidents.find(act.session, 1))
            rows = render(view, outage.desk.voice, act.at, Room.ONCALL).buttons
            team = render(view, outage.desk.voice, act.at, Room.TEAM).buttons
        assert all(button.data[:4] != "undo" for row in team for button in row)
        return [button.data for row in rows for button in row if button.label == "Hoàn tác"]

    assert await offered() == []
    step = await respond(outage.desk, 1, Assign(HA, TEAM))
    assert await offered() == [f"undo:1:{step.after.version}"]
    clock.on(seconds=61)
    assert await offered() == []
