"""Locking an account: it is told nothing more, the desk knows, and an administrator is always left."""

import asyncio

import pytest
from sqlmodel import select

from operations.announce import Notice, tell
from operations.lock import NotLocked, lock, unlock
from storage.letters import Address
from storage.tables import Letter, Person
from tests.operations.door import AT, HA, LONG, NAM, ONCALL_CHAT, Door

OTHER_ADMIN = 1102


async def test_a_locked_account_has_its_waiting_letters_dropped_and_the_desk_is_told(door: Door) -> None:
    async with door.desk.act() as act:
        await tell(act, [Address(NAM), Address(HA)], Notice("anchors_back", {}))
    done = await lock(door.desk, await door.id_(NAM), await door.id_(LONG))
    assert isinstance(done, Person)
    assert done.locked_at == AT
    async with door.desk.look() as act:
        rows = (await act.session.exec(select(Letter))).all()
    assert {(row.chat, row.content["name"], row.outcome) for row in rows} == {
        (NAM, "anchors_back", "dropped"),
        (HA, "anchors_back", None),
        (ONCALL_CHAT, "locked", None),
    }


async def test_locking_twice_tells_once_and_unlocking_brings_back_who_it_was(door: Door) -> None:
    nam, long = await door.id_(NAM), await door.id_(LONG)
    for act in (lock, lock, unlock, unlock):
        assert isinstance(await act(door.desk, nam, long), Person)
    assert [content["name"] for _, content in await door.told()] == ["locked", "unlocked"]
    assert (await door.person_(NAM)).locked_at is None
    assert await door.units_of(NAM) == {"05725"}


async def test_nobody_locks_oneself(door: Door) -> None:
    long = await door.id_(LONG)
    assert await lock(door.desk, long, long) is NotLocked.ONESELF


@pytest.mark.parametrize("act", [lock, unlock])
async def test_only_an_administrator_who_is_not_locked_decides(door: Door, act: object) -> None:
    assert callable(act)
    assert await act(door.desk, await door.id_(NAM), await door.id_(HA)) is NotLocked.NOT_ALLOWED
    await door.change(LONG, locked_at=AT)
    assert await act(door.desk, await door.id_(NAM), await door.id_(LONG)) is NotLocked.NOT_ALLOWED
    assert await door.told() == []


async def test_an_unknown_account_is_not_locked(door: Door) -> None:
    assert await lock(door.desk, 999, await door.id_(LONG)) is NotLocked.UNKNOWN


async def test_of_two_administrators_who_lock_each_other_at_once_one_is_left(door: Door) -> None:
    async with door.desk.act() as act:
        act.session.add(Person(telegram_id=OTHER_ADMIN, name="Khác", role="quan_tri"))
    one, other = await door.id_(LONG), await door.id_(OTHER_ADMIN)
    done = await asyncio.gather(lock(door.desk, one, other), lock(door.desk, other, one))
    assert sorted(isinstance(each, Person) for each in done) == [False, True]
    assert NotLocked.NOT_ALLOWED in done
