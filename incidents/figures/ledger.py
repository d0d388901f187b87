"""The ledger of a span: each channel's time, quality and load, and each case; any part can be cut from it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from incidents.figures.cases import Case, Kept, Times
from incidents.figures.load import Load
from incidents.figures.parts import Parts, total
from incidents.figures.typical import Typical, typical
from incidents.model import Cause
from incidents.owed import Owed
from incidents.quality import Figures as Quality
from incidents.quality import total as total_quality
from incidents.span import Span


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of the network: its channels, and its units for cases of no channel.

    With a *team* its channels are those it looks after, and its cases those it was given, wherever.
    """

    channels: frozenset[int]
    units: frozenset[int] = frozenset()
    team: int | None = None

    def holds(self, case: Case) -> bool:
        """Return whether the case counts here: by the channel it began with, else by its unit."""
        if self.team is not None:
            return case.team == self.team
        return case.unit in self.units if case.root is None else case.root in self.channels


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that a span's reports are made of, by channel; *cases* are those opened in it, in order."""

    span: Span
    parts: Mapping[int, Parts]
    cases: tuple[Case, ...] = ()
    quality: Mapping[int, Quality] = field(default_factory=dict)
    loads: Mapping[int, Load] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Typicals:
    """What each step of a case took, typically: ours, then the carrier's, then the whole outage."""

    detect: Typical | None
    acknowledge: Typical | None
    assign: Typical | None
    accept: Typical | None
    arrive: Typical | None
    restore: Typical | None
    lasted: Typical | None


@dataclass(frozen=True, slots=True)
class Promised:
    """Promises of one kind that came to their end: how many were kept, and the cases that missed it."""

    kept: int
    missed: tuple[tuple[Case, Kept], ...]

    @property
    def of(self) -> int:
        """How many there were."""
        return self.kept + len(self.missed)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a part of the network comes to in a span."""

    span: Span
    channels: int
    parts: Parts
    cases: tuple[Case, ...]
    causes: Mapping[Cause | None, int]  # the commonest first
    times: Typicals
    promises: Mapping[Owed, Promised]
    quality: Quality
    loads: Mapping[int, Load]


def figures(ledger: Ledger, cut: Cut) -> Figures:
    """Return what *cut* comes to in the ledger's span."""
    cases = tuple(each for each in ledger.cases if cut.holds(each))
    return Figures(
        span=ledger.span,
        channels=len(cut.channels & ledger.parts.keys()),
        parts=total(ledger.parts[each] for each in cut.channels if each in ledger.parts),
        cases=cases,
        causes=dict(Counter(each.cause for each in cases).most_common()),
        times=_typicals(each.times for each in cases),
        promises={owed: _promised(cases, owed) for owed in Owed},
        quality=total_quality(ledger.quality[each] for each in cut.channels if each in ledger.quality),
        loads={each: load for each, load in ledger.loads.items() if each in cut.channels},
    )


def _typicals(times: Iterable[Times]) -> Typicals:
    known = list(times)
    return Typicals(**{name: typical(getattr(each, name) for each in known) for name in Times.__slots__})


def _promised(cases: Iterable[Case], owed: Owed) -> Promised:
    ended = [(case, each) for case in cases for each in case.promises if each.owed is owed]
    missed = tuple(pair for pair in ended if pair[1].missed)
    return Promised(len(ended) - len(missed), missed)
