import pytest
from sqlmodel import select

from incidents.model import LineState
from operations.release import release
from operations.tick import tick
from storage.tables import Channel, Interval, Series
from tests.storage.rows import LINE_DEPARTMENT, LINE_DINH_CA, LINE_THAN_XA, UPLINK


async def retire(duty, channel):
    async with duty.storage.begin() as session:
        for row in (await session.get(Channel, channel), await session.get(Series, channel)):
            row.retired_at = duty.clock.at


async def unprobe(duty, channel):
    async with duty.storage.begin() as session:
        (await session.get(Series, channel)).retired_at = duty.clock.at


@pytest.fixture
async def outage(duty):
    await duty.live(5)
    duty.cut = {4}
    await duty.live(15)
    return duty


async def test_while_every_channel_is_watched_nothing_is_released(outage):
    assert await release(outage.desk) == ()
    assert (await outage.incidents())[0].version == 0


@pytest.mark.parametrize("end", [retire, unprobe])
async def test_what_is_watched_no_longer_leaves_its_incident(outage, clock, end):
    await end(outage, LINE_DEPARTMENT)
    assert await release(outage.desk) == (LINE_DEPARTMENT,)
    (incident,) = await outage.incidents()
    assert (incident.silent, incident.recovered) == ((), clock.at)
    await tick(outage.desk, clock.on(minutes=30))
    assert not (await outage.incidents())[0].live


async def test_nobody_is_told_that_it_is_back(outage):
    await retire(outage, LINE_DEPARTMENT)
    await release(outage.desk)
    assert {name for name, _ in await outage.letters()} == {"card"}


async def test_its_state_is_not_known_from_then_on(outage, clock):
    await retire(outage, LINE_DEPARTMENT)
    clock.on(minutes=1)
    await release(outage.desk)
    async with outage.storage.read() as session:
        rows = await session.exec(select(Interval).where(Interval.channel_id == LINE_DEPARTMENT))
        last = rows.all()[-1]
    assert (last.state, last.since) == (LineState.UNKNOWN, clock.at)


async def test_it_is_released_once(outage):
    await retire(outage, LINE_DEPARTMENT)
    await release(outage.desk)
    assert await release(outage.desk) == ()


async def test_who_hung_behind_it_stands_for_itself_then(duty):
    await duty.live(5)
    duty.cut = {1}
    await duty.live(30)
    await retire(duty, UPLINK)
    await release(duty.desk)
    await duty.restart()
    duty.cut = {2}
    await duty.live(30)
    first, second = await duty.incidents()
    assert (first.silent, second.root, second.parent) == ((), LINE_THAN_XA, first.id)
    assert LINE_DINH_CA not in second.silent
