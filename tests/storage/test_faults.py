"""When the database fails, by real faults: nothing half-written, nothing lost, and the fault has its name."""

import asyncio
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import select, text

from incidents.outcome import Observation, Outcome, Reason
from locales.voice import Voice
from operations import sample
from operations.desk import Desk
from operations.observe import observe
from operations.sample import Sampler
from operations.take_inventory import take_inventory
from operations.watching import watch_over
from storage import people, policies
from storage.engine import Storage
from storage.pulse import Ailment
from storage.tables import SAMPLES, Interval, Letter, Member, Ticket, Timeline
from tests.storage.disk import locked, no_file_longer_than, size
from tests.storage.inventory.office import SMALL, folder

NOBODY = 65534
WRITTEN = (Interval, Ticket, Member, Timeline, Letter)


@pytest.fixture
async def storage(url, tmp_path, clock):
    """The small office with its on-call chat, its database opened by one who waits but briefly."""
    async with Storage(url, busy=0.05) as opened:
        await take_inventory(opened, folder(tmp_path / "office", SMALL), clock.at)
        async with opened.begin() as session:
            await people.seed_chat(session, -100, "truc_ban")
        yield opened


@pytest.fixture
def database(tmp_path, storage):
    return tmp_path / "desk.db"


@pytest.fixture
def desk(storage, clock):
    return Desk(storage, clock, Voice.of("vi", "Asia/Ho_Chi_Minh"))


@pytest.fixture
async def watch(desk, clock):
    async with desk.act() as act:  # nowhere lossy: a silence is proven as soon as it is long enough
        rule = {"guard": 6, "bad_loss": 0.01, "bursts": 0.1, "confidence": 0.9}
        await policies.change(act.session, "profiles", {"can_bang": rule}, act.at)
    return await watch_over(desk, clock.now)


def full_disk(database):
    """No file of this process may grow: a WAL that has to ends in a short write."""
    return no_file_longer_than(size(Path(f"{database}-wal")))


async def hear(desk, watch, clock, answered, seconds=12):
    """Have every line of the office tell the same for *seconds*; return the last decision."""
    decision = None
    async with desk.look() as act:
        series = [id_ for id_, each in act.directory.series.items() if each.service_id is None]
    outcome = Outcome(Reason.REPLY, 0.01) if answered else Outcome(Reason.TIMEOUT)
    for _ in range(seconds // 2):
        clock.on(seconds=2)
        batch = [Observation(each, outcome, clock.now - 1, clock.now) for each in series]
        decision = await observe(desk, watch, batch, clock.now)
    return decision


async def written(storage):
    """Count what decisions write."""
    async with storage.read() as session:
        return [len((await session.exec(select(table))).all()) for table in WRITTEN]


FAULTS = [(locked, Ailment.LOCKED), (full_disk, Ailment.DISK)]


@pytest.mark.parametrize(("fault", "ailment"), FAULTS)
async def test_what_could_not_be_written_is_decided_again_and_written_once(
    storage, database, desk, watch, clock, fault, ailment
):
    await hear(desk, watch, clock, answered=True)
    before = await written(storage)
    with fault(database):
        with pytest.raises(OperationalError):
            await hear(desk, watch, clock, answered=False)
        assert await written(storage) == before
        assert storage.fault.ailment is ailment
    await hear(desk, watch, clock, answered=False)
    assert storage.fault is None
    async with storage.read() as session:
        (ticket,) = await session.exec(select(Ticket))
        (letter,) = await session.exec(select(Letter))
    assert letter.incident_id == ticket.id
    assert await hear(desk, watch, clock, answered=False, seconds=4) is not None
    assert (await written(storage))[1] == 1


@pytest.mark.parametrize(("fault", "ailment"), FAULTS)
async def test_samples_wait_for_the_database_and_are_written_when_it_is_back(
    storage, database, desk, clock, fault, ailment
):
    sampler = Sampler(desk)
    with fault(database):
        for _ in range(3):
            clock.on(seconds=1)
            batch = [
                Observation(series, Outcome(Reason.REPLY, 0.01), clock.now - 0.001 * number, clock.now)
                for series in (1, 2, 3)
                for number in range(400)
            ]
            sampler.add(batch, clock.now, clock.at)
            with pytest.raises(OperationalError):
                await sampler.flush()
        assert storage.fault.ailment is ailment
    await sampler.flush()
    async with storage.sampling() as connection:
        assert len((await connection.execute(select(SAMPLES))).all()) == 3600
    assert (sampler.lost, storage.fault) == (0, None)


async def test_no_more_samples_wait_than_memory_has_room_for(desk, clock):
    sampler, more = Sampler(desk), 25
    batch = [
        Observation(1, Outcome(Reason.TIMEOUT), clock.now - 0.001 * n, clock.now) for n in range(sample.MOST)
    ]
    sampler.add(batch, clock.now, clock.at)
    sampler.add(batch[:more], clock.now, clock.at)
    assert sampler.lost == more


async def test_a_database_that_may_not_grow_takes_a_decision_whole_or_not_at_all(storage, desk, watch, clock):
    await hear(desk, watch, clock, answered=True)
    async with storage.begin() as session:  # its only writer: each connection has a limit of its own
        await session.exec(text("CREATE TABLE rest (filling BLOB)"))
        await session.exec(text("PRAGMA max_page_count=1"))  # as many as it has now
    before = await written(storage)

    async def decide():
        async with storage.begin() as session:
            session.add(Interval(channel_id=1, since=clock.at, state="up", why="replied"))
            await session.flush()
            await session.exec(text("INSERT INTO rest VALUES (zeroblob(1000000))"))

    with pytest.raises(OperationalError, match="disk is full"):
        await decide()
    assert await written(storage) == before
    assert storage.fault.ailment is Ailment.FULL


async def test_a_wrong_statement_is_no_fault_of_the_database(storage, clock):
    with pytest.raises(IntegrityError):
        async with storage.begin() as session:
            session.add(Member(incident_id=9, channel_id=9, joined=clock.at))
    assert storage.fault is None


async def test_a_fault_lasts_from_the_first_failure_until_that_writer_is_heard(storage, database):
    async def sample_once():
        async with storage.sampling() as connection:
            await connection.execute(text("SELECT 1"))

    async def fail():
        with locked(database), pytest.raises(OperationalError):
            await sample_once()
        return storage.fault.since

    assert await fail() == await fail()
    async with storage.begin() as session:
        await session.exec(text("SELECT 1"))
    assert storage.fault is not None
    await sample_once()
    assert storage.fault is None


@contextmanager
def as_nobody():
    """Root may write anything: be somebody else meanwhile."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def read_only(migrated):
    """A database in a folder, neither of which may be written to."""
    place = Path(tempfile.mkdtemp(prefix="trucmang-"))
    database = place / "desk.db"
    database.write_bytes(migrated)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    database.chmod(0o444)
    place.chmod(0o555)
    yield database
    place.chmod(0o755)
    shutil.rmtree(place)


async def test_a_read_only_file_is_named_as_such(read_only):
    with as_nobody():
        async with Storage(f"sqlite+aiosqlite:///{read_only}") as storage:
            with pytest.raises(OperationalError, match="readonly"):
                async with storage.begin() as session:
                    await session.exec(text("SELECT 1"))
            assert storage.fault.ailment is Ailment.READ_ONLY


async def test_readers_see_the_database_while_another_process_keeps_it_locked(storage, database):
    with locked(database):
        async with asyncio.timeout(1):
            assert len(await written(storage)) == len(WRITTEN)
