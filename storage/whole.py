"""A connection that leaves nothing behind: what is cancelled half-way is undone before it is closed.

A cancelled task gives its connection up, and SQLAlchemy closes what it can no longer vouch for. But SQLite
keeps a closed connection's transaction, and with it every other writer waiting, for as long as some cursor
of it is still referred to, by a traceback for one. So a connection rolls back before it closes.
"""

import asyncio
import sqlite3
from contextlib import suppress
from typing import Any, cast

import aiosqlite


class WholeConnection(aiosqlite.Connection):
    """A connection that rolls back before it closes, however it is closed."""

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
