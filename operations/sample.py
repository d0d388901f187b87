"""Sample: every outcome kept, in batches of their own, so that a decision never waits for them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from incidents.outcome import Observation
from operations.desk import Desk
from storage import samples
from storage.samples import Sample

LATE = timedelta(minutes=2)  # outcomes may come this late to the minute they are of
MOST = 100_000  # what may wait while the database does not take it


class Sampler:
    """Outcomes waiting to be written; the oldest go first when too many wait."""

    def __init__(self, desk: Desk, most: int = MOST) -> None:
        self._desk = desk
        self._most = most
        self._waiting: list[Sample] = []
        self.lost = 0

    def add(self, observations: Iterable[Observation], now: float, at: datetime) -> None:
        """Take outcomes heard until *now* (monotonic seconds), which is the civil *at*."""
        self._waiting += [
            Sample(each.series, at - timedelta(seconds=now - each.sent), each.outcome)
            for each in observations
        ]
        surplus = len(self._waiting) - self._most
        if surplus > 0:
            del self._waiting[:surplus]
            self.lost += surplus

    async def flush(self) -> None:
        """Write what waits; what could not be written waits on."""
        batch, self._waiting = self._waiting, []
        try:
            async with self._desk.storage.sampling() as connection:
                await samples.keep(connection, batch)
        except BaseException:
            self._waiting = batch + self._waiting
            raise


async def roll_up(desk: Desk, at: datetime) -> None:
    """Sum the samples since the last time by minute and by hour, and forget what is old."""
    async with desk.storage.sampling() as connection:
        until = await samples.rolled_until(connection)
        start = at - samples.RAW_KEPT if until is None else min(until, at - LATE)
        await samples.roll_up(connection, start, at)
        await samples.forget(connection, at)
