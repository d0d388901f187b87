from datetime import timedelta

import pytest

from incidents.actions import Accept, Agree, Assign, Close, Disagree, Object, Propose
from incidents.model import Cause
from incidents.refusal import Refusal
from operations.object import clock as clock_now
from operations.object import figures, object_
from operations.respond import respond
from tests.storage.rows import BINH, HA, ONCALL_CHAT, OTHER_TEAM, TEAM, TEAM_CHAT

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def closed(duty, clock):
    """A ticket that a team had for a while, closed; then a month's end has come."""
    await duty.lose(2)
    await respond(duty.desk, 1, Assign(HA, TEAM))
    await respond(duty.desk, 1, Accept(HA, TEAM))
    clock.on(minutes=90)
    await duty.regain(2)
    await respond(duty.desk, 1, Close(HA))
    clock.on(days=6)
    return duty


async def objected(duty, team=TEAM):
    return await object_(duty.desk, 1, Object(HA, team, "cửa phòng máy khóa 45 phút"))


async def now(duty):
    async with duty.desk.look() as act:
        found = await clock_now(act, 1)
        return found, figures(act, found, TEAM)


async def test_two_people_decide_on_a_closed_ticket_and_the_original_stays(closed):
    before, was = await now(closed)
    await objected(closed)
    await object_(closed.desk, 1, Propose(HA, 45, Cause.POWER))
    await object_(closed.desk, 1, Agree(BINH, 45, Cause.POWER))
    after, figures_ = await now(closed)
    assert after.carriers() == before.carriers()
    assert figures_ == was | {"agreed": was["carrier"] - 45 * 60}
    assert after.cause is Cause.POWER
    assert (await closed.incidents())[0].cause is None
    (decision,) = after.decisions
    assert (decision.proposer, decision.confirmer, decision.off) == (HA, BINH, 45 * MINUTE)


async def test_who_proposed_cannot_agree_nor_anybody_to_what_is_no_longer_proposed(closed):
    await objected(closed)
    await object_(closed.desk, 1, Propose(HA, 45))
    assert (await object_(closed.desk, 1, Agree(HA, 45))).refusal is Refusal.SECOND_PERSON
    assert (await object_(closed.desk, 1, Agree(BINH, 30))).refusal is Refusal.CHANGED
    assert (await now(closed))[0].decisions == ()


async def test_what_is_turned_down_waits_for_another_proposal(closed):
    await objected(closed)
    await object_(closed.desk, 1, Propose(HA, 45))
    await object_(closed.desk, 1, Disagree(BINH))
    assert (await object_(closed.desk, 1, Agree(BINH, 45))).refusal is Refusal.NOTHING_NEW
    (incident,) = await closed.incidents()
    assert incident.objection.words == "cửa phòng máy khóa 45 phút"


async def test_a_team_that_never_had_it_does_not_object(closed):
    assert (await objected(closed, OTHER_TEAM)).refusal is Refusal.NOT_ASSIGNED


async def test_an_objection_that_is_not_followed_takes_nothing_off(closed):
    _, was = await now(closed)
    await objected(closed)
    await object_(closed.desk, 1, Propose(HA, 0))
    await object_(closed.desk, 1, Agree(BINH, 0))
    assert (await now(closed))[1] == was
    assert (await objected(closed)).after.objection is not None  # it may be raised again


async def test_more_than_it_took_is_not_taken_off(closed):
    await objected(closed)
    await object_(closed.desk, 1, Propose(HA, 10_000))
    await object_(closed.desk, 1, Agree(BINH, 10_000))
    assert (await now(closed))[1]["agreed"] == 0


async def test_the_desk_is_told_of_each_step_and_the_team_of_the_decision(closed):
    await objected(closed)
    await object_(closed.desk, 1, Propose(HA, 45))
    await object_(closed.desk, 1, Agree(BINH, 45))
    assert await closed.letters("objected") == [("objected", ONCALL_CHAT)]
    assert ("proposed", ONCALL_CHAT) in await closed.letters("proposed")
    assert await closed.letters("decided") == [("decided", ONCALL_CHAT), ("decided", TEAM_CHAT)]
    told = await closed.notices()
    assert any("Cần người thứ hai đồng ý" in each and "nhà mạng: 1 giờ 30 phút" in each for each in told)
