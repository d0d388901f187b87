import asyncio

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from storage.engine import Storage
from storage.tables import Channel, Unit, Vantage


async def name_of(storage):
    async with storage.read() as session:
        return (await session.exec(select(Vantage.name))).first()


async def append(storage, letter):
    """Read, think, write: what a lost update would spoil."""
    async with storage.begin() as session:
        vantage = (await session.exec(select(Vantage))).one()
        await asyncio.sleep(0)
        vantage.name += letter
        session.add(vantage)


@pytest.fixture
async def named(store):
    async with store.begin() as session:
        session.add(Vantage(name=""))
    return store


async def test_of_writers_at_once_no_update_is_lost(named):
    await asyncio.gather(*(append(named, letter) for letter in "abcdefgh"))
    assert sorted(await name_of(named)) == list("abcdefgh")


async def test_of_two_processes_no_update_is_lost(named, url):
    async with Storage(url) as other:
        await asyncio.gather(*(append(each, "x") for each in (named, other) * 4))
    assert await name_of(named) == "x" * 8


async def test_a_reader_sees_only_what_is_committed(named):
    async with named.begin() as session:
        (await session.exec(select(Vantage))).one().name = "new"
        await session.flush()
        assert await name_of(named) == ""
    assert await name_of(named) == "new"


async def test_a_reader_sees_one_moment_throughout(named):
    async with named.read() as session:
        before = (await session.exec(select(Vantage.name))).one()
        await append(named, "later")
        assert (await session.exec(select(Vantage.name))).one() == before


async def test_an_exception_undoes_all_of_it(named):
    async def fail():
        async with named.begin() as session:
            (await session.exec(select(Vantage))).one().name = "half"
            await session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await name_of(named) == ""


async def test_after_a_failure_the_next_may_write(named):
    for _ in range(6):  # more than there are connections
        with pytest.raises(RuntimeError):
            async with named.begin():
                raise RuntimeError
    await append(named, "x")
    assert await name_of(named) == "x"


async def test_one_that_was_cancelled_while_writing_leaves_nothing(named):
    entered = asyncio.Event()

    async def write():
        async with named.begin() as session:
            (await session.exec(select(Vantage))).one().name = "half"
            await session.flush()
            entered.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write())
    await entered.wait()
    task.cancel()
    await asyncio.wait([task])
    await append(named, "x")
    assert await name_of(named) == "x"


async def test_what_refers_to_nothing_is_refused(store):
    with pytest.raises(IntegrityError):
        async with store.begin() as session:
            session.add(Channel(code="X", unit_id=77))


async def test_times_come_back_as_they_were_written(store, clock):
    async with store.begin() as session:
        session.add(Unit(edition="1", code="1", name="A", folded="a", kind="xã", retired_at=clock.at))
    async with store.read() as session:
        assert (await session.exec(select(Unit.retired_at))).one() == clock.at
