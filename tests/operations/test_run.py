from datetime import timedelta

import pytest
from sqlmodel import select

from incidents.model import LineState
from incidents.policy import Policies
from locales.voice import Voice
from operations import run
from operations.desk import Desk
from storage import people, policies
from storage.tables import Chat, Interval, Policy, Run, Series, Vantage
from tests.storage.rows import HA, LINE_DEPARTMENT

ANCHORS = ("icmp://10.9.0.1", "icmp://10.9.0.2")


@pytest.fixture
def start(duty):
    async def start_one(anchors=ANCHORS):
        return await run.start(duty.desk, oncall_chat=-500, administrators=(77, 1000 + HA), anchors=anchors)

    return start_one


async def anchors(duty):
    async with duty.desk.look() as act:
        return sorted(act.directory.series[each].url for each in act.directory.anchors)


async def department(duty):
    async with duty.storage.read() as session:
        rows = await session.exec(select(Interval).where(Interval.channel_id == LINE_DEPARTMENT))
        return [(row.state, row.since, row.why) for row in rows]


async def test_a_start_seeds_what_must_be_there(duty, start):
    assert [await start(), await start()] == [1, 2]
    async with duty.storage.read() as session:
        assert (await people.by_telegram(session, 77)).role == "quan_tri"
        assert (await people.by_telegram(session, 1000 + HA)).role == "truc_ban"
        assert len((await session.exec(select(Chat).where(Chat.chat == -500))).all()) == 1
        assert await policies.in_force(session) == Policies()
        assert {row.version for row in await session.exec(select(Policy))} == {1}


async def test_the_anchors_are_those_of_the_settings(duty, start):
    await start()
    assert await anchors(duty) == [*ANCHORS]
    await start(anchors=ANCHORS[1:])
    assert await anchors(duty) == [ANCHORS[1]]
    await start()
    assert await anchors(duty) == [*ANCHORS]
    async with duty.storage.read() as session:
        rows = await session.exec(select(Series).where(Series.url == ANCHORS[0]))
        assert len(rows.all()) == 1  # the same series again


async def test_an_anchor_named_twice_is_one(duty, start):
    await start(anchors=(ANCHORS[0], ANCHORS[0]))
    assert await anchors(duty) == [ANCHORS[0]]


async def test_the_first_start_makes_the_vantage(store, clock):
    desk = Desk(store, clock, Voice.of("vi", "Asia/Ho_Chi_Minh"))
    await run.start(desk, oncall_chat=None, administrators=(), anchors=())
    async with store.read() as session:
        assert (await session.exec(select(Vantage.name))).all() == ["main"]


async def test_the_time_nobody_watched_is_blind(duty, start, clock):
    number = await start()
    await duty.live(5)
    duty.cut = {4}
    await duty.live(15)
    await run.beat(duty.desk, number, clock.at)
    left, back = clock.at, clock.on(minutes=10)
    before = await department(duty)
    await start()
    assert await department(duty) == [
        *before,
        (LineState.BLIND, left, "not_running"),
        (LineState.DOWN, back, "running"),
    ]


async def test_what_was_believed_before_the_gap_is_believed_after_it(duty, start, clock):
    await start()
    await duty.live(5)
    duty.cut = {4}
    await duty.live(15)
    clock.on(minutes=10)
    await start()
    await duty.restart()
    assert await duty.live(30) == []
    assert len(await duty.incidents()) == 1


@pytest.mark.parametrize("gap", [timedelta(seconds=59), timedelta(hours=-1)])
async def test_a_short_gap_or_a_clock_set_back_leaves_no_trace(duty, start, clock, gap):
    await start()
    await duty.live(5)
    async with duty.storage.begin() as session:
        (await session.exec(select(Run))).one().seen = clock.at
    before = await department(duty)
    clock.at += gap
    await start()
    assert await department(duty) == before


async def test_a_beat_says_until_when_it_watched(duty, start, clock):
    number = await start()
    await run.beat(duty.desk, number, clock.on(seconds=15))
    await run.beat(duty.desk, number, clock.on(seconds=15), stopped=True)
    async with duty.storage.read() as session:
        row = (await session.exec(select(Run))).one()
    assert (row.seen, row.stopped) == (clock.at, clock.at)
