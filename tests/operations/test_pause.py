from datetime import timedelta

import pytest

from incidents.actions import Accept, AllowPause, AskPause, Assign, EndPause, RefusePause
from incidents.lifecycle import Refused, Step
from incidents.model import Suspension
from incidents.owed import Breach, Owed
from incidents.pause import Obstacle
from incidents.refusal import Refusal
from operations.look import incident_view
from operations.object import clock as clock_now
from operations.pause import pause
from operations.respond import respond
from operations.tick import tick
from storage import incidents
from tests.storage.rows import HA, ONCALL_CHAT, OTHER_TEAM, TEAM, TEAM_CHAT

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def handed(duty):
    await duty.lose(2)
    await respond(duty.desk, 1, Assign(HA, TEAM))
    await respond(duty.desk, 1, Accept(HA, TEAM))
    return duty


async def deadline(duty):
    async with duty.desk.look() as act:
        return (await incident_view(act, await incidents.find(act.session, 1))).deadline


async def ask(duty, team=TEAM):
    return await pause(duty.desk, 1, AskPause(HA, team, Obstacle.LOCKED))


async def test_an_agreed_pause_moves_the_deadline_by_the_time_since_it_was_asked_for(handed, clock):
    before = await deadline(handed)
    await ask(handed)
    clock.on(minutes=10)
    await pause(handed.desk, 1, AllowPause(HA, clock.at + 60 * MINUTE))
    assert await deadline(handed) is None
    clock.on(minutes=20)
    await pause(handed.desk, 1, EndPause(HA))
    assert (await deadline(handed)).by == before.by + 30 * MINUTE


async def test_a_pause_ends_by_itself_and_both_sides_are_told(handed, clock):
    before = await deadline(handed)
    await ask(handed)
    await pause(handed.desk, 1, AllowPause(HA, clock.at + 60 * MINUTE))
    await tick(handed.desk, clock.on(minutes=61))
    assert (await deadline(handed)).by == before.by + 60 * MINUTE
    assert await handed.letters("pause_over") == [("pause_over", ONCALL_CHAT), ("pause_over", TEAM_CHAT)]


async def test_a_pause_that_is_refused_moves_nothing(handed, clock):
    before = await deadline(handed)
    await ask(handed)
    clock.on(minutes=10)
    await pause(handed.desk, 1, RefusePause(HA))
    assert await deadline(handed) == before
    assert await handed.letters("pause_refused") == [("pause_refused", TEAM_CHAT)]


async def test_the_clock_of_the_timeline_names_the_pause_with_its_approver(handed, clock):
    await ask(handed)
    asked = clock.at
    clock.on(minutes=10)
    await pause(handed.desk, 1, AllowPause(HA, clock.at + 60 * MINUTE))
    clock.on(minutes=5)
    async with handed.desk.look() as act:
        found = await clock_now(act, 1)
    (held,) = found.pauses
    assert (held.why, held.since, held.until, held.approver) == (Suspension.FIELD, asked, None, HA)
    assert found.carriers({TEAM}).paused == 15 * MINUTE


async def test_another_team_cannot_ask_and_nobody_twice(handed):
    assert (await ask(handed, OTHER_TEAM)).refusal is Refusal.NOT_ASSIGNED
    assert isinstance(await ask(handed), Step)
    assert (await ask(handed)).refusal is Refusal.ALREADY


async def test_a_pause_is_agreed_to_once_and_for_a_day_at_most(handed, clock):
    await ask(handed)
    too_long = await pause(handed.desk, 1, AllowPause(HA, clock.at + timedelta(days=2)))
    assert isinstance(too_long, Refused)
    assert too_long.refusal is Refusal.NOT_AHEAD
    await pause(handed.desk, 1, AllowPause(HA, clock.at + 60 * MINUTE))
    again = await pause(handed.desk, 1, AllowPause(HA, clock.at + 90 * MINUTE))
    assert again.refusal is Refusal.ALREADY


async def test_a_promise_is_warned_of_before_and_marked_after_once_each(handed, clock):
    due = (await deadline(handed)).by
    for _ in range(3):
        await tick(handed.desk, clock.on(seconds=(due - clock.at).total_seconds() - 3500))
        clock.on(seconds=10)
    assert await handed.letters("due_soon") == [("due_soon", ONCALL_CHAT), ("due_soon", TEAM_CHAT)]
    for _ in range(3):
        await tick(handed.desk, clock.on(hours=2))
    assert await handed.letters("missed") == [("missed", ONCALL_CHAT)]
    (incident,) = await handed.incidents()
    assert incident.breaches == (Breach(Owed.RESTORE, due, TEAM),)
    async with handed.desk.look() as act:
        assert (await clock_now(act, 1)).breaches == incident.breaches


async def test_a_team_of_the_same_carrier_has_what_the_first_has_left(handed, clock):
    before = await deadline(handed)
    clock.on(minutes=40)
    await respond(handed.desk, 1, Assign(HA, OTHER_TEAM))
    await respond(handed.desk, 1, Accept(HA, OTHER_TEAM))
    assert await deadline(handed) == before
