"""The lanes that share a period: one turn each, at even phases, and no catching up."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from checks.lane import Lane

BEHIND: Final = 0.5  # seconds of delay past which turns are moved instead of made up for
GOLDEN: Final = 0.6180339887498949


class Cycle:
    """Turns once a *period* (seconds) in the order of their phases; it is asked and never sleeps itself."""

    def __init__(self, period: float, lanes: Sequence[Lane], now: float) -> None:
        self._period = period
        self._start = now
        self._order = list(lanes)
        # Seconds from the start, by the same index.
        self._offsets = array("d", (period * index / len(lanes) for index in range(len(lanes))))
        self._cursor = 0

    def place(self, lanes: Sequence[Lane]) -> None:
        """Take *lanes* as the whole set; a series that stays keeps its phase, and the cycle its place."""
        upcoming = self._offsets[self._cursor]
        known = {lane.target.series: offset for lane, offset in zip(self._order, self._offsets, strict=True)}
        staying = [lane for lane in lanes if lane.target.series in known]
        coming = [lane for lane in lanes if lane.target.series not in known]
        placed = [(known[lane.target.series], lane) for lane in staying]
        placed += zip(self._gaps(len(staying), len(coming)), coming, strict=True)
        placed.sort(key=lambda each: each[0])
        self._order = [lane for _, lane in placed]
        self._offsets = array("d", (offset for offset, _ in placed))
        self._cursor = bisect_left(self._offsets, upcoming)
        self._wrap()

    def due(self, now: float, limit: int) -> list[Lane]:
        """Return up to *limit* lanes whose turn has come."""
        lanes: list[Lane] = []
        while len(lanes) < limit:
            late = now - self._start - self._offsets[self._cursor]
            if late < 0:
                break
            if late > BEHIND:
                self._start += late
            first, last = self._cursor, min(self._cursor + limit - len(lanes), len(self._order))
            # The first is due, whatever becomes of it in rounding.
            self._cursor = bisect_right(self._offsets, now - self._start, first + 1, last)
            lanes += self._order[first : self._cursor]
            self._wrap()
        return lanes

    def _gaps(self, present: int, new: int) -> list[float]:
        """Return offsets for *new* lanes, by steps of the golden ratio: these never pile up."""
        return [index * GOLDEN % 1.0 * self._period for index in range(present, present + new)]

    def _wrap(self) -> None:
        if self._cursor >= len(self._order):
            self._cursor = 0
            self._start += self._period
