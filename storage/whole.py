"""A connection that leaves nothing behind: what is cancelled half-way is undone before it is closed.

A cancelled task gives its connection up, and SQLAlchemy closes what it can no longer vouch for. But SQLite
keeps a closed connection's transaction, and with it every other writer waiting, for as long as some cursor
of it is still referred to, by a traceback for one. So a connection rolls back before it closes.

The driver's cursor asks its thread four times for one statement: for itself, to execute, to fetch, to close.
Each asking costs more than most of our statements do, so ours asks once.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, cast

import aiosqlite


class WholeCursor(aiosqlite.Cursor):
    """A cursor that runs a statement, takes all its rows and is done with it, in one turn of the thread."""

    description: Any = None
    rowcount = -1
    lastrowid: int | None = None
    arraysize = 1

    def __init__(self, connection: "WholeConnection") -> None:
        self._conn: WholeConnection = connection
        self._rows: list[Any] = []

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> "WholeCursor":
        """Run *sql*; its rows are then at hand."""
        await self._conn.run(self._whole, sqlite3.Cursor.execute, sql, parameters or ())
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> "WholeCursor":
        """Run *sql* with each of *parameters*."""
        await self._conn.run(self._whole, sqlite3.Cursor.executemany, sql, parameters)
        return self

    async def fetchall(self) -> list[Any]:
        """Return the rows; the second time there are none."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Let go of the rows: in the database nothing is open any more."""
        self._rows = []

    def _whole(self, execute: Callable[..., Any], sql: str, parameters: Iterable[Any]) -> None:
        cursor = self._conn.sqlite.cursor()
        try:
            execute(cursor, sql, parameters)
            self._rows = cursor.fetchall()
            self.description, self.rowcount = cursor.description, cursor.rowcount
            self.lastrowid = cursor.lastrowid
        finally:
            cursor.close()


class WholeConnection(aiosqlite.Connection):
    """A connection that rolls back before it closes, however it is closed."""

    def cursor(self) -> WholeCursor:  # type: ignore[override]
        """Return a cursor; it asks for nothing yet."""
        return WholeCursor(self)

    @property
    def sqlite(self) -> sqlite3.Connection:
        """The connection itself, for its own thread."""
        return self._conn

    async def run(self, what: Callable[..., Any], *given: Any) -> Any:
        """Run *what* in the connection's thread."""
        return await self._execute(what, *given)  # type: ignore[no-untyped-call]

    async def close(self) -> None:
        """Undo what is not committed, and close."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                await self.rollback()
        await super().close()

    def stop(self) -> asyncio.Future[Any] | None:
        """Undo what is not committed, and close, without waiting for it."""
        self._tx.put_nowait((None, self._undo))
        return super().stop()

    def _undo(self) -> None:
        if self._connection is not None:
            self._connection.rollback()


async def connect(database: str) -> WholeConnection:
    """Open *database*, a path."""
    opening = WholeConnection(lambda: sqlite3.connect(database, check_same_thread=False), iter_chunk_size=64)
    opening._thread.daemon = True  # noqa: SLF001  (as SQLAlchemy does: a hung disk must not keep the process)
    return cast(WholeConnection, await opening)
