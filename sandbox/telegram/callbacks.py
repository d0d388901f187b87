"""Callback queries: a tap on an inline button, waiting for the bot's answer."""

import asyncio
from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sandbox.telegram.refusals import bad_request

LIFETIME = timedelta(seconds=60)


@dataclass(frozen=True)
class CallbackAnswer:
    """What the bot answered: a toast, an alert, or nothing to read."""

    text: str = ""
    show_alert: bool = False
    url: str | None = None


class Tap:
    """One tap: await it for the bot's answer."""

    def __init__(self, query_id: str, what: str, at: datetime, timeout: float) -> None:
        self.id = query_id
        self.what = what
        self.at = at
        self.timeout = timeout
        self.answer: asyncio.Future[CallbackAnswer] = asyncio.get_running_loop().create_future()

    def __await__(self) -> Generator[Any, None, CallbackAnswer]:
        return self._answered().__await__()

    async def _answered(self) -> CallbackAnswer:
        try:
            async with asyncio.timeout(self.timeout):
                return await asyncio.shield(self.answer)
        except TimeoutError:
            raise AssertionError(f"the bot did not answer {self.what} in {self.timeout} s") from None


class Callbacks:
    """The queries that may still be answered."""

    def __init__(self) -> None:
        self._open: dict[str, Tap] = {}
        self._count = 0

    def tap(self, what: str, at: datetime, timeout: float) -> Tap:
        """Open a query."""
        self._count += 1
        tap = Tap(str(4_000_000_000 + self._count), what, at, timeout)
        self._open[tap.id] = tap
        return tap

    def answer(self, query_id: str, answer: CallbackAnswer, at: datetime) -> None:
        """Close a query, or refuse: unknown, answered before, or too old."""
        tap = self._open.pop(query_id, None)
        if tap is None or at - tap.at > LIFETIME:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        if not tap.answer.done():
            tap.answer.set_result(answer)
