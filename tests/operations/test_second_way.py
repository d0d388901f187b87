"""Calls that chat did not bring about: noted once for each calling and name, dropped once needless."""

import pytest

from incidents.actions import Acknowledge
from incidents.model import Incident
from operations.respond import begin, respond
from operations.second_way import FAILED, SENT, due, settle, worth
from operations.tick import tick
from storage import letters
from storage.tables import Letter
from tests.storage.rows import HA, LEADER, THAN_XA

WAYS = {"ONCALL", "LEADERS", "1001", str(1000 + LEADER)}


@pytest.fixture
async def waiting(duty):
    async with duty.desk.act() as act:
        await begin(act, Incident(unit=THAN_XA, opened=act.at), "report")
    return duty


async def later(duty, minutes, *, delivered):
    """Let minutes go by; what is posted leaves at once, or not at all."""
    for _ in range(minutes):
        await tick(duty.desk, duty.clock.on(minutes=1))
        if delivered:
            async with duty.storage.begin() as session:
                for letter in (await session.exec(Letter.__table__.select())).all():
                    if letter.settled is None:
                        row = await session.get(Letter, letter.id)
                        await letters.settle(session, row, duty.clock.at, "sent", message_id=1)


async def made(duty):
    return [(each.name, each.why) for each in await due(duty.desk, WAYS)]


async def test_what_does_not_leave_goes_out_after_three_minutes(waiting):
    await later(waiting, 12, delivered=False)
    assert await made(waiting) == []
    await later(waiting, 1, delivered=False)
    assert await made(waiting) == [("ONCALL", "undelivered")]


async def test_what_leaves_and_is_not_answered_goes_out_by_the_next_rung(waiting):
    await later(waiting, 19, delivered=True)
    assert await made(waiting) == []
    await later(waiting, 1, delivered=True)
    assert await made(waiting) == [("ONCALL", "unanswered")]
    await later(waiting, 10, delivered=True)
    (leaders, leader) = (await made(waiting))[1:]
    assert leaders == ("LEADERS", "unanswered")
    assert leader == (str(1000 + LEADER), "unanswered")


async def test_a_call_is_made_once(waiting):
    await later(waiting, 13, delivered=False)
    (call,) = await due(waiting.desk, WAYS)
    await settle(waiting.desk, call, SENT)
    await later(waiting, 3, delivered=False)
    assert await made(waiting) == []


async def test_one_that_was_not_made_waits_for_the_next_run(waiting):
    await later(waiting, 13, delivered=False)
    assert len(await due(waiting.desk, WAYS)) == 1
    assert len(await due(waiting.desk, WAYS)) == 1
    (call,) = await due(waiting.desk, WAYS)
    await settle(waiting.desk, call, FAILED)
    assert await made(waiting) == []


async def test_once_somebody_has_taken_it_a_call_is_needless(waiting):
    await later(waiting, 13, delivered=False)
    (call,) = await due(waiting.desk, WAYS)
    assert await worth(waiting.desk, call)
    await respond(waiting.desk, 1, Acknowledge(HA))
    assert not await worth(waiting.desk, call)
    assert len(await due(waiting.desk, WAYS)) == 1  # nothing new


async def test_who_neglects_a_ticket_is_called_by_their_own_way(waiting):
    await respond(waiting.desk, 1, Acknowledge(HA))
    await later(waiting, 23, delivered=False)
    assert await made(waiting) == [("ONCALL", "undelivered"), ("1001", "undelivered")]


async def test_where_nobody_has_a_way_nothing_is_noted(waiting):
    await later(waiting, 30, delivered=False)
    assert await due(waiting.desk, {"77"}) == []
