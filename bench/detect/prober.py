"""The engine as the watch meets it, in virtual time: turns, quick probes, outcomes in order of hearing."""

from collections import deque
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import count
from math import inf
from random import Random
from typing import Protocol

from bench.detect.path import Fates
from bench.detect.timeouts import Fixed, Learned

TICK = 0.04  # seconds of outcomes that are judged together, as the real engine drains them
ROUNDING = 1e-6  # seconds
FAMILIAR = 50  # round trips that a lane has seen when it begins
CROWD = 8  # so many series in a hurry at once and everybody's calm replies are told, not only the witnesses'
SEND, QUICK, LOOK, HEAR, LATE = range(5)


class Core(Protocol):
    """What is driven: it hears outcomes, decides, and says whom to hurry."""

    def hear(self, series: int, latency: float | None, sent: float, heard: float) -> None:
        """Take in one outcome; no latency is a silence."""

    def is_up(self, series: int) -> bool:
        """Return whether answers of this series are nothing new."""

    def calm(self, series: int, replies: int, last: float) -> None:
        """Take in so many replies more, to regular probes until one sent at *last*."""

    def decide(self, at: float) -> None:
        """Declare what is to be declared."""

    def hurried(self, at: float) -> frozenset[int]:
        """Return the series to probe quickly."""

    def asked(self) -> Iterable[int]:
        """Return the series to probe once, now."""


class Lane:
    """A series with its fates, its place in the period and its probes so far."""

    __slots__ = ("fates", "next", "phase", "probes", "quick", "recent", "series", "ticket", "timeout", "wary")

    def __init__(self, series: int, fates: Fates, phase: float, timeout: Fixed | Learned) -> None:
        self.series, self.fates, self.phase, self.timeout = series, fates, phase, timeout
        self.next = phase  # the first regular turn that was not accounted for
        self.ticket = 0  # turns planned under an older one are void
        self.probes = 0
        self.quick = False
        self.wary = True  # its last outcome was no reply: the next one is heard for itself
        self.recent: deque[tuple[float, bool]] = deque(maxlen=48)


