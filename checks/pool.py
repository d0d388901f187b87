"""Probes that hold a connection (TCP, HTTP), a bounded number of them at once."""

import asyncio
from collections import Counter, deque
from dataclasses import replace
from time import monotonic
from typing import Final

from checks.counters import Counters
from checks.lane import Burst, Lane
from checks.pinger import Settle
from checks.probes import PROBES
from checks.target import Target
from incidents.outcome import Outcome, Reason

AT_ONCE: Final = 64
PER_LANE: Final = 4  # a fast pace may overlap itself this often
LATE: Final = 0.05  # a timeout noticed this much late tells of our own loop


class Pool:
    """A queue with workers that come when there is work and leave when there is none."""

    def __init__(self, timeout: float, counters: Counters, settle: Settle, at_once: int = AT_ONCE) -> None:
        self._timeout = timeout
        self._counters = counters
        self._settle = settle
        self._at_once = at_once
        self._queue: deque[tuple[Lane, str, Burst | None]] = deque()
        self._busy: Counter[Lane] = Counter()  # connections that wait or run
        self._workers: set[asyncio.Task[None]] = set()
        self.failure: Exception | None = None

    def submit(self, lane: Lane, address: str, burst: Burst | None) -> None:
        """Probe *lane* as soon as a worker is free; a series that is behind its own pace is left out."""
        if self._busy[lane] >= PER_LANE and burst is None:
            self._counters.held += 1
            return
        self._busy[lane] += 1
        self._queue.append((lane, address, burst))
        if len(self._workers) < self._at_once:
            worker = asyncio.create_task(self._work())
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)

    async def close(self) -> None:
        """Give up what runs and what waits."""
        self._queue.clear()
        workers = list(self._workers)
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)

    async def _work(self) -> None:
        try:
            while self._queue:
                await self._probe(*self._queue.popleft())
        except Exception as error:  # noqa: BLE001 - the engine raises it at its next tick
            self.failure = error

    async def _probe(self, lane: Lane, address: str, burst: Burst | None) -> None:
        target = _dialled(lane.target, address)
        self._counters.sent += 1
        sent = monotonic()
        outcome = await PROBES[target.scheme](target, self._timeout)
        heard = monotonic()
        self._free(lane)
        outcome = self._fair(outcome, heard - sent)
        self._settle(lane, burst, outcome, sent, heard)

    def _free(self, lane: Lane) -> None:
        self._busy[lane] -= 1
        if not self._busy[lane]:
            del self._busy[lane]

    def _fair(self, outcome: Outcome, elapsed: float) -> Outcome:
        """Count *outcome*; a timeout that the loop noticed late is our own stall."""
        if outcome.reason is Reason.TIMEOUT and elapsed > self._timeout + LATE:
            self._counters.stalled += 1
            return Outcome(Reason.STALLED)
        if outcome.reason is Reason.SEND_FAILED:
            self._counters.send_failed += 1
        elif outcome.answered:
            self._counters.replies += 1
        return outcome


def _dialled(target: Target, address: str) -> Target:
    """Return *target* with its name looked up; over HTTP and TLS the name itself is part of it."""
    return replace(target, host=address) if target.scheme in ("tcp", "dns") else target
