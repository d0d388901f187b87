"""A world to watch: paths, what hangs behind what, and the truth that a policy is held against."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from bench.detect.path import Path, Spell, lay

EVERYBODY = "*"  # the channel of what befalls all of them: our own uplink
ANCHOR = "anchor"  # a channel whose name begins so is an anchor
RTT_MS = 40.0
GOOD = 0.001
Times = tuple[float, float]


class Kind(StrEnum):
    """What a row of a compact trace tells; the first three and nothing else are true outages."""

    OUTAGE = "outage"
    UPLINK = "uplink"  # an outage of a channel that others hang behind; of everybody, our own
    BURST = "burst"
    BLIP = "blip"
    CONGESTION = "congestion"
    LINE = "line"
    WARMUP = "warmup"
    SPAN = "span"


class Event(NamedTuple):
    """Something that befalls *channel*; seconds, loss in 0..1, milliseconds of delay."""

    channel: str
    kind: Kind
    start: float
    length: float
    loss: float
    delay: float = 0.0

    @property
    def end(self) -> float:
        """Return when it is over."""
        return self.start + self.length


class Line(NamedTuple):
    """A channel as it is when nothing befalls it."""

    good: float = GOOD
    rtt: float = RTT_MS  # milliseconds
    behind: str | None = None


@dataclass(frozen=True, slots=True)
class World:
    """What a policy meets, and what it should have said; *unseen* is when our own uplink was out."""

    paths: dict[str, Path]
    anchors: dict[str, Path]
    truth: dict[str, list[Times]]
    span: float
    warmup: float = 0.0
    behind: dict[str, str] = field(default_factory=dict)
    alone: dict[str, list[Times]] = field(default_factory=dict)  # outages of its own, without its uplink's
    unseen: tuple[Times, ...] = ()
    origin: float = 0.0  # what a recording calls our second 0


@dataclass(slots=True)
class Script:
    """A world in compact form: lines and what befalls them."""

    lines: dict[str, Line]
    events: list[Event]
    span: float
    warmup: float = 0.0
    shared: bool = False
    origin: float = 0.0

    def world(self) -> World:
        """Lay the paths and find the truth."""
        mine: dict[str, list[Event]] = {name: [] for name in self.lines}
        mine[EVERYBODY] = []
        for event in self.events:
            mine[event.channel].append(event)
        everywhere = mine.pop(EVERYBODY)
        paths = {name: self._path(name, mine, everywhere) for name in self.lines}
        return World(
            paths={name: path for name, path in paths.items() if not is_anchor(name)},
            anchors={name: path for name, path in paths.items() if is_anchor(name)},
            truth={
                name: union(_outages(self._over(name, mine))) for name in self.lines if not is_anchor(name)
            },
            span=self.span,
            warmup=self.warmup,
            behind={name: line.behind for name, line in self.lines.items() if line.behind},
            alone={name: union(_outages(mine[name])) for name in self.lines},
            unseen=tuple(union(_outages(everywhere))),
            origin=self.origin,
        )

    def _path(self, name: str, mine: dict[str, list[Event]], everywhere: list[Event]) -> Path:
        line = self.lines[name]
        events = [*self._over(name, mine), *everywhere]
        spells = [Spell(each.start, each.end, each.loss, each.delay / 1000) for each in events]
        return lay(spells, good=line.good, rtt=line.rtt / 1000, shared=self.shared)

    def _over(self, name: str, mine: dict[str, list[Event]]) -> list[Event]:
        """Return what befalls *name* and all it hangs behind."""
        events: list[Event] = []
        seen: set[str] = set()
        above: str | None = name
        while above is not None and above not in seen:
            events += mine[above]
            seen.add(above)
            above = self.lines[above].behind
        return events


def is_anchor(name: str) -> bool:
    """Return whether a channel of this *name* is an anchor."""
    return name.startswith(ANCHOR)


def union(times: Iterable[Times]) -> list[Times]:
    """Return *times* in order, those that touch joined."""
    joined: list[Times] = []
    for start, end in sorted(times):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def silences(path: Path, least: float, span: float) -> list[Times]:
    """Return when *path* lost everything for at least *least* seconds."""
    ends = array("d", [*path.bounds[1:], span])
    dark = ((start, end) for start, end, loss in zip(path.bounds, ends, path.loss, strict=True) if loss >= 1)
    return [(start, end) for start, end in union(dark) if end - start >= least]


def common(spells: Iterable[list[Times]]) -> list[Times]:
    """Return when all of *spells* are under way at once; never, where there are none."""
    shared: list[Times] | None = None
    for each in spells:
        shared = each if shared is None else [both for one in shared for both in _both(one, each)]
    return shared or []


def _both(one: Times, others: list[Times]) -> list[Times]:
    cut = ((max(one[0], start), min(one[1], end)) for start, end in others)
    return [(start, end) for start, end in cut if start < end]


def _outages(events: Iterable[Event]) -> list[Times]:
    return [(each.start, each.end) for each in events if each.kind in (Kind.OUTAGE, Kind.UPLINK)]