class Prober:
    """Probes *lanes* every *period* seconds, and every *pace* whom the core wants hurried, until *span*.

    While a line answers, its next lost turn is drawn and the replies before it are told at once, at the
    latest before it is hurried or asked as a witness. Nothing is jumped that the core could act upon.
    """

    def __init__(self, lanes: list[Lane], core: Core, *, period: float, pace: float, span: float) -> None:
        self._lanes = {lane.series: lane for lane in lanes}
        self._core, self._period, self._pace, self._span = core, period, pace, span
        self._queue: list[tuple[float, int, int, int, Lane, float, float | None]] = []
        self._ties = count()
        self._quick: frozenset[int] = frozenset()

    def run(self) -> None:
        """Let the whole span pass."""
        for lane in self._lanes.values():
            _learn(lane, lane.fates.rtt(0), FAMILIAR)
            self._plan(lane)
        while self._queue and self._queue[0][0] < self._span:
            if (at := self._batch()) is not None:
                self._judge(at)
        for lane in self._lanes.values():
            self._tell(lane, self._span)

    def _batch(self) -> float | None:
        """Do what is next, and with an outcome all that falls in its tick; return the tick's end, or None."""
        tick = None
        queue = self._queue
        while queue and (tick is None or queue[0][0] <= tick):
            at, _, what, ticket, lane, sent, latency = heappop(queue)
            if what == HEAR:
                tick = tick or at + TICK
                self._hear(lane, latency, sent, at)
            elif what == LATE:
                lane.timeout.hear(at - sent)
            elif ticket == lane.ticket:
                self._take_turn(lane, at, what)
                if tick is None:
                    return None
        return tick

    def _take_turn(self, lane: Lane, at: float, what: int) -> None:
        if what == QUICK:
            self._send(lane, at)
            self._push(at + self._pace, QUICK, lane)
            return
        self._tell(lane, at)
        if what == SEND:
            lane.next = at + self._period
            self._send(lane, at) if lane.wary else self._lose(lane, at)
        self._plan(lane)

    def _hear(self, lane: Lane, latency: float | None, sent: float, at: float) -> None:
        if not lane.quick:
            self._tell(lane, sent)
        if latency is not None:
            lane.timeout.hear(latency)
            if lane.wary and not lane.quick:
                lane.wary = False
                self._plan(lane)
        lane.recent.append((sent, latency is not None))
        self._core.hear(lane.series, latency, sent, at)

    def _judge(self, at: float) -> None:
        if len(self._quick) >= CROWD:
            for lane in self._lanes.values():
                if not lane.quick:
                    self._tell(lane, at - lane.timeout.timeout)
        self._core.decide(at)
        quick = self._core.hurried(at)
        for series in quick - self._quick:
            self._hasten(self._lanes[series], at)
        for series in self._quick - quick:
            self._relax(self._lanes[series], at)
        self._quick = quick
        for series in self._core.asked():
            self._ask(self._lanes[series], at)

    def _ask(self, lane: Lane, at: float) -> None:
        if not lane.quick:  # else it is asked soon anyway
            self._fly(lane, at)
            self._send(lane, at)
            self._plan(lane)

    def _hasten(self, lane: Lane, at: float) -> None:
        self._fly(lane, at)
        lane.ticket += 1
        lane.quick = True
        self._push(at, QUICK, lane)

    def _relax(self, lane: Lane, at: float) -> None:
        lane.quick, lane.wary = False, True
        turns = int((at - lane.phase) / self._period) + 1
        lane.next = lane.phase + turns * self._period
        self._plan(lane)

    def _plan(self, lane: Lane) -> None:
        """Put the next turn that hears nothing into the queue; those before it are answered."""
        lane.ticket += 1
        if lane.wary:
            self._push(lane.next, SEND, lane)
            return
        until = min(self._span, lane.next + lane.timeout.horizon)
        lost = lane.fates.first_loss(lane.next, self._period, until, lane.timeout.timeout)
        if lost < inf:
            self._push(lost, SEND, lane)
        elif until < self._span:
            self._push(until, LOOK, lane)

    def _tell(self, lane: Lane, before: float) -> None:
        """Tell the core of the regular turns that were answered *before* this second."""
        replies = -int((lane.next - before + ROUNDING) // self._period)
        if lane.quick or replies <= 0:
            return
        last = lane.next + (replies - 1) * self._period
        _learn(lane, lane.fates.rtt(last), replies)
        if self._core.is_up(lane.series):
            self._core.calm(lane.series, replies, last)
        else:  # each of them counts: it may be the one that ends an outage
            for turn in range(replies):
                self._hear_one(lane, lane.next + turn * self._period)
        lane.recent.append((last, True))
        lane.probes += replies
        lane.next = last + self._period

    def _hear_one(self, lane: Lane, sent: float) -> None:
        latency = lane.fates.rtt(sent)
        self._core.hear(lane.series, latency, sent, sent + latency)

    def _fly(self, lane: Lane, at: float) -> None:
        """Tell of the turns answered by now, and put the one that is in flight into the queue."""
        if lane.quick:
            return
        self._tell(lane, at - lane.fates.rtt(at))
        if lane.next < at:
            latency = lane.fates.rtt(lane.next)
            self._queue_outcome(lane, lane.next, latency)
            lane.next += self._period

    def _send(self, lane: Lane, at: float) -> None:
        latency = lane.fates.reply(at)
        if latency <= lane.timeout.timeout:
            self._queue_outcome(lane, at, latency)
        else:
            self._lose(lane, at)
            if latency < inf:
                heappush(self._queue, (at + latency, next(self._ties), LATE, 0, lane, at, latency))

    def _queue_outcome(self, lane: Lane, sent: float, latency: float) -> None:
        lane.probes += 1
        heappush(self._queue, (sent + latency, next(self._ties), HEAR, 0, lane, sent, latency))

    def _lose(self, lane: Lane, at: float) -> None:
        lane.probes += 1
        lane.wary = True
        heappush(self._queue, (at + lane.timeout.timeout, next(self._ties), HEAR, 0, lane, at, None))

    def _push(self, at: float, what: int, lane: Lane) -> None:
        heappush(self._queue, (at, next(self._ties), what, lane.ticket, lane, at, None))


def _learn(lane: Lane, latency: float, times: int) -> None:
    """Teach as many round trips as still teach anything."""
    for _ in range(min(times, FAMILIAR)):
        before = lane.timeout.timeout
        lane.timeout.hear(latency)
        if lane.timeout.timeout == before:
            return


def spread(fates: Iterable[Fates], period: float, timeout: float | None, random: Random) -> Iterator[Lane]:
    """Yield a lane each, their phases even over the *period* and in no order; series count from 1."""
    each = list(fates)
    places = random.sample(range(len(each)), len(each))
    for series, (one, place) in enumerate(zip(each, places, strict=True), 1):
        yield Lane(series, one, place * period / len(each), Fixed(timeout) if timeout else Learned())
