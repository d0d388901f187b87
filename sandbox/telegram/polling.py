"""Long polling: one getUpdates at a time, each new one ending the one before."""

import asyncio
from typing import Any

from sandbox.telegram.refusals import conflict
from sandbox.telegram.updates import Updates

_TERMINATED = "terminated by other getUpdates request; make sure that only one bot instance is running"


class Poller:
    """The one place where updates leave the queue."""

    def __init__(self, updates: Updates) -> None:
        self.updates = updates
        self._waiting: asyncio.Future[str] | None = None

    async def poll(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """Confirm by *offset*, then return what is pending, or wait for it up to *seconds*."""
        self.terminate(_TERMINATED)
        self.updates.confirm(offset)
        if seconds <= 0 or self.updates.pending:
            return self.updates.batch(limit)
        ended = self._waiting = asyncio.get_running_loop().create_future()
        try:
            await self._news(ended, seconds)
        finally:
            if self._waiting is ended:
                self._waiting = None
        if ended.done():
            raise conflict(ended.result())
        return self.updates.batch(limit)

    def terminate(self, why: str) -> None:
        """End the poll that waits now, with a 409."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(why)

    async def _news(self, ended: asyncio.Future[str], seconds: float) -> None:
        news = self.updates.changes.next()
        both: set[asyncio.Future[Any]] = {news, ended}
        try:
            await asyncio.wait(both, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            news.cancel()
