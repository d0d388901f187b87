"""The score of what was declared against what was true.

An alarm (a channel declared down, or unreachable behind its uplink) is *false* if it is declared while no
outage of that channel is under way, or was within the last `GRACE` seconds: its last probes were in flight.
Every alarm counts, also a second one within the same burst of losses.

An outage of at least `LEAST` seconds is counted. Its *delay* is from its start to the first alarm within it.
If the channel was still declared down when it began (the line flapped faster than a recovery is believed) it
is *carried*: neither missed nor in the delays. If there was no alarm until its end plus the grace it is
*missed*. Shorter outages may be alarmed or not. Those that overlap a failure of our own uplink are not
counted: nobody could see them. What begins within the warm-up counts for nothing.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bench.detect.world import Times

GRACE = 2.0
LEAST = 20.0


class Change(NamedTuple):
    """A channel was declared down, or not down, *at* this second."""

    at: float
    down: bool


@dataclass(slots=True)
class Tally:
    """What was counted; tallies of several channels add up."""

    channel_days: float = 0.0  # scored
    channel_hours: float = 0.0  # probed, warm-up included
    probes: int = 0
    anchor_probes: int = 0
    anchor_hours: float = 0.0
    counted: int = 0
    carried: int = 0
    false: int = 0
    before_parent: int = 0  # children announced although their uplink, which was out, was not yet
    extra_roots: int = 0  # children announced as out of their own while only their uplink was
    missed: list[float] = field(default_factory=list)  # lengths
    delays: list[Times] = field(default_factory=list)  # length of the outage, delay
    recoveries: list[float] = field(default_factory=list)  # from an outage's end to its all-clear
    strays: list[str] = field(default_factory=list)  # the first false alarms in words

    def __iadd__(self, other: "Tally") -> "Tally":
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self


def score(
    truth: Sequence[Times],
    changes: Sequence[Change],
    *,
    span: float,
    warmup: float = 0.0,
    unseen: Sequence[Times] = (),
    least: float = LEAST,
) -> Tally:
    """Return the tally of one channel; all times in seconds, *truth* and *changes* in their order."""
    tally = Tally(channel_days=max(span - warmup, 0) / 86_400, channel_hours=span / 3600)
    tally.false = sum(each.down and each.at >= warmup and not under_way(truth, each.at) for each in changes)
    at = [each.at for each in changes]
    for start, end in truth:
        if start >= warmup and end <= span and end - start >= least and not _overlap(unseen, start, end):
            _count(tally, start, end, changes, bisect_right(at, start))
    return tally


def under_way(truth: Sequence[Times], at: float) -> bool:
    """Return whether an outage is under way *at* this second, or was `GRACE` seconds ago."""
    begun = bisect_right(truth, (at, float("inf")))
    return begun > 0 and at <= truth[begun - 1][1] + GRACE


def percentile(values: Sequence[float], share: float) -> float | None:
    """Return the value below which *share* of *values* lie, by nearest rank; None where there are none."""
    if not values:
        return None
    return sorted(values)[min(int(share * len(values)), len(values) - 1)]


def _count(tally: Tally, start: float, end: float, changes: Sequence[Change], following: int) -> None:
    tally.counted += 1
    if following and changes[following - 1].down:
        tally.carried += 1
        return
    alarm = next((each.at for each in changes[following:] if each.down), float("inf"))
    if alarm > end + GRACE:
        tally.missed.append(end - start)
        return
    tally.delays.append((end - start, alarm - start))
    clear = next((each.at for each in changes[following:] if not each.down and each.at > end), None)
    if clear is not None:
        tally.recoveries.append(clear - end)


def _overlap(spells: Sequence[Times], start: float, end: float) -> bool:
    begun = bisect_right(spells, (end, float("inf")))
    return begun > 0 and spells[begun - 1][1] >= start
