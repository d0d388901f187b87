from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from incidents.model import LineState
from storage.tables import Channel, Interval, Vantage
from tests.storage.rows import (
    ANCHOR,
    LINE_DEPARTMENT,
    ONCALL_CHAT,
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


async def test_when_we_are_blind_one_notice_says_so_and_nothing_is_declared(duty, clock):
    await duty.live(5)
    fell = clock.at + timedelta(seconds=0.1)
    duty.cut = EVERYTHING
    await duty.live(30)
    assert await duty.incidents() == []
    assert await duty.letters() == [("blind", ONCALL_CHAT)]
    assert {state for state, _ in (await duty.states()).values()} == {BLIND}
    async with duty.storage.read() as session:
        assert (await session.exec(select(Vantage.blind_since))).one() == fell


async def test_when_we_see_again_one_notice_says_so(duty):
    await cut(duty, *EVERYTHING, seconds=30)
    await heal(duty, seconds=30)
    assert await duty.letters() == [("blind", ONCALL_CHAT), ("sighted", ONCALL_CHAT)]
    assert {state for state, _ in (await duty.states()).values()} == {UP}


async def test_an_outage_from_before_we_went_blind_keeps_its_time_and_its_ticket(duty, clock):
    await duty.live(5)
    fell = clock.at + timedelta(seconds=0.1)
    await cut(duty, 4, seconds=60)
    duty.cut = EVERYTHING
    dark = clock.at + timedelta(seconds=0.1)
    await duty.live(30)
    async with duty.storage.read() as session:
        rows = (await session.exec(select(Interval).where(Interval.channel_id == LINE_DEPARTMENT))).all()
    assert [(row.state, row.since) for row in rows[1:]] == [
        (DOWN, fell + timedelta(seconds=5)),
        (BLIND, dark),
    ]
    duty.cut = {4}
    await duty.live(40)
    (incident,) = await duty.incidents()
    assert incident.silent == (LINE_DEPARTMENT,)


async def test_a_restart_believes_what_was_written(duty):
    await cut(duty, 1, seconds=30)
    await duty.restart()
    assert await duty.live(30) == []
    await heal(duty)
    (incident,) = await duty.incidents()
    assert incident.silent == ()


async def test_a_restart_in_blindness_is_not_told_again(duty):
    await cut(duty, *EVERYTHING, seconds=30)
    await duty.restart()
    await duty.live(30)
    assert await duty.letters() == [("blind", ONCALL_CHAT)]


async def test_a_watch_that_was_replaced_in_the_middle_tells_blindness_once(duty):
    await duty.live(5)
    duty.cut = EVERYTHING
    await duty.live(3)
    old = duty.watch
    await duty.restart()
    new = duty.watch
    for duty.watch in (old, new):
        await duty.live(20)
    assert await duty.letters() == [("blind", ONCALL_CHAT)]


async def test_what_the_database_did_not_take_is_decided_again(duty):
    await duty.live(5)
    async with duty.storage.sampling() as connection:
        await connection.execute(text("ALTER TABLE timeline RENAME TO away"))
    duty.cut = {4}
    with pytest.raises(OperationalError):
        await duty.live(15)
    assert (await duty.states())[LINE_DEPARTMENT][0] == UP  # not half of it is written
    assert (await duty.incidents(), await duty.letters()) == ([], [])
    async with duty.storage.sampling() as connection:
        await connection.execute(text("ALTER TABLE away RENAME TO timeline"))
    assert await duty.live(1) == [(LINE_DEPARTMENT, DOWN)]
    assert len(await duty.incidents()) == 1


async def test_a_channel_retired_meanwhile_opens_nothing(duty, clock):
    await duty.live(5)
    async with duty.storage.begin() as session:
        (await session.get(Channel, LINE_DEPARTMENT)).retired_at = clock.at
    duty.cut = {4}
    await duty.live(15)
    assert await duty.incidents() == []


async def test_a_clock_set_back_an_hour_loses_no_outage(duty, clock):
    await cut(duty, 4)
    await heal(duty)
    clock.at -= timedelta(hours=1)
    duty.cut = {4}
    await duty.live(15)
    (incident,) = await duty.incidents()
    assert incident.silent == (LINE_DEPARTMENT,)
    await heal(duty)
    (incident,) = await duty.incidents()
    assert incident.silent == ()
    assert all(member.joined <= member.left for member in incident.members)


async def test_a_clock_set_on_an_hour_makes_no_outage_longer(duty, clock):
    await duty.live(5)
    clock.at += timedelta(hours=1)
    fell = clock.at
    duty.cut = {4}
    await duty.live(15)
    assert (await duty.incidents())[0].members[0].joined == fell + timedelta(seconds=0.1)
