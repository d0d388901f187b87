"""The nouns: a line's state, an incident with its members and its assignment."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from incidents.objection import Objection
from incidents.owed import Breach
from incidents.pause import Hindrance
from incidents.said import Power
from incidents.wide import Wide


class LineState(StrEnum):
    """What we hold a channel to be."""

    UNKNOWN = "unknown"  # not yet heard of
    UP = "up"
    DOWN = "down"
    UNREACHABLE = "unreachable"  # silent behind a dead uplink
    BLIND = "blind"  # we ourselves cannot see


class Status(StrEnum):
    """Where the ticket stands with the desk."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class Severity(StrEnum):
    """How much it matters."""

    URGENT = "urgent"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Cause(StrEnum):
    """What a person confirmed to be behind it; None on the incident means nobody did."""

    POWER = "power"
    SWITCHED_OFF = "switched_off"
    FIBRE_CUT = "fibre_cut"
    WORKS = "works"
    DEVICE = "device"
    LIGHTNING = "lightning"
    CONFIGURATION = "configuration"
    CORE = "core"
    MOVE = "move"
    CONTRACT = "contract"
    OTHER = "other"


class Suspension(StrEnum):
    """Why the clocks of an incident stand still."""

    BLIND = "blind"  # we cannot see whether it lasts
    MAINTENANCE = "maintenance"
    POWER = "power"  # the unit has none: no fault of the carrier's, whose clock alone stands still
    FIELD = "field"  # the team is hindered and the desk has agreed: the carrier's clock alone stands still


CARRIERS_ALONE = frozenset({Suspension.POWER, Suspension.FIELD})  # these do not hold the desk's clock


@dataclass(frozen=True, slots=True)
class Member:
    """A channel's stay in an incident; *left* is None while it is silent."""

    channel: int
    joined: datetime
    left: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A person's word, for the team, that it is fixed; *proven* is when the probes had borne it out."""

    by: int
    at: datetime
    cause: Cause
    proven: datetime | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """The field team that has it, since when, when the team took it, and how far it is.

    *eta* is when it means to be there, *expected* when it means to have it restored. *lapsed* is when the
    desk was called because nobody had accepted in time. *idle* is how long the carrier's clock stood still
    since, and for how long the line was back.
    """

    team: int
    at: datetime
    accepted: datetime | None = None
    eta: datetime | None = None
    departed: datetime | None = None
    arrived: datetime | None = None
    expected: datetime | None = None
    claim: Claim | None = None
    lapsed: datetime | None = None
    idle: timedelta = timedelta()

    def again(self) -> "Assignment":
        """Return the job as it is after a relapse: the same team has it, and has to come again."""
        return replace(self, eta=None, departed=None, arrived=None, expected=None, claim=None)


