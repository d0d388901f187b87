"""What the carrier's field team does with a ticket, or the desk in its place."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from incidents.actions.rule import Rules, changed
from incidents.clocks import handed_back
from incidents.model import Assignment, Cause, Claim, Incident
from incidents.refusal import Refusal

FARTHEST: Final = timedelta(days=7)  # ahead; what is said to come later is a slip of the hand
SAME_MOMENT: Final = timedelta(minutes=1)  # in which a claim said twice is said once


class Ground(StrEnum):
    """Why a team declines a job."""

    AREA = "area"  # it is none of the team's area
    BUSY = "busy"  # nobody is free
    CARRIER = "carrier"  # the line is another carrier's
    OTHER = "other"


class Need(StrEnum):
    """What help a team asks for."""

    PARTS = "parts"
    DOOR = "door"  # the room with the device is locked
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Accept:
    """The team takes what it was handed, and means to be there at *eta*."""

    by: int
    team: int
    eta: datetime | None = None
    on_behalf: bool = False


@dataclass(frozen=True, slots=True)
class Decline:
    """The team does not take it, or gives it back."""

    by: int
    team: int
    ground: Ground
    words: str = ""
    on_behalf: bool = False


@dataclass(frozen=True, slots=True)
class Depart:
    """The team is on its way."""

    by: int
    team: int
    on_behalf: bool = False


@dataclass(frozen=True, slots=True)
class Arrive:
    """The team is on site."""

    by: int
    team: int
    on_behalf: bool = False


@dataclass(frozen=True, slots=True)
class Expect:
    """The team expects to have it restored at *until*."""

    by: int
    team: int
    until: datetime
    on_behalf: bool = False


@dataclass(frozen=True, slots=True)
class NameCause:
    """Somebody names the cause; *team* is None where it is the desk's own finding."""

    by: int
    team: int | None
    cause: Cause
    words: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """The team says that it is fixed: a claim, until the probes have borne it out."""

    by: int
    team: int
    cause: Cause
    words: str = ""
    on_behalf: bool = False


@dataclass(frozen=True, slots=True)
class AskHelp:
    """The team asks the desk for help."""

    by: int
    team: int
    need: Need
    words: str = ""
    on_behalf: bool = False


@dataclass(frozen=True, slots=True)
class Lapse:
    """The team has not accepted in time: the job is the desk's again, to hand to another."""

    team: int


@dataclass(frozen=True, slots=True)
class Prove:
    """The probes have borne out what the team claimed."""

    team: int


def _accept(incident: Incident, action: Accept, at: datetime) -> Incident | Refusal:
    job = _job(incident, action.team)
    if isinstance(job, Refusal):
        return job
    if job.accepted is not None:
        return Refusal.ALREADY
    if action.eta is not None and not at <= action.eta <= at + FARTHEST:
        return Refusal.NOT_AHEAD
    return _with(incident, job, accepted=at, eta=action.eta)


def _decline(incident: Incident, action: Decline, at: datetime) -> Incident | Refusal:
    job = _job(incident, action.team)
    return job if isinstance(job, Refusal) else handed_back(incident, at)


def _depart(incident: Incident, action: Depart, at: datetime) -> Incident | Refusal:
    job = _job(incident, action.team)
    if isinstance(job, Refusal):
        return job
    if job.departed is not None or job.arrived is not None:
        return Refusal.ALREADY
    return _with(incident, job, accepted=job.accepted or at, departed=at)


def _arrive(incident: Incident, action: Arrive, at: datetime) -> Incident | Refusal:
    job = _job(incident, action.team)
    if isinstance(job, Refusal):
        return job
    if job.arrived is not None:
        return Refusal.ALREADY
    return _with(incident, job, accepted=job.accepted or at, arrived=at)


def _expect(incident: Incident, action: Expect, at: datetime) -> Incident | Refusal:
    job = _job(incident, action.team)
    if isinstance(job, Refusal):
        return job
    if not at < action.until <= at + FARTHEST:
        return Refusal.NOT_AHEAD
    return changed(incident, _with(incident, job, accepted=job.accepted or at, expected=action.until))


def _name_cause(incident: Incident, action: NameCause, _: datetime) -> Incident | Refusal:
    if action.team is not None and isinstance(job := _job(incident, action.team), Refusal):
        return job
    named = replace(incident, cause=action.cause)
    return named if action.words else changed(incident, named)


def _fix(incident: Incident, action: Fix, at: datetime) -> Incident | Refusal:
    job = _job(incident, action.team)
    if isinstance(job, Refusal):
        return job
    claim = job.claim
    if claim is not None and (incident.settled or at - claim.at < SAME_MOMENT):
        return Refusal.ALREADY
    claim = Claim(action.by, at, action.cause)
    return replace(_with(incident, job, accepted=job.accepted or at, claim=claim), cause=action.cause)


def _ask_help(incident: Incident, action: AskHelp, at: datetime) -> Incident | Refusal:
    job = _job(incident, action.team)
    if isinstance(job, Refusal):
        return job
    return _with(incident, job, accepted=job.accepted or at)


def _lapse(incident: Incident, action: Lapse, at: datetime) -> Incident | Refusal:
    job = _job(incident, action.team)
    if isinstance(job, Refusal):
        return job
    if job.accepted is not None or job.lapsed is not None:
        return Refusal.NOTHING_NEW
    return _with(incident, job, lapsed=at)


def _prove(incident: Incident, action: Prove, at: datetime) -> Incident | Refusal:
    job = _job(incident, action.team)
    if isinstance(job, Refusal):
        return job
    if job.claim is None or job.claim.proven is not None or incident.recovered is None:
        return Refusal.NOTHING_NEW
    return _with(incident, job, claim=replace(job.claim, proven=at))


def _job(incident: Incident, team: int) -> Assignment | Refusal:
    """Return the job, if it is this *team*'s."""
    job = incident.assignment
    return Refusal.NOT_ASSIGNED if job is None or job.team != team else job


def _with(incident: Incident, job: Assignment, **changes: Any) -> Incident:
    return replace(incident, assignment=replace(job, **changes))


RULES: Final[Rules] = {
    Accept: _accept,
    Decline: _decline,
    Depart: _depart,
    Arrive: _arrive,
    Expect: _expect,
    NameCause: _name_cause,
    Fix: _fix,
    AskHelp: _ask_help,
    Lapse: _lapse,
    Prove: _prove,
}
