"""The database: the only module that knows a dialect, its transactions and how safely each is kept."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from time import monotonic
from typing import Any, Self

from sqlalchemy import Table, event, make_url
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.pulse import Fault, Pulse
from storage.whole import connect

BUSY_SECONDS = 5.0
JOURNAL_BYTES = 8 << 20  # what the journal shrinks to; else it stays as large as it ever was


def insert_new(table: Table) -> Insert:
    """Return an insert into *table* that passes over rows whose key is there already."""
    return insert(table).on_conflict_do_nothing()


class Storage:
    """An open database: a writer whose commits survive power loss, a quicker one for samples, and readers."""

    def __init__(
        self, url: str, *, busy: float = BUSY_SECONDS, clock: Callable[[], float] = monotonic
    ) -> None:
        self._deciding = _engine(url, busy, immediate=True, synchronous="FULL")
        self._sampling = _engine(url, busy, immediate=True, synchronous="NORMAL")
        self._reading = _engine(url, busy, immediate=False, synchronous="NORMAL")
        self._writer = asyncio.Lock()  # one process writes: waiting here is fair, waiting in SQLite is not
        self._pulses = (Pulse(clock), Pulse(clock))  # a full disk may take a changed row and no new one

    @property
    def fault(self) -> Fault | None:
        """Why the database does not take what is written, and since when; None while it does."""
        faults = [pulse.fault for pulse in self._pulses if pulse.fault is not None]
        return min(faults, key=lambda fault: fault.since, default=None)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """Open a transaction that sees and keeps the truth until it commits; an exception undoes it."""
        with self._pulses[0].felt():
            async with (
                self._writer,
                AsyncSession(self._deciding, expire_on_commit=False) as session,
                session.begin(),
            ):
                yield session

    @asynccontextmanager
    async def sampling(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction for samples: the last second of it may be lost with the power."""
        with self._pulses[1].felt():
            async with self._writer, self._sampling.begin() as connection:
                yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Open a reader; it neither waits for a writer nor makes one wait."""
        async with AsyncSession(self._reading, expire_on_commit=False) as session:
            yield session

    async def close(self) -> None:
        """Let go of every connection."""
        for engine in (self._deciding, self._sampling, self._reading):
            await engine.dispose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def _engine(url: str, busy: float, *, immediate: bool, synchronous: str) -> AsyncEngine:
    # an error's text goes into the log: it must not hold what people wrote
    engine = create_async_engine(url, hide_parameters=True, **_driver(url))
    if engine.dialect.name == "sqlite":
        _speak_sqlite(engine, busy, immediate=immediate, synchronous=synchronous)
    return engine


def _driver(url: str) -> dict[str, Any]:
    database = make_url(url).database
    if not database:
        return {"poolclass": NullPool}
    # the driver runs a thread a connection; a pool of readers bounds them
    return {"pool_size": 4, "max_overflow": 4, "async_creator": partial(connect, database)}


def _speak_sqlite(engine: AsyncEngine, busy: float, *, immediate: bool, synchronous: str) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(dbapi: Any, _: object) -> None:
        dbapi.isolation_level = None  # the driver's own transactions lose updates: BEGIN is ours
        cursor = dbapi.cursor()
        for pragma in (
            f"busy_timeout={round(busy * 1000)}",
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            f"journal_size_limit={JOURNAL_BYTES}",
            "foreign_keys=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
