import asyncio

import pytest
from sqlmodel import select

from incidents.actions import Accept, Acknowledge, Assign, Close
from incidents.lifecycle import Refused, Step
from incidents.refusal import Refusal
from incidents.timers import Due
from operations.respond import NoSuchIncidentError, respond
from storage import letters
from storage.letters import Address
from storage.tables import Chat, Letter
from tests.storage.rows import (
    BINH,
    DISTRICT,
    HA,
    ONCALL_CHAT,
    OTHER_TEAM,
    PROVINCE,
    TEAM,
    TEAM_CHAT,
    THAN_XA,
)


@pytest.fixture
async def outage(duty):
    await duty.live(5)
    duty.cut = {2}
    await duty.live(15)
    return duty


async def test_of_two_people_at_once_one_takes_it_and_the_other_reads_who(outage):
    took = await asyncio.gather(*(respond(outage.desk, 1, Acknowledge(each)) for each in (HA, BINH)))
    (step,) = [each for each in took if isinstance(each, Step)]
    (refused,) = [each for each in took if isinstance(each, Refused)]
    assert (refused.refusal, refused.incident) == (Refusal.TAKEN, step.after)


async def test_the_same_person_twice_is_one_step(outage):
    await respond(outage.desk, 1, Acknowledge(HA))
    again = await respond(outage.desk, 1, Acknowledge(HA))
    assert again.refusal is Refusal.ALREADY
    assert (await outage.incidents())[0].version == 1


async def test_a_refusal_posts_nothing(outage):
    before = await outage.letters()
    await respond(outage.desk, 1, Close(HA))
    assert await outage.letters() == before


async def test_there_is_no_incident_with_an_unknown_number(outage):
    with pytest.raises(NoSuchIncidentError):
        await respond(outage.desk, 99, Acknowledge(HA))


async def test_taking_it_stops_the_escalation(outage):
    await respond(outage.desk, 1, Acknowledge(HA))
    assert Due.ESCALATE not in {kind for _, kind, _ in await outage.timers()}


async def test_handing_it_to_a_team_brings_the_card_to_its_chat(outage):
    await respond(outage.desk, 1, Assign(HA, TEAM))
    assert await outage.letters("card") == [("card", ONCALL_CHAT), ("card", TEAM_CHAT)]


async def test_a_team_without_a_chat_gets_no_letter(outage):
    await respond(outage.desk, 1, Assign(HA, OTHER_TEAM))
    assert await outage.letters("card") == [("card", ONCALL_CHAT)]


async def test_a_team_that_no_longer_has_it_keeps_its_card_up_to_date(outage):
    await respond(outage.desk, 1, Assign(HA, TEAM))
    async with outage.storage.begin() as session:
        await letters.keep_card(session, 1, Address(TEAM_CHAT), 7, "old")
        for letter, _ in await letters.pending(session):
            await letters.settle(session, letter, outage.clock.at, "sent")
    await respond(outage.desk, 1, Assign(HA, OTHER_TEAM))
    assert (await outage.letters("card"))[2:] == [("card", ONCALL_CHAT), ("card", TEAM_CHAT)]


async def test_steps_while_a_card_waits_ask_for_one_redraw(outage):
    for action in (Acknowledge(HA), Assign(HA, TEAM), Accept(HA, TEAM)):
        await respond(outage.desk, 1, action)
    async with outage.storage.read() as session:
        rows = (await session.exec(select(Letter))).all()
    assert [(row.chat, row.revision) for row in rows] == [(ONCALL_CHAT, 3), (TEAM_CHAT, 1)]


@pytest.mark.parametrize(("scope", "told"), [(DISTRICT, True), (THAN_XA, True), (PROVINCE, True), (5, False)])
async def test_a_room_hears_of_its_own_part_of_the_province(duty, scope, told):
    async with duty.storage.begin() as session:
        session.add(Chat(chat=-300, role="truc_ban", unit_id=scope))
    await duty.live(5)
    duty.cut = {2}
    await duty.live(15)
    assert (("card", -300) in await duty.letters()) is told


async def test_a_room_that_cannot_be_written_to_is_left_out(duty, clock):
    async with duty.storage.begin() as session:
        (await session.get(Chat, 1)).blocked_at = clock.at
    await duty.live(5)
    duty.cut = {2}
    await duty.live(15)
    assert (len(await duty.incidents()), await duty.letters()) == (1, [])
