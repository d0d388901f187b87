"""Whose turn it is: even phases over the period, faster paces beside it, and no catching up."""

import heapq
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import Final

from checks.lane import Burst, Lane

BEHIND: Final = 0.5  # seconds of delay past which turns are moved instead of made up for
GOLDEN: Final = 0.6180339887498949

Turn = tuple[Lane, Burst | None]


@dataclass(slots=True, eq=False)
class _Extra:
    """Turns outside the period: a pace (*left* is None) or a burst."""

    lane: Lane
    interval: float
    turn: int
    left: int | None = None
    burst: Burst | None = None

    @property
    def void(self) -> bool:
        return self.lane.gone or (self.burst is None and self.turn != self.lane.turn)


class Schedule:
    """The order of turns; it is asked at every tick and never sleeps itself."""

    def __init__(self, period: float, now: float) -> None:
        self._period = period
        self._start = now
        self._order: list[Lane] = []
        self._offsets: list[float] = []  # seconds from the start of a cycle, by the same index
        self._cursor = 0
        self._extras: list[tuple[float, int, _Extra]] = []
        self._ties = count()

    def place(self, lanes: Iterable[Lane], now: float) -> None:
        """Take *lanes* as the whole set; the cycle goes on where it stands."""
        if self._order:
            upcoming = self._order[self._cursor].phase
        else:
            upcoming, self._start = 0.0, now
        self._order = sorted(lanes, key=lambda lane: lane.phase)
        self._offsets = [lane.phase * self._period for lane in self._order]
        self._cursor = bisect_left(self._order, upcoming, key=lambda lane: lane.phase)
        self._wrap()

    def pace(self, lane: Lane, period: float | None, now: float) -> None:
        """Give *lane* a pace of its own from now on, or None: its phase in the period again."""
        if lane.pace == period:
            return
        lane.pace = period
        lane.turn += 1
        if period is not None:
            self._push(now, _Extra(lane, period, lane.turn))

    def burst(self, lane: Lane, burst: Burst, times: int, interval: float, now: float) -> None:
        """Add *times* turns of *lane*, the first at once, beside whatever it has."""
        self._push(now, _Extra(lane, interval, 0, times, burst))

    @property
    def hurried(self) -> bool:
        """Whether there are turns outside the period."""
        return bool(self._extras)

    def due(self, now: float, limit: int) -> list[Turn]:
        """Return up to *limit* turns that have come, the urgent ones first."""
        turns = self._due_extras(now, limit)
        self._due_regular(now, limit, turns)
        return turns

    def _due_extras(self, now: float, limit: int) -> list[Turn]:
        turns: list[Turn] = []
        while self._extras and self._extras[0][0] <= now and len(turns) < limit:
            at, _, extra = heapq.heappop(self._extras)
            if extra.void:
                self._waive(extra)
                continue
            turns.append((extra.lane, extra.burst))
            if extra.left is not None:
                extra.left -= 1
            if extra.left != 0:
                following = at + extra.interval
                self._push(following if following > now else now + extra.interval, extra)
        return turns

    def _due_regular(self, now: float, limit: int, turns: list[Turn]) -> None:
        if not self._order or self._period == float("inf"):
            return
        order, offsets, cursor, start = self._order, self._offsets, self._cursor, self._start
        while len(turns) < limit:
            at = start + offsets[cursor]
            if at > now:
                break
            if now - at > BEHIND:
                start += now - at
            if order[cursor].pace is None:
                turns.append((order[cursor], None))
            cursor += 1
            if cursor == len(order):
                cursor, start = 0, start + self._period
        self._cursor, self._start = cursor, start

    def _wrap(self) -> None:
        if self._cursor >= len(self._order):
            self._cursor = 0
            self._start += self._period if self._order else 0.0

    def _push(self, at: float, extra: _Extra) -> None:
        heapq.heappush(self._extras, (at, next(self._ties), extra))

    @staticmethod
    def _waive(extra: _Extra) -> None:
        if extra.burst is not None:
            for _ in range(extra.left or 0):
                extra.burst.take(extra.lane.series, None)


def spread(new: int, present: int) -> list[float]:
    """Return the phases of *new* lanes: even parts of the period, or the gaps between those *present*."""
    if not present:
        return [index / new for index in range(new)]
    # Steps of the golden ratio never pile up, however few lanes come at a time.
    return [index * GOLDEN % 1.0 for index in range(present, present + new)]
