from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select

from incidents.actions import Acknowledge
from incidents.model import Incident, Status
from incidents.policy import Policies
from incidents.timers import Due
from operations.respond import begin, respond
from operations.tick import tick
from storage import incidents, policies
from storage.tables import Chat, Letter, Timer
from tests.storage.rows import DEPARTMENT, HA, LEADER, ONCALL_CHAT, THAN_XA

LEADER_CHAT, LEADERS_ROOM = 1000 + LEADER, -400


@pytest.fixture
async def opened(duty):
    async with duty.desk.act() as act:
        await begin(act, Incident(unit=THAN_XA, opened=act.at), "report")
    return duty


async def change(duty, name, value):
    async with duty.storage.begin() as session:
        await policies.change(session, name, value, duty.clock.at)


async def test_before_its_time_nothing_goes_off(opened, clock):
    assert await tick(opened.desk, clock.on(minutes=9, seconds=59)) == 0
    assert await opened.letters("escalated") == []


async def test_each_rung_is_called_once_and_in_its_turn(opened, clock):
    async with opened.storage.begin() as session:
        session.add(Chat(chat=LEADERS_ROOM, role="lanh_dao"))
    called = []
    for _ in range(30):
        await tick(opened.desk, clock.on(minutes=1))
        called.append(len(await opened.letters("escalated")))
    assert called == [0] * 9 + [1] * 10 + [3] * 11
    chats = [chat for _, chat in await opened.letters("escalated")]
    assert chats == [ONCALL_CHAT, LEADERS_ROOM, LEADER_CHAT]
    assert await opened.timers() == []


async def test_what_fell_due_while_nobody_ticked_is_finished_in_one(opened, clock):
    assert await tick(opened.desk, clock.on(hours=5)) == 2
    async with opened.storage.read() as session:
        rows = await session.exec(select(Letter).where(Letter.kind == "notice"))
        assert [row.content["rung"] for row in rows] == [1, 2]


async def test_one_who_took_it_is_not_called(opened, clock):
    await respond(opened.desk, 1, Acknowledge(HA))
    await tick(opened.desk, clock.on(hours=1))
    assert await opened.letters("escalated") == []


async def test_a_relapse_is_called_for_afresh(duty, clock):
    await duty.live(5)
    for _ in range(2):
        duty.cut = {4}
        await duty.live(15)
        await tick(duty.desk, clock.on(minutes=10))
        duty.cut = set()
        await duty.live(5)
    (incident,) = await duty.incidents()
    assert (incident.escalated, len(await duty.letters("escalated"))) == (1, 2)


async def test_only_what_nobody_claimed_closes_itself(duty, clock):
    await duty.live(5)
    duty.cut = {4, 2}
    await duty.live(15)
    await respond(duty.desk, 1, Acknowledge(HA))
    duty.cut = set()
    await duty.live(5)
    await tick(duty.desk, clock.on(minutes=29))
    assert all(each.live for each in await duty.incidents())
    await tick(duty.desk, clock.on(minutes=2))
    assert [each.status for each in await duty.incidents()] == [Status.ACKNOWLEDGED, Status.CLOSED]


async def test_a_timer_is_held_against_the_incident_as_it_stands(opened, clock):
    await respond(opened.desk, 1, Acknowledge(HA))
    async with opened.storage.begin() as session:  # as of a look just before somebody took it
        session.add(Timer(incident_id=1, kind=Due.CLOSE, due=clock.at))
    await tick(opened.desk, clock.at)
    assert (await opened.incidents())[0].live
    assert Due.CLOSE not in {kind for _, kind, _ in await opened.timers()}


async def test_a_ladder_that_was_shortened_calls_nobody(opened, clock):
    await change(opened, "ladder", [])
    assert await tick(opened.desk, clock.on(hours=1)) == 0
    assert await opened.timers() == []


async def test_a_ladder_that_was_lengthened_calls_later(opened, clock):
    start = clock.at
    await change(opened, "ladder", [{"after": "PT40M", "to": "truc_ban"}])
    assert await tick(opened.desk, clock.on(minutes=10)) == 0
    assert await opened.timers() == [(1, Due.ESCALATE, start + timedelta(minutes=40))]


async def test_what_fails_keeps_nothing_else_from_being_finished(opened, clock):
    clock.on(seconds=1)
    async with opened.desk.act() as act:
        await begin(act, Incident(unit=DEPARTMENT, opened=act.at), "report")
    async with opened.storage.sampling() as connection:
        await connection.execute(
            text(
                "CREATE TRIGGER sick BEFORE INSERT ON timeline WHEN NEW.incident_id = 1 AND NEW.version = 1 "
                "BEGIN SELECT RAISE(FAIL, 'sick'); END"
            )
        )
    with pytest.raises(ExceptionGroup) as failed:
        await tick(opened.desk, clock.on(minutes=10))
    assert len(failed.value.exceptions) == 1
    assert [each.escalated for each in await opened.incidents()] == [0, 1]
    async with opened.storage.sampling() as connection:
        await connection.execute(text("DROP TRIGGER sick"))
    assert await tick(opened.desk, clock.at) == 1


async def test_timers_are_what_the_incidents_ask_for(opened, clock):
    await tick(opened.desk, clock.on(minutes=10))
    async with opened.storage.read() as session:
        (incident,) = await incidents.live(session)
    assert await opened.timers() == [(1, Due.ESCALATE, incident.opened + Policies().ladder[1].after)]
