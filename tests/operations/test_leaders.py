"""What reaches a leader is what the leader chose; the leaders' room has everything."""

from datetime import UTC, datetime, timedelta

import pytest

from incidents.preferences import Preferences, Topic
from operations.announce import Notice, tell
from operations.leaders import leaders_told
from operations.summarise import summarise
from operations.tick import tick
from storage import preferences
from storage.letters import Address
from storage.tables import Chat, Letter, Person
from tests.storage.rows import DISTRICT, LEADER, ONCALL_CHAT

LEADER_CHAT, ROOM = 1000 + LEADER, -401


def at(hour, minute=0):
    """Return a time of the province's day."""
    return datetime(2025, 11, 24, hour, minute, tzinfo=UTC) - timedelta(hours=7)


async def choose(duty, **chosen):
    async with duty.desk.act() as act:
        await preferences.keep(act.session, LEADER, Preferences(**chosen))
        act.session.add(Chat(chat=ROOM, role="lanh_dao"))


async def summaries(duty, *times):
    for when in times:
        await summarise(duty.desk, when, duty.desk.voice.zone)
    return [chat for _, chat in await duty.letters("summary")]


async def test_a_summary_at_ones_own_hour_comes_then_and_once(duty):
    await choose(duty, summary_at="17:00")
    assert await summaries(duty, at(7, 30), at(16, 59)) == [ONCALL_CHAT, ROOM]
    assert await summaries(duty, at(17), at(17, 1), at(18)) == [ONCALL_CHAT, ROOM, LEADER_CHAT]


async def test_a_summary_before_the_desks_own_keeps_nobody_elses_from_coming(duty):
    await choose(duty, summary_at="06:30")
    assert await summaries(duty, at(6, 30), at(7, 30)) == [LEADER_CHAT, ONCALL_CHAT, ROOM]


async def test_who_wants_no_summary_gets_none_and_the_room_has_it(duty):
    await choose(duty, summary=False)
    assert await summaries(duty, at(7, 30), at(20)) == [ONCALL_CHAT, ROOM]


@pytest.mark.parametrize("chosen", [{"escalations": False}, {"wide_only": True}])
async def test_a_ticket_that_nobody_takes_is_told_to_the_room_and_to_who_wants_it(duty, chosen):
    await choose(duty, **chosen)
    await duty.lose(3)
    duty.clock.on(minutes=21)
    await tick(duty.desk, duty.clock.at)
    assert [chat for _, chat in await duty.letters("escalated")] == [ONCALL_CHAT, ROOM]


@pytest.mark.parametrize(("scope", "told"), [(None, [LEADER_CHAT]), (DISTRICT, [LEADER_CHAT]), (5, [])])
async def test_a_leader_hears_of_the_own_part_alone(duty, scope, told):
    await duty.lose(3)
    [incident] = await duty.incidents()
    async with duty.desk.act() as act:
        leader = await act.session.get(Person, LEADER)
        leader.unit_id = scope
        act.session.add(leader)
        await act.session.flush()
        assert [each.chat for each in await leaders_told(act, Topic.BREACH, incident)] == told


async def test_a_quiet_night_is_put_off_till_the_morning_and_answers_are_not(duty):
    await choose(duty, quiet=True)
    duty.clock.at = at(23)
    async with duty.desk.act() as act:
        for asked in (False, True):
            await tell(act, [Address(LEADER_CHAT)], Notice("anchors_back", {}), asked=asked)
    async with duty.storage.read() as session:
        rows = [await session.get(Letter, number) for number in (1, 2)]
    assert [row.not_before for row in rows] == [at(6) + timedelta(days=1), at(23)]
