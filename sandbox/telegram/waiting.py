"""Waiting for a condition without polling: whoever waits is woken by every change."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Changes:
    """A count of changes that tasks can wait on."""

    def __init__(self) -> None:
        self.count = 0
        self._waiters: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        """Wake everybody who waits."""
        self.count += 1
        for waiter in tuple(self._waiters):
            if not waiter.done():
                waiter.set_result(None)

    def next(self) -> asyncio.Future[None]:
        """Return a future for the next change; it listens from now on, not from when it is awaited."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        waiter.add_done_callback(self._waiters.discard)
        return waiter

    async def until(self, condition: Callable[[], T], seconds: float) -> T:
        """Return the first true value of *condition*, or raise TimeoutError."""
        async with asyncio.timeout(seconds):
            while not (value := condition()):
                await self.next()
        return value
