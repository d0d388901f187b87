"""The engine: every series probed at an even pace on one loop, its outcomes a stream."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from time import CLOCK_BOOTTIME, clock_gettime, monotonic
from types import TracebackType
from typing import Final, Self

from checks.counters import Counters
from checks.icmp_socket import SocketFactory, open_icmp_socket
from checks.lane import Burst, Lane
from checks.names import Lookup, Names, lookup_ipv4
from checks.nap import Nap
from checks.pinger import Pinger
from checks.pool import Pool
from checks.schedule import Schedule, spread
from checks.stream import Stream
from checks.target import Target
from incidents.outcome import Observation, Outcome, Reason

TICK: Final = 0.04  # seconds while somebody is in a hurry
CALM: Final = 0.1  # at most, when nobody is: a waking costs as much as twenty probes
TICKS: Final = 50  # a period; so late may a turn be
BATCH, BATCHES = 256, 8  # sends between two drains, and how often a tick, where the receive buffer is large
NARROW: Final = 64, 1  # where it holds no more than the replies of one burst
STALL: Final = 0.5  # a tick this late means that the loop, or the machine, stood still
LEAST_PACE: Final = 0.05
BACKLOG: Final = 100_000  # observations that may wait for the reader


class Engine:
    """Probes *targets* once a *period*; a suspicion may hasten one series, an import may replace them all."""

    def __init__(
        self,
        targets: Sequence[Target],
        *,
        period: float = 5.0,
        timeout: float = 1.0,
        icmp_socket: SocketFactory = open_icmp_socket,
        lookup: Lookup = lookup_ipv4,
        backlog: int = BACKLOG,
    ) -> None:
        self.counters = Counters()
        self._timeout = timeout
        self._icmp_socket = icmp_socket
        self._lanes: dict[int, Lane] = {}
        self._schedule = Schedule(period, monotonic())
        self._calm = min(max(period / TICKS, TICK), CALM)
        self._nap = Nap()
        self._keen = 0.0  # until when first answers are waited for
        self._stream = Stream(backlog)
        self._names = Names(lookup)
        self._pool = Pool(timeout, self.counters, self._settle)
        self._pinger: Pinger | None = None
        self._bursts: set[Burst] = set()
        self._task: asyncio.Task[None] | None = None
        self._failure: Exception | None = None
        self._first = _by_series(targets)

    async def __aenter__(self) -> Self:
        self.retarget(list(self._first.values()))
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        await self._pool.close()
        self._names.close()
        if self._pinger is not None:
            self._pinger.close()
        self._end()

    def outcomes(self) -> AsyncIterator[list[Observation]]:
        """Return the stream, for one reader; it ends with the engine, and raises what made the engine end."""
        return self._stream.batches()

    def pace(self, series: int, period: float | None) -> None:
        """Probe *series* every *period* seconds from now on, or at the normal period again when None.

        A series that is no longer among the targets is passed over.
        """
        if lane := self._lanes.get(series):
            self._schedule.pace(lane, None if period is None else max(period, LEAST_PACE), monotonic())
            self._nap.wake()

    def retarget(self, targets: Sequence[Target]) -> None:
        """Probe *targets* from now on; those that stay keep their turn and their pace."""
        wanted = _by_series(targets)
        self._need_icmp(targets)
        kept = {one: lane for one, lane in self._lanes.items() if one in wanted}
        for one, lane in self._lanes.items():
            lane.gone = one not in kept or lane.target != wanted[one]
        new = [target for one, target in wanted.items() if one not in kept]
        self._lanes = {one: self._renew(lane, wanted[one]) for one, lane in kept.items()}
        for target, phase in zip(new, spread(len(new), len(kept)), strict=True):
            self._lanes[target.series] = Lane(target, phase)
        self._schedule.place(self._lanes.values(), monotonic())
        self._keen = monotonic() + self._timeout

    async def burst(
        self, series: Iterable[int], count: int = 3, interval: float = 0.2
    ) -> dict[int, list[Outcome]]:
        """Probe each of *series* *count* times from now on and return the outcomes in the order they came.

        They flow in the stream too. A series that is not among the targets is left out.
        """
        lanes = [self._lanes[one] for one in dict.fromkeys(series) if one in self._lanes]
        await self._names.ready(lane.target.host for lane in lanes if lane.named)
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

    def _renew(self, lane: Lane, target: Target) -> Lane:
        if lane.target == target:
            return lane
        renewed = Lane(target, lane.phase)
        self._schedule.pace(renewed, lane.pace, monotonic())
        return renewed

    def _need_icmp(self, targets: Iterable[Target]) -> None:
        if self._pinger is None and any(target.scheme == "icmp" for target in targets):
            self._pinger = Pinger(self._icmp_socket(), self._timeout, self.counters, self._settle)

    async def _run(self) -> None:
        try:
            await self._tick_on()
        except Exception as error:  # noqa: BLE001 - it is raised where the stream is read
            self._end(error)

    async def _tick_on(self) -> None:
        ended = _awake()
        while True:
            hurried = self._schedule.hurried or monotonic() < self._keen
            await self._nap.take(TICK if hurried else self._calm)
            stalled = _awake() - ended > STALL
            self._tick(monotonic(), stalled=stalled)
            ended = _awake()

    def _tick(self, now: float, *, stalled: bool) -> None:
        """Drain, expire, send: in this order, so that no reply in the buffer is taken for a silence."""
        if self._pool.failure is not None:
            raise self._pool.failure
        if self._pinger is not None:
            self._pinger.drain()
            if stalled:
                self._pinger.doubt(now)
            self._pinger.expire(now)
        self._send(now)
        self._stream.flush()

    def _send(self, now: float) -> None:
        pinger = self._pinger
        batch, batches = (BATCH, BATCHES) if pinger is None or pinger.roomy else NARROW
        for _ in range(batches):
            turns, full = self._schedule.due(now, batch), self._stream.full
            for lane, burst in turns:
                if full and burst is None:
                    self.counters.held += 1
                elif pinger is not None and lane.pinged is not None:
                    pinger.send(lane, lane.pinged, burst)
                else:
                    self._start(lane, burst)
            if len(turns) < batch:
                return
            if pinger is not None:
                pinger.drain()

    def _start(self, lane: Lane, burst: Burst | None) -> None:
        """Begin a probe that holds a connection, or one of a host that is given by name."""
        address = self._names.address(lane.target.host) if lane.named else lane.target.host
        if isinstance(address, Reason):
            self._fail(lane, burst, address)
        elif lane.target.scheme != "icmp":
            self._pool.submit(lane, address, burst)
        else:
            assert self._pinger is not None
            self._pinger.send(lane, address, burst)

    def _fail(self, lane: Lane, burst: Burst | None, reason: Reason) -> None:
        self.counters.send_failed += reason is Reason.SEND_FAILED
        now = monotonic()
        self._settle(lane, burst, Outcome(reason), now, now)

    def _settle(self, lane: Lane, burst: Burst | None, outcome: Outcome, sent: float, heard: float) -> None:
        if not lane.gone:
            self._stream.put(Observation(lane.series, outcome, sent, heard))
        if burst is not None:
            burst.take(lane.series, outcome)

    def _end(self, failure: Exception | None = None) -> None:
        self._failure = failure or self._failure
        for burst in self._bursts:
            burst.done.set()
        self._stream.close(self._failure)


def _awake() -> float:
    """Return a clock that, unlike the monotonic one, also counts while the machine sleeps."""
    return clock_gettime(CLOCK_BOOTTIME)


def _by_series(targets: Iterable[Target]) -> dict[int, Target]:
    wanted: dict[int, Target] = {}
    for target in targets:
        if target.series in wanted:
            raise ValueError(f"Series {target.series} has two targets; expected one.")
        wanted[target.series] = target
    return wanted
