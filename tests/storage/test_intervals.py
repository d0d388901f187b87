from datetime import timedelta

import pytest

from incidents.model import LineState
from storage import intervals
from storage.intervals import Change
from storage.tables import Channel
from tests.storage.rows import LINE_THAN_XA, UPLINK

UP, DOWN = LineState.UP, LineState.DOWN


@pytest.fixture
def append(province):
    async def append_all(*states):
        async with province.begin() as session:
            return await intervals.append(session, [Change(*each, "why") for each in states])

    return append_all


async def test_the_present_state_is_the_last_one_appended(province, append, clock):
    await append((UPLINK, UP, clock.at), (LINE_THAN_XA, UP, clock.at))
    await append((UPLINK, DOWN, clock.on(minutes=1)))
    async with province.read() as session:
        latest = await intervals.latest(session)
    assert {channel: row.state for channel, row in latest.items()} == {UPLINK: DOWN, LINE_THAN_XA: UP}


async def test_a_start_before_the_present_state_is_moved_to_it(append, clock):
    await append((UPLINK, UP, clock.at))
    assert await append((UPLINK, DOWN, clock.at - timedelta(hours=1))) == [(UPLINK, clock.at)]


async def test_a_retired_channel_is_left_out_unless_asked_for(province, append, clock):
    await append((UPLINK, UP, clock.at))
    async with province.begin() as session:
        (await session.get(Channel, UPLINK)).retired_at = clock.at
    async with province.read() as session:
        assert await intervals.latest(session) == {}
        assert set(await intervals.latest(session, retired=True)) == {UPLINK}


async def test_a_span_has_what_was_in_force_at_its_start_and_what_began_in_it(province, append, clock):
    times = [clock.on(minutes=1) for _ in range(6)]
    for at in times:
        await append((UPLINK, UP, at))
    async with province.read() as session:
        found = await intervals.overlapping(session, times[2] + timedelta(seconds=1), times[5])
    assert [row.since for row in found] == times[2:5]


async def test_of_states_that_began_together_the_last_was_in_force(province, append, clock):
    await append((UPLINK, UP, clock.at))
    await append((UPLINK, DOWN, clock.at))
    async with province.read() as session:
        found = await intervals.overlapping(session, clock.at, clock.on(minutes=1))
    assert [row.state for row in found] == [DOWN]
