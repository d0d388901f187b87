"""At night an officer is told nothing but answers; in the morning the newest, once."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from incidents.actions import Acknowledge, Assign
from operations.catch_up import is_behind
from operations.count import count
from operations.respond import respond
from storage.letters import Address
from storage.tables import Letter
from tests.operations.conftest import NO, OFFICER_CHAT
from tests.storage.rows import HA, LINE_THAN_XA, ONCALL_CHAT, TEAM

GONE = {2: [NO]}


@pytest.fixture
async def night(duty, says, clock):
    """Have the line fall and be reported at 22:30, which is answered at once."""
    clock.on(hours=12, minutes=30)
    await duty.lose(LINE_THAN_XA)
    await says(GONE)
    return clock.at.replace(hour=23, minute=0, second=0, microsecond=0)  # 06:00 in Việt Nam


async def waiting(duty):
    """Return what is put off, as (name, chat, hour)."""
    async with duty.storage.read() as session:
        put_off = select(Letter).where(col(Letter.due).is_not(None), col(Letter.settled).is_(None))
        return [(row.content["name"], row.chat, row.due) for row in await session.exec(put_off)]


async def test_an_answer_goes_at_any_hour_and_so_does_what_rings_at_the_desk(duty, night):
    assert await duty.letters("reported") == [("reported", OFFICER_CHAT)]
    assert await waiting(duty) == []


async def test_what_nobody_asked_for_waits_for_the_morning(duty, night):
    await respond(duty.desk, 1, Acknowledge(HA))
    assert await waiting(duty) == [("progress", OFFICER_CHAT, night)]


async def test_of_a_ticket_the_newest_alone_is_told(duty, night):
    await respond(duty.desk, 1, Acknowledge(HA))
    await respond(duty.desk, 1, Assign(HA, TEAM))
    await duty.regain(LINE_THAN_XA)
    assert await waiting(duty) == [("back", OFFICER_CHAT, night)]
    assert len(await duty.letters("progress")) == 2  # which were let go


async def test_the_desk_is_told_at_once(duty, night):
    await duty.regain(LINE_THAN_XA)
    await duty.lose(LINE_THAN_XA)
    async with duty.storage.read() as session:
        (rung,) = await session.exec(
            select(Letter).where(Letter.chat == ONCALL_CHAT, Letter.kind == "notice")
        )
    assert (rung.content["name"], rung.due) == ("relapsed", None)


async def test_an_answer_that_could_not_leave_is_an_answer_still(duty, night, clock):
    clock.on(minutes=20)
    async with duty.desk.look() as act:
        assert not await is_behind(act, Address(OFFICER_CHAT))


async def test_by_day_an_officer_is_told_at_once(duty, says):
    await duty.lose(LINE_THAN_XA)
    await says(GONE)
    await respond(duty.desk, 1, Acknowledge(HA))
    assert (await waiting(duty), await duty.letters("progress")) == ([], [("progress", OFFICER_CHAT)])


async def test_what_waits_for_the_morning_is_stale_only_after_that(duty, night, clock):
    await respond(duty.desk, 1, Acknowledge(HA))

    async def behind(minutes):
        async with duty.desk.look(night + timedelta(minutes=minutes)) as act:
            return await is_behind(act, Address(OFFICER_CHAT))

    assert [await behind(minutes) for minutes in (-1, 4, 6)] == [False, False, True]


async def test_what_waits_for_the_morning_is_not_late(duty, night, clock):
    await respond(duty.desk, 1, Acknowledge(HA))
    async with duty.storage.begin() as session:
        for row in await session.exec(select(Letter).where(col(Letter.due).is_(None))):
            row.settled = clock.at
    async with duty.storage.read() as session:
        assert (await count(session)).oldest == night
