"""The bounded stream of observations between the engine and its one reader."""

import asyncio
from collections.abc import AsyncIterator

from incidents.outcome import Observation


class Stream:
    """Observations in batches; when *full* the engine stops asking, so that none has to be thrown away."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._waiting: list[Observation] = []
        self.put = self._waiting.append  # adds one observation to the batch being gathered
        self._ready = asyncio.Event()
        self._closed = False
        self._failure: BaseException | None = None

    @property
    def full(self) -> bool:
        """Whether the reader is so far behind that no more should be asked."""
        return len(self._waiting) >= self._limit

    def flush(self) -> None:
        """Hand what was gathered to the reader."""
        if self._waiting:
            self._ready.set()

    def close(self, failure: BaseException | None = None) -> None:
        """End the stream after what is left, by raising *failure* where there is one."""
        self._closed, self._failure = True, failure
        self._ready.set()

    async def batches(self) -> AsyncIterator[list[Observation]]:
        """Yield batches until the stream is closed."""
        while not (self._closed and not self._waiting):
            await self._ready.wait()
            batch = self._waiting.copy()
            self._waiting.clear()
            if not self._closed:
                self._ready.clear()
            if batch:
                yield batch
        if self._failure is not None:
            raise self._failure