@dataclass(frozen=True, slots=True)
class ServiceFault:
    """A service that fails, by people's word or by its own probe.

    *probed* says whether it has a probe, *failing* since when that gets no answer, *heard* when somebody last
    said that it fails, or the probe that it answers again.
    """

    of: int
    probed: bool = False
    failing: datetime | None = None
    heard: datetime | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """A ticket: the line's part is its members, the desk's its status, the carrier's its assignment.

    *root* is the channel it began with; None for an officer's report alone. *wide* is what its many lines
    share, where it is one of many. *service* is what fails where it is a service's; *security* marks a
    suspicion, which has a legal duty of its own: neither is of lines, and takes none in. *power* is what its
    units say of theirs. *idle* is how long the desk's clock stood still since it was last set, and how long a
    team had it; what goes on since *suspended* is in no count yet. *spent* is what counted against each team
    that no longer has it. *warned* is the deadline of which was warned, *breaches* are the promises that were
    broken, *hindrance* is what the team asked or was allowed a pause for, *objection* what it says against a
    finding and nobody has decided on. *confirmed* is when its own unit last said that it works, *disputed*
    when it said that it does not, though the line was back or the ticket closed: each takes the other's
    place. *version* counts its steps.
    """

    unit: int
    opened: datetime
    id: int = 0  # 0 until storage numbers it
    root: int | None = None
    members: tuple[Member, ...] = ()
    status: Status = Status.OPEN
    severity: Severity = Severity.MEDIUM
    owner: int | None = None
    acknowledged: datetime | None = None
    assignment: Assignment | None = None
    cause: Cause | None = None
    parent: int | None = None
    recovered: datetime | None = None
    closed: datetime | None = None
    escalated: int = 0
    wide: Wide | None = None
    power: tuple[tuple[int, Power], ...] = ()  # by unit
    service: ServiceFault | None = None
    security: bool = False
    suspensions: frozenset[Suspension] = frozenset()
    suspended: datetime | None = None
    idle: timedelta = timedelta()
    spent: tuple[tuple[int, timedelta], ...] = ()  # by team
    warned: datetime | None = None
    breaches: tuple[Breach, ...] = ()
    hindrance: Hindrance | None = None
    objection: Objection | None = None
    confirmed: datetime | None = None
    disputed: datetime | None = None
    version: int = 0

    @property
    def silent(self) -> tuple[int, ...]:
        """The channels still without an answer, in the order they joined."""
        return tuple(member.channel for member in self.members if member.left is None)

    @property
    def began(self) -> datetime | None:
        """When the present outage began, or the last one."""
        outages = self._outages()
        return outages[-1][0] if outages else None

    def _outages(self) -> list[tuple[datetime, datetime | None]]:
        """Return from when until when any of its lines was silent: stays that overlap are of one outage."""
        found: list[tuple[datetime, datetime | None]] = []
        for member in sorted(self.members, key=lambda member: member.joined):
            began, ended = found[-1] if found else (None, None)
            if began is None or (ended is not None and member.joined >= ended):
                found.append((member.joined, member.left))
            elif ended is not None:
                found[-1] = began, None if member.left is None else max(ended, member.left)
        return found

    @property
    def relapses(self) -> int:
        """How often a line fell silent again after all of them had been back."""
        return max(0, len(self._outages()) - 1)

    @property
    def waits_since(self) -> datetime:
        """When its clocks were last set: by its opening, by a relapse, or by its unit's word."""
        return max(each for each in (self.opened, self.began, self.disputed) if each is not None)

    @property
    def held(self) -> bool:
        """Whether the desk's clocks stand still: what hinders the carrier alone excuses not the desk."""
        return bool(self.suspensions - CARRIERS_ALONE)

    @property
    def still(self) -> timedelta:
        """How long the clock of whoever has it stood still, not counting what goes on."""
        return self.assignment.idle if self.assignment else self.idle

    @property
    def of_lines(self) -> bool:
        """Whether it is of lines, or may come to be: what a carrier can be handed."""
        return self.service is None and not self.security

    @property
    def live(self) -> bool:
        """Whether it is not closed."""
        return self.status is not Status.CLOSED

    @property
    def vouched(self) -> bool:
        """Whether its unit has said that it works, after the line came back."""
        return self.recovered is not None and self.confirmed is not None and self.confirmed >= self.recovered

    @property
    def settled(self) -> bool:
        """Whether the line is back and its unit does not say otherwise: then nothing is owed."""
        return self.recovered is not None and self.disputed is None

    def own(self, unit: int) -> bool:
        """Return whether it is the ticket of *unit* itself, so that its word is the word on all of it."""
        return self.unit == unit and self.wide is None and self.of_lines

    @property
    def merged(self) -> bool:
        """Whether it was closed as a part of its parent: then its lines were not back."""
        return not self.live and self.recovered is None


def code(incident_id: int) -> str:
    """Return the ticket's number as people say it: SC-0001."""
    return f"SC-{incident_id:04d}"


def without_power(cause: Cause | None) -> Cause | None:
    """Return *cause* unless it is the power."""
    return None if cause is Cause.POWER else cause
