import asyncio
from contextlib import asynccontextmanager, suppress

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from incidents.model import LineState
from incidents.outcome import Reason
from operations.patrol import Patrol
from storage import policies
from storage.tables import Channel, Series
from tests.storage.rows import LINE_DEPARTMENT, UPLINK

FAST = {
    "can_bang": {
        "guard": 0.3,
        "replies": 1,
        "quick": 0.05,
        "settle": 0.2,
        "bad_loss": 0.01,
        "bursts": 0.1,
        "confidence": 0.9,
    }
}


@pytest.fixture
async def server():
    """A port that answers."""
    listening = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    async with listening:
        yield listening.sockets[0].getsockname()[1]


@pytest.fixture
async def wired(duty, server):
    """The province with every line on loopback TCP."""
    async with duty.storage.begin() as session:
        for series in await session.exec(select(Series)):
            series.url = f"tcp://127.0.0.1:{server}"
    return duty


@asynccontextmanager
async def patrolling(duty):
    patrol = Patrol(duty.desk, period=0.1)
    task = asyncio.create_task(patrol.run())
    try:
        yield patrol
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(true):
    """Wait for what will be; the timeout is for what will not."""
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0.02)


def all_up(patrol, count=4):
    return lambda: [*patrol.watch.states.values()] == [LineState.UP] * count


async def test_every_line_that_answers_is_found_up_and_sampled(wired):
    async with patrolling(wired) as patrol:
        await until(all_up(patrol))
        assert (await patrol.probe([1]))[1][0].reason is Reason.REPLY
    async with wired.storage.read() as session:
        connection = await session.connection()
        assert (await connection.execute(text("SELECT count(*) FROM samples"))).scalar() > 4


async def test_a_channel_that_is_retired_is_watched_no_longer(wired, clock):
    async with patrolling(wired) as patrol:
        await until(all_up(patrol))
        async with wired.storage.begin() as session:
            (await session.get(Channel, LINE_DEPARTMENT)).retired_at = clock.at
        await patrol.refresh()
        assert LINE_DEPARTMENT not in patrol.watch.states
        assert await patrol.probe([LINE_DEPARTMENT]) == {}
        await until(all_up(patrol, 3))


async def test_a_new_probe_of_a_channel_is_probed(wired, server):
    async with patrolling(wired) as patrol:
        await until(all_up(patrol))
        async with wired.storage.begin() as session:
            session.add(Series(id=50, channel_id=UPLINK, url=f"tcp://127.0.0.2:{server}", vantage_id=1))
        await patrol.refresh()
        assert len((await patrol.probe([50]))[50]) == 3


async def test_an_inventory_that_is_the_same_leaves_the_watch_alone(wired):
    async with patrolling(wired) as patrol:
        await until(all_up(patrol))
        watch = patrol.watch
        await patrol.refresh()
        assert patrol.watch is watch


async def test_an_inventory_that_could_not_be_followed_is_followed_later(wired, clock):
    async with patrolling(wired) as patrol:
        await until(all_up(patrol))
        async with wired.storage.begin() as session:
            (await session.get(Channel, LINE_DEPARTMENT)).retired_at = clock.at
        async with wired.storage.sampling() as connection:
            await connection.execute(text("ALTER TABLE intervals RENAME TO away"))
        with pytest.raises(OperationalError):
            await patrol.refresh()
        async with wired.storage.sampling() as connection:
            await connection.execute(text("ALTER TABLE away RENAME TO intervals"))
        await patrol.refresh()
        assert LINE_DEPARTMENT not in patrol.watch.states


async def test_a_refused_line_is_down_and_then_up_again(wired, server):
    async with wired.storage.begin() as session:
        await policies.change(session, "profiles", FAST, wired.clock.at)
    async with patrolling(wired) as patrol:
        await until(all_up(patrol))
        async with wired.storage.begin() as session:
            (await session.get(Series, LINE_DEPARTMENT)).url = "tcp://127.0.0.1:1"
        await patrol.refresh()
        await until(lambda: patrol.watch.states[LINE_DEPARTMENT] is LineState.DOWN)
        async with wired.storage.begin() as session:
            (await session.get(Series, LINE_DEPARTMENT)).url = f"tcp://127.0.0.1:{server}"
        await patrol.refresh()
        await until(all_up(patrol))
    (incident,) = await wired.incidents()
    assert (incident.root, incident.silent) == (LINE_DEPARTMENT, ())
