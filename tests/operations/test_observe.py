from datetime import timedelta

import pytest

from incidents.actions import Acknowledge, Close
from incidents.model import LineState, Severity, Status
from operations.respond import respond
from operations.tick import tick
from storage import incidents
from storage.tables import Channel, Series
from tests.storage.rows import (
    ANCHOR,
    DISTRICT,
    HA,
    LINE_DEPARTMENT,
    LINE_DINH_CA,
    LINE_THAN_XA,
    ONCALL_CHAT,
    UPLINK,
)

UP, DOWN, UNREACHABLE, BLIND = LineState.UP, LineState.DOWN, LineState.UNREACHABLE, LineState.BLIND
EVERYTHING = {1, 2, 3, 4, ANCHOR}


async def cut(duty, *series, seconds=15):
    """Have the lines of *series* fall silent and be found out; return when they fell."""
    await duty.live(5)
    duty.cut = set(series)
    await duty.live(seconds)


async def heal(duty, seconds=10):
    duty.cut = set()
    return await duty.live(seconds)


async def test_lines_that_answer_open_nothing(duty):
    await duty.live(5)
    assert {state for state, _ in (await duty.states()).values()} == {UP}
    assert (await duty.incidents(), await duty.letters()) == ([], [])


async def test_one_line_down_is_one_incident_with_one_card(duty):
    await cut(duty, 4)
    (incident,) = await duty.incidents()
    assert (incident.root, incident.silent, incident.status) == (
        LINE_DEPARTMENT,
        (LINE_DEPARTMENT,),
        Status.OPEN,
    )
    assert await duty.letters() == [("card", ONCALL_CHAT)]
    assert duty.rung > 0


async def test_the_outage_began_with_the_first_probe_that_was_lost(duty, clock):
    start = clock.at
    await cut(duty, 4)
    (incident,) = await duty.incidents()
    fell = start + timedelta(seconds=5.1)
    assert (await duty.states())[LINE_DEPARTMENT] == (DOWN, fell)
    assert incident.members[0].joined == fell
    assert incident.opened == start + timedelta(seconds=12)


async def test_a_dead_uplink_is_one_incident_with_all_behind_it(duty):
    await cut(duty, 1, seconds=30)
    (incident,) = await duty.incidents()
    assert (incident.unit, incident.root, incident.severity) == (DISTRICT, UPLINK, Severity.HIGH)
    assert set(incident.silent) == {UPLINK, LINE_THAN_XA, LINE_DINH_CA}
    assert await duty.letters() == [("card", ONCALL_CHAT)]
    states = {channel: state for channel, (state, _) in (await duty.states()).items()}
    assert states == {UPLINK: DOWN, LINE_THAN_XA: UNREACHABLE, LINE_DINH_CA: UNREACHABLE, LINE_DEPARTMENT: UP}


async def test_children_return_with_their_uplink(duty):
    await cut(duty, 1, seconds=30)
    await heal(duty)
    (incident,) = await duty.incidents()
    assert incident.silent == ()
    assert incident.recovered == max(member.left for member in incident.members)


async def test_who_is_still_silent_after_the_settle_window_has_an_incident_of_its_own(duty):
    await cut(duty, 1, seconds=30)
    duty.cut = {3}
    await duty.live(20)
    assert len(await duty.incidents()) == 1
    await duty.live(10)
    first, second = await duty.incidents()
    assert (second.root, second.silent, second.parent) == (LINE_DINH_CA, (LINE_DINH_CA,), first.id)
    assert (first.silent, first.recovered is None) == ((), False)
    assert len(await duty.letters("card")) == 2


async def test_what_hangs_behind_one_that_is_split_off_goes_with_it(duty):
    async with duty.storage.begin() as session:
        (await session.get(Channel, LINE_DINH_CA)).uplink_id = LINE_THAN_XA
    duty.silent_children = {1: {2, 3}, 2: {3}}
    await cut(duty, 1, seconds=30)
    duty.cut = {2}
    await duty.live(40)
    first, second = await duty.incidents()
    assert (first.silent, set(second.silent)) == ((), {LINE_THAN_XA, LINE_DINH_CA})


async def test_a_line_that_is_back_recovers_its_incident_which_closes_itself(duty, clock):
    await cut(duty, 4)
    await heal(duty)
    (incident,) = await duty.incidents()
    assert (incident.live, incident.recovered is None) == (True, False)
    assert await tick(duty.desk, clock.on(minutes=30)) == 1
    (incident,) = await duty.incidents()
    assert (incident.status, incident.closed) == (Status.CLOSED, clock.at)
    assert await duty.letters("closed") == [("closed", ONCALL_CHAT)]


@pytest.mark.parametrize(("minutes", "incidents_"), [(5, 1), (45, 2)])
async def test_a_relapse_soon_after_the_close_opens_the_same_ticket(duty, clock, minutes, incidents_):
    await cut(duty, 4)
    await respond(duty.desk, 1, Acknowledge(HA))
    await heal(duty)
    await respond(duty.desk, 1, Close(HA))
    clock.on(minutes=minutes)
    await cut(duty, 4)
    found = await duty.incidents()
    assert len(found) == incidents_
    assert found[-1].silent == (LINE_DEPARTMENT,)
    if incidents_ == 1:
        assert (found[0].status, found[0].owner) == (Status.ACKNOWLEDGED, HA)
        assert await duty.letters("relapsed") == [("relapsed", ONCALL_CHAT)]


async def test_a_channel_has_one_incident_though_its_unit_has_several(duty):
    async with duty.storage.begin() as session:
        (await session.get(Channel, LINE_DINH_CA)).unit_id = DISTRICT
    await cut(duty, 3)
    duty.cut = {1}
    await duty.live(30)
    first, second = await duty.incidents()
    assert (first.silent, second.silent) == ((LINE_DINH_CA,), (UPLINK, LINE_THAN_XA))


async def test_any_of_several_series_answers_for_a_channel(duty):
    async with duty.storage.begin() as session:
        (await session.get(Series, 3)).channel_id = LINE_DEPARTMENT
    await cut(duty, 4, seconds=30)
    assert await duty.incidents() == []


async def test_the_timeline_tells_the_whole_story(duty, clock):
    await cut(duty, 1, seconds=30)
    await heal(duty)
    await tick(duty.desk, clock.on(minutes=31))
    async with duty.storage.read() as session:
        lines = await incidents.timeline(session, 1)
    assert (lines[0].action, lines[-1].action) == ("open", "close")
    assert [line.version for line in lines] == list(range(len(lines)))
