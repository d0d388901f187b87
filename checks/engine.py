"""The engine: every series probed at an even pace on one loop, its outcomes a stream."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace
from time import CLOCK_BOOTTIME, clock_gettime, monotonic
from types import TracebackType
from typing import Final, Self

from checks.counters import Counters
from checks.icmp_socket import SocketFactory, open_icmp_socket
from checks.lane import Burst, Lane
from checks.names import Lookup, look_up
from checks.nap import Nap
from checks.schedule import Schedule
from checks.stream import Stream
from checks.target import Target
from checks.wires import Wires
from incidents.outcome import Observation, Outcome, make

TICK: Final = 0.04  # seconds while somebody is in a hurry, or the receive buffer is small
CALM: Final = 0.1  # at most, when nobody is: a waking costs as much as twenty probes
TICKS: Final = 50  # a period; so late may a turn be
BATCH, BATCHES = 256, 8
NARROW: Final = 64, 4  # where it holds no more than the replies of one burst
STALL: Final = 0.5  # a tick this late means that the loop, or the machine, stood still
LEAST_PACE: Final = 0.05
BACKLOG: Final = 100_000  # observations that may wait for the reader


class Engine:
    """Probes *targets*, each once in its period; a suspicion may hasten one, an import may replace them all.

    *period* (seconds) is of a target that has none of its own. *timeout* (seconds) is that of a connection,
    and of an echo until its line was first heard; from then on it goes by what was heard.
    """

    def __init__(
        self,
        targets: Sequence[Target],
        *,
        period: float = 5.0,
        timeout: float = 1.0,
        icmp_socket: SocketFactory = open_icmp_socket,
        lookup: Lookup = look_up,
        backlog: int = BACKLOG,
    ) -> None:
        self.counters = Counters()
        self._timeout = timeout
        self._lanes: dict[int, Lane] = {}
        self._schedule = Schedule(period)
        self._calm = CALM
        self._nap = Nap()
        self._keen = 0.0  # until when first answers are waited for
        self._stream = Stream(backlog)
        self._wires = Wires(timeout, self.counters, self._settle, icmp_socket, lookup)
        self._bursts: set[Burst] = set()
        self._task: asyncio.Task[None] | None = None
        self._failure: Exception | None = None
        self._first: Sequence[Target] = targets

    async def __aenter__(self) -> Self:
        self.retarget(self._first)
        self._first = ()
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        await self._wires.close()
        self._end()

    def outcomes(self) -> AsyncIterator[list[Observation]]:
        """Return the stream, for one reader; it ends with the engine, and raises what made the engine end."""
        return self._stream.batches()

    def retarget(self, targets: Iterable[Target]) -> None:
        """Probe *targets* from now on; those that stay keep their turn, their pace and what was learnt.

        Raise ValueError where a series has two targets, IcmpUnavailable where ICMP is needed and refused.
        """
        lanes: dict[int, Lane] = {}
        for target in targets:
            if target.series in lanes:
                raise ValueError(f"Series {target.series} has two targets; expected one.")
            lanes[target.series] = self._lane(target)
        self._wires.need(lanes.values())
        now = monotonic()
        for series, old in self._lanes.items():
            lane = lanes.get(series)
            old.gone = lane is not old
            if lane is not None and old.gone:
                self._schedule.pace(lane, self._schedule.pace_of(old), now)
        self._lanes = lanes
        self._schedule.place(lanes.values(), now)
        self._calm = min(max(self._schedule.shortest / TICKS, TICK), CALM)
        self._keen = now + self._timeout

    def pace(self, series: int, period: float | None) -> None:
        """Probe *series* every *period* seconds from now on, or once in its own period again when None.

        A series that is no longer among the targets is passed over.
        """
        if lane := self._lanes.get(series):
            self._schedule.pace(lane, None if period is None else max(period, LEAST_PACE), monotonic())
            self._nap.wake()

    def once(self, series: int) -> None:
        """Probe *series* one time more, at once; the outcome flows in the stream.

        A series that is not among the targets is passed over.
        """
        if lane := self._lanes.get(series):
            self._schedule.once(lane)
            self._nap.wake()

    async def burst(
        self, series: Iterable[int], count: int = 3, interval: float = 0.2
    ) -> dict[int, list[Outcome]]:
        """Probe each of *series* *count* times from now on and return the outcomes in the order they came.

        They flow in the stream too. A series that is not among the targets is left out.
        """
        lanes = [self._lanes[one] for one in dict.fromkeys(series) if one in self._lanes]
        await self._wires.ready(lanes)
        burst = Burst((lane.target.series for lane in lanes), count)
        self._bursts.add(burst)
        try:
            for lane in lanes:
                self._schedule.burst(lane, burst, count, interval, monotonic())
            self._nap.wake()
            await burst.done.wait()
        finally:
            self._bursts.discard(burst)
        if self._failure is not None:
            raise self._failure
        return burst.outcomes

    def _lane(self, target: Target) -> Lane:
        """Return the lane of *target*: the present one, if it leads to the same place."""
        lane = self._lanes.get(target.series)
        if lane is None or replace(lane.target, period=target.period) != target:
            return Lane(target, self._timeout)
        lane.target = target
        return lane

    async def _run(self) -> None:
        try:
            await self._tick_on()
        except Exception as error:  # noqa: BLE001 - it is raised where the stream is read
            self._end(error)

    async def _tick_on(self) -> None:
        ended = _awake()
        while True:
            await self._nap.take(TICK if self._hurried else self._calm)
            self._tick(monotonic(), stalled=_awake() - ended > STALL)
            ended = _awake()

    @property
    def _hurried(self) -> bool:
        return self._schedule.hurried or not self._wires.roomy or monotonic() < self._keen

    def _tick(self, now: float, *, stalled: bool) -> None:
        """Listen, then send, so that no reply in the buffer is taken for a silence."""
        self._wires.listen(now, stalled=stalled)
        self._send(now)
        self._stream.flush()

    def _send(self, now: float) -> None:
        batch, batches = (BATCH, BATCHES) if self._wires.roomy else NARROW
        for _ in range(batches):
            urgent = self._schedule.urgent(now, batch)
            regular = self._schedule.regular(now, batch - len(urgent))
            full = self._stream.full
            for lane, burst in urgent:
                if full and burst is None:
                    self.counters.held += 1
                else:
                    self._wires.send(lane, burst)
            if full:
                self.counters.held += len(regular)
            else:
                self._wires.send_all(regular)
            if len(urgent) + len(regular) < batch:
                return
            self._wires.drain()

    def _settle(self, lane: Lane, burst: Burst | None, outcome: Outcome, sent: float, heard: float) -> None:
        series = lane.target.series
        if not lane.gone:
            self._stream.put(make(Observation, (series, outcome, sent, heard)))
        if burst is not None:
            burst.take(series, outcome)

    def _end(self, failure: Exception | None = None) -> None:
        self._failure = failure or self._failure
        for burst in self._bursts:
            burst.done.set()
        self._stream.close(self._failure)


def _awake() -> float:
    """Return a clock that, unlike the monotonic one, also counts while the machine sleeps."""
    return clock_gettime(CLOCK_BOOTTIME)
