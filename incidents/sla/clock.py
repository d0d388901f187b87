"""The clock of a ticket: whose time it took, part by part, what of it was paused, and what was agreed on."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from incidents.model import CARRIERS_ALONE, Cause
from incidents.owed import Breach
from incidents.span import Span, merged


class Part(StrEnum):
    """A part of the time that a ticket takes; the first three are ours, the others the carrier's."""

    DETECT = "detect"  # from the first silence to the ticket
    ACKNOWLEDGE = "acknowledge"
    ASSIGN = "assign"
    ACCEPT = "accept"
    ARRIVE = "arrive"  # nobody's where no arrival was told: then what follows the acceptance is RESTORE
    RESTORE = "restore"


OURS: Final = frozenset({Part.DETECT, Part.ACKNOWLEDGE, Part.ASSIGN})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Time that somebody had, without a break: *team* is None where it was ours.

    *outage* counts the outages of the ticket from 0: each relapse, and each word that it still does not work,
    sets the desk's clock anew. *turn* counts the assignments: 0 before the first.
    """

    part: Part
    span: Span
    team: int | None
    outage: int
    turn: int


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which a clock stood still: *why* is a Suspension's value.

    *until* is None where it goes on. *approver* is who agreed, or said so; None: it was seen. *words* is the
    reason a team gave.
    """

    why: str
    since: datetime
    until: datetime | None = None
    approver: int | None = None
    words: str = ""

    @property
    def stops_the_desk(self) -> bool:
        """Whether it stops the desk's clock too, and not the carrier's alone."""
        return self.why not in CARRIERS_ALONE


@dataclass(frozen=True, slots=True)
class Decision:
    """What two people agreed on after an objection: time *off* the team's clock, or another cause.

    Both are nothing where the objection was not followed.
    """

    team: int
    off: timedelta
    cause: Cause | None
    proposer: int
    confirmer: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Time:
    """How long something took, and how much of that was paused; what is left counts."""

    total: timedelta = timedelta()
    paused: timedelta = timedelta()

    @property
    def counted(self) -> timedelta:
        """What counts against a promise."""
        return self.total - self.paused

    def __add__(self, other: "Time") -> "Time":
        return Time(self.total + other.total, self.paused + other.paused)


@dataclass(frozen=True, slots=True)
class Clock:
    """A ticket's clock as it stood *at* a time, in UTC throughout.

    The stretches are disjoint and in order. Between them the line was back, or the ticket closed: that is
    nobody's time. The hours are those of the first time it was done, but *restored* is of the last.
    *breaches* are the promises that were marked as broken while it ran.
    """

    at: datetime
    detected: datetime
    acknowledged: datetime | None
    assigned: datetime | None
    accepted: datetime | None
    arrived: datetime | None
    restored: datetime | None
    stretches: tuple[Stretch, ...]
    pauses: tuple[Pause, ...]
    decisions: tuple[Decision, ...]
    breaches: tuple[Breach, ...]

    @property
    def teams(self) -> tuple[int, ...]:
        """The teams that had it, in the order in which they first did."""
        return tuple(dict.fromkeys(each.team for each in self.stretches if each.team is not None))

    @property
    def total(self) -> Time:
        """All of it: ours and every carrier's."""
        return self._of(self.stretches)

    @property
    def ours(self) -> Time:
        """What was ours: until a team had it, and what a team did not have."""
        return self._of(each for each in self.stretches if each.team is None)

    def carriers(self, teams: Collection[int] | None = None) -> Time:
        """Return the time that *teams* had it (those of one carrier); None: every team."""
        return self._of(each for each in self.stretches if _had(each.team, teams))

    def part(self, part: Part, teams: Collection[int] | None = None) -> Time:
        """Return what a part took, of *teams* or of all; the parts add up to the total."""
        if part in OURS:
            return self._of(each for each in self.stretches if each.part is part)
        return self._of(each for each in self.stretches if each.part is part and _had(each.team, teams))

    def since(self, outage: int) -> Time:
        """Return what the desk has had it since its clock was set by that outage, detection aside."""
        return self._of(
            each
            for each in self.stretches
            if each.team is None and each.outage >= outage and each.part is not Part.DETECT
        )

    def turn(self, number: int) -> Time:
        """Return what the team had since the assignment of this number."""
        return self._of(each for each in self.stretches if each.team is not None and each.turn == number)

    def agreed(self, teams: Collection[int] | None = None) -> timedelta:
        """Return what counts against *teams* after what was decided on their objections; never below zero."""
        off = sum((each.off for each in self.decisions if _had(each.team, teams)), timedelta())
        return max(timedelta(), self.carriers(teams).counted - off)

    @property
    def cause(self) -> Cause | None:
        """The cause that was agreed on after an objection, the last where there were several."""
        return next((each.cause for each in reversed(self.decisions) if each.cause is not None), None)

    def _of(self, stretches: Iterable[Stretch]) -> Time:
        return sum(map(self._time, stretches), Time())

    def _time(self, stretch: Stretch) -> Time:
        stopped = merged(
            Span(each.since, each.until or self.at).within(stretch.span)
            for each in self.pauses
            if each.stops_the_desk or stretch.team is not None
        )
        return Time(stretch.span.length, sum((each.length for each in stopped), timedelta()))


def _had(team: int | None, teams: Collection[int] | None) -> bool:
    return team is not None and (teams is None or team in teams)
