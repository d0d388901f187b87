"""A sleep that can be cut short."""

import asyncio


class Nap:
    """One sleeper; whoever has something urgent wakes it."""

    def __init__(self) -> None:
        self._end: asyncio.Future[None] | None = None

    async def take(self, seconds: float) -> None:
        """Sleep for *seconds*, or until woken."""
        loop = asyncio.get_running_loop()
        self._end = loop.create_future()
        alarm = loop.call_later(seconds, self.wake)
        try:
            await self._end
        finally:
            alarm.cancel()

    def wake(self) -> None:
        """End the present sleep, where there is one."""
        if self._end is not None and not self._end.done():
            self._end.set_result(None)
