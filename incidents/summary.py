"""Figures of a span: what was available, what happened, and who is still without a connection."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from incidents.model import Incident, LineState

OUT = frozenset({LineState.DOWN, LineState.UNREACHABLE})
UNSEEN = frozenset({LineState.BLIND, LineState.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Turn:
    """A channel's state from *since* until its next turn."""

    channel: int
    since: datetime
    state: LineState


@dataclass(frozen=True, slots=True)
class Spent:
    """Channel-time of a span: connected, out, and not seen by us, which is neither."""

    up: timedelta = timedelta()
    out: timedelta = timedelta()
    unseen: timedelta = timedelta()

    @property
    def availability(self) -> float | None:
        """Return the share of the seen time that was up; None when nothing was seen."""
        seen = self.up + self.out
        return self.up / seen if seen else None

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.up + other.up, self.out + other.out, self.unseen + other.unseen)


@dataclass(frozen=True, slots=True)
class Tally:
    """Incidents of a span, and how long a line was out on the average before it was back."""

    opened: int
    recovered: int
    live: int
    unclaimed: int
    restored_after: timedelta | None


def spent(turns: Sequence[Turn], start: datetime, end: datetime) -> Spent:
    """Return how one channel spent *start* to *end*; *turns* are in order, before them it was not there."""
    total = Spent()
    for index, turn in enumerate(turns):
        until = turns[index + 1].since if index + 1 < len(turns) else end
        part = _part(turn.since, until, start, end)
        if turn.state in OUT:
            total += Spent(out=part)
        elif turn.state in UNSEEN:
            total += Spent(unseen=part)
        else:
            total += Spent(up=part)
    return total


def tally(incidents: Iterable[Incident], start: datetime, end: datetime) -> Tally:
    """Return what the incidents of *start* to *end* come to, as it stood at *end*."""
    known = [incident for incident in incidents if incident.opened < end]
    live = [each for each in known if each.closed is None or each.closed >= end]
    spans = [
        each.recovered - each.began
        for each in known
        if each.recovered is not None and each.began is not None and start <= each.recovered < end
    ]
    return Tally(
        opened=sum(each.opened >= start for each in known),
        recovered=len(spans),
        live=len(live),
        unclaimed=sum(each.owner is None and not each.settled for each in live),
        restored_after=sum(spans, timedelta()) / len(spans) if spans else None,
    )


def _part(since: datetime, until: datetime, start: datetime, end: datetime) -> timedelta:
    return max(min(until, end) - max(since, start), timedelta())
