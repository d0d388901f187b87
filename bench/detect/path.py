"""What becomes of the probes of one series: pieces of time with a loss and a round trip, and the dice."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, inf, log
from random import Random
from typing import NamedTuple

JITTER = 0.1  # of the round trip, at most: replies come evenly within it


class Spell(NamedTuple):
    """A part of a path's life, [start, end): its loss in 0..1, and what it adds to the round trip (s)."""

    start: float
    end: float
    loss: float
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class Path:
    """Steps of time: from ``bounds[i]`` on, ``loss[i]`` is lost and a reply takes ``rtt[i]`` (seconds).

    The first bound is 0. With *shared*, probes sent within one second share their fate, as in a recording of
    one outcome a second.
    """

    bounds: Sequence[float]
    loss: Sequence[float]
    rtt: Sequence[float]  # seconds
    jitter: float = 0.0
    shared: bool = False

    def near(self, start: float, end: float) -> list[str]:
        """Return the pieces of [start, end] in words, at most eight."""
        first, last = bisect_right(self.bounds, start) - 1, bisect_right(self.bounds, end)
        return [
            f"{self.bounds[i]:.1f} s: loss {self.loss[i]:.0%}" for i in range(first, min(last, first + 8))
        ]


class Fates:
    """The fates of probes along *path*, drawn as they are asked for."""

    __slots__ = ("_bounds", "_gone", "_logs", "_loss", "_path", "_random", "_rtt", "_second")

    def __init__(self, path: Path, random: Random) -> None:
        self._path = path
        self._bounds, self._loss, self._rtt = path.bounds, path.loss, path.rtt
        self._random = random.random
        self._logs: dict[float, float] = {}
        self._second, self._gone = -1, False  # the last second drawn, where a second's probes share it

    def first_loss(self, at: float, period: float, until: float, limit: float) -> float:
        """Return the first of the turns *at*, *at* + *period*… that hears nothing within *limit*.

        Seconds; infinity where all before *until* are answered. The same as asking `reply` at each turn, but
        the number of turns to the next loss is drawn at once.
        """
        if self._path.shared and int(at) == self._second:
            if self._gone:
                return at
            at += period
        bounds, loss, rtt = self._bounds, self._loss, self._rtt
        while at < until:
            here = bisect_right(bounds, at) - 1
            if loss[here] >= 1 or rtt[here] > limit:
                return at
            end = bounds[here + 1] if here + 1 < len(bounds) else until
            turns = ceil((end - at) / period)
            if loss[here] > 0 and (answered := self._answered(loss[here])) < turns:
                lost = at + answered * period
                return self._remember(lost) if lost < until else inf
            at += max(turns, 1) * period
        return inf

    def reply(self, at: float) -> float:
        """Return the round trip of a probe sent *at* in seconds; infinity where it is lost."""
        here = bisect_right(self._bounds, at) - 1
        if self._lost(int(at), self._loss[here]):
            return inf
        return self._rtt[here] * (1 + self._path.jitter * self._random())

    def rtt(self, at: float) -> float:
        """Return the round trip of a reply *at* without its jitter, in seconds."""
        return self._rtt[bisect_right(self._bounds, at) - 1]

    def _lost(self, second: int, loss: float) -> bool:
        if loss <= 0 or loss >= 1:
            return loss >= 1
        if not self._path.shared:
            return self._random() < loss
        if second != self._second:
            self._second, self._gone = second, self._random() < loss
        return self._gone

    def _remember(self, lost: float) -> float:
        self._second, self._gone = int(lost), True
        return lost

    def _answered(self, loss: float) -> int:
        """Draw how many are answered before the next is lost: geometric."""
        if loss not in self._logs:
            self._logs[loss] = log(1 - loss)
        return int(log(1 - self._random()) / self._logs[loss])


def lay(
    spells: Iterable[Spell], *, good: float, rtt: float, jitter: float = JITTER, shared: bool = False
) -> Path:
    """Return the path whose *spells*, which may overlap, lie over a *good* loss and an *rtt* in seconds.

    Losses that overlap are independent of each other, delays add up.
    """
    spells = list(spells)
    edges = sorted(
        [(spell.start, 1, spell) for spell in spells] + [(spell.end, 0, spell) for spell in spells],
        key=lambda edge: edge[:2],
    )
    bounds, losses, rtts = array("d", [0.0]), array("d", [good]), array("d", [rtt])
    active: list[Spell] = []
    for at, begins, spell in edges:
        active.append(spell) if begins else active.remove(spell)
        passes, delay = 1 - good, 0.0
        for each in active:
            passes *= 1 - each.loss
            delay += each.delay
        if at <= bounds[-1]:
            losses[-1], rtts[-1] = 1 - passes, rtt + delay
        else:
            bounds.append(at)
            losses.append(1 - passes)
            rtts.append(rtt + delay)
    return Path(bounds, losses, rtts, jitter, shared)
