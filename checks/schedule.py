"""Whose turn it is: a cycle for each period, and beside them paces, bursts and single questions."""

import heapq
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count, islice
from math import inf
from typing import Final

from checks.cycle import Cycle
from checks.lane import Burst, Lane

# Seconds, by scheme: a page costs its server far more than an echo costs a line.
SELDOM: Final = {"http": 30.0, "https": 30.0, "tls": 30.0}

HASTE: Final = 10_000  # turns a second of all that have a pace: where too many have, each waits longer

Turn = tuple[Lane, Burst | None]


@dataclass(slots=True, eq=False)
class _Extra:
    """Turns outside the period: of a pace (*left* is None) or of a burst."""

    lane: Lane
    interval: float
    left: int | None = None
    burst: Burst | None = None
    void: bool = False  # the pace was changed


class Schedule:
    """The order of turns; it is asked at every tick and never sleeps itself."""

    def __init__(self, period: float) -> None:
        self._period = period
        self._cycles: dict[float, Cycle] = {}
        self._paces: dict[Lane, _Extra] = {}
        self._extras: list[tuple[float, int, _Extra]] = []
        self._asked: dict[Lane, None] = {}  # in the order asked, each once
        self._ties = count()

    def place(self, lanes: Iterable[Lane], now: float) -> None:
        """Take *lanes* as the whole set; the cycles go on where they stand."""
        groups: defaultdict[float, list[Lane]] = defaultdict(list)
        for lane in lanes:
            groups[self._period_of(lane)].append(lane)
        groups.pop(inf, None)
        self._cycles = {period: self._cycle(period, groups[period], now) for period in sorted(groups)}

    def pace(self, lane: Lane, period: float | None, now: float) -> None:
        """Give *lane* a pace of its own from now on, or None: its turn in the period again."""
        if self.pace_of(lane) == period:
            return
        if (old := self._paces.pop(lane, None)) is not None:
            old.void = True
        if period is not None:
            self._paces[lane] = _Extra(lane, period)
            self._push(now, self._paces[lane])

    def pace_of(self, lane: Lane) -> float | None:
        """Return the pace that *lane* has of its own."""
        extra = self._paces.get(lane)
        return None if extra is None else extra.interval

    def burst(self, lane: Lane, burst: Burst, times: int, interval: float, now: float) -> None:
        """Add *times* turns of *lane*, the first at once, beside whatever it has."""
        self._push(now, _Extra(lane, interval, times, burst))

    def once(self, lane: Lane) -> None:
        """Add one turn of *lane* at once; asking again before it has come adds none."""
        self._asked[lane] = None

    @property
    def hurried(self) -> bool:
        """Whether there are turns outside the periods."""
        return bool(self._extras or self._asked)

    @property
    def shortest(self) -> float:
        """Return the shortest of the periods in use, in seconds."""
        return min(self._cycles, default=inf)

    def urgent(self, now: float, limit: int) -> list[Turn]:
        """Return up to *limit* turns outside the periods that have come."""
        asked = list(islice(self._asked, limit))
        for lane in asked:
            del self._asked[lane]
        turns: list[Turn] = [(lane, None) for lane in asked if not lane.gone]
        while self._extras and self._extras[0][0] <= now and len(turns) < limit:
            at, _, extra = heapq.heappop(self._extras)
            if extra.lane.gone or extra.void:
                self._waive(extra)
                continue
            turns.append((extra.lane, extra.burst))
            if extra.left is not None:
                extra.left -= 1
            if extra.left != 0:
                following = at + self._interval(extra)
                self._push(following if following > now else now + self._interval(extra), extra)
        return turns

    def regular(self, now: float, limit: int) -> list[Lane]:
        """Return up to *limit* lanes whose turn in their period has come; one with a pace has none."""
        lanes: list[Lane] = []
        for cycle in self._cycles.values():
            while room := limit - len(lanes):
                due = cycle.due(now, room)
                lanes += [lane for lane in due if lane not in self._paces] if self._paces else due
                if len(due) < room:
                    break
        return lanes

    def _interval(self, extra: _Extra) -> float:
        """Return how long *extra* waits for its next turn; a burst is a question that somebody waits for."""
        return extra.interval if extra.burst else max(extra.interval, len(self._paces) / HASTE)

    def _period_of(self, lane: Lane) -> float:
        target = lane.target
        return max(target.period or self._period, SELDOM.get(target.scheme, 0.0))

    def _cycle(self, period: float, lanes: list[Lane], now: float) -> Cycle:
        """Return the cycle of *period* with *lanes* in it."""
        cycle = self._cycles.get(period)
        if cycle is None:
            return Cycle(period, lanes, now)
        cycle.place(lanes)
        return cycle

    def _push(self, at: float, extra: _Extra) -> None:
        heapq.heappush(self._extras, (at, next(self._ties), extra))

    def _waive(self, extra: _Extra) -> None:
        if extra.burst is None:
            if self._paces.get(extra.lane) is extra:
                del self._paces[extra.lane]
            return
        for _ in range(extra.left or 0):
            extra.burst.take(extra.lane.target.series, None)
