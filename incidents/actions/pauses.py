"""Pauses of the carrier's clock: asked for with a reason, agreed to or not by the desk, and over in time."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from incidents.actions.rule import Rules
from incidents.clocks import credited, releasing
from incidents.model import Incident, Suspension
from incidents.pause import Hindrance, Obstacle
from incidents.refusal import Refusal

LONGEST: Final = timedelta(days=1)  # what hinders for longer is asked for again


@dataclass(frozen=True, slots=True)
class AskPause:
    """The team is kept from its work, and asks that its clock stand still from now on."""

    by: int
    team: int
    why: Obstacle
    words: str = ""
    on_behalf: bool = False


@dataclass(frozen=True, slots=True)
class AllowPause:
    """The desk agrees, until then; the clock has stood still since it was asked."""

    by: int
    until: datetime


@dataclass(frozen=True, slots=True)
class RefusePause:
    """The desk does not agree."""

    by: int


@dataclass(frozen=True, slots=True)
class EndPause:
    """The team goes on, or its time is up at *until* (*by* is None). What was only asked for is dropped."""

    by: int | None
    until: datetime | None = None


def _ask(incident: Incident, action: AskPause, at: datetime) -> Incident | Refusal:
    job = incident.assignment
    if job is None or job.team != action.team:
        return Refusal.NOT_ASSIGNED
    if incident.hindrance is not None:
        return Refusal.ALREADY
    if incident.recovered is not None:  # nothing is owed
        return Refusal.NOTHING_NEW
    known = credited(incident, at)
    idle = job.idle if known.assignment is None else known.assignment.idle
    return replace(known, hindrance=Hindrance(action.by, action.why, action.words, at, idle))


def _allow(incident: Incident, action: AllowPause, at: datetime) -> Incident | Refusal:
    asked, job = incident.hindrance, incident.assignment
    if asked is None or job is None:
        return Refusal.NOTHING_NEW
    if asked.allowed:
        return Refusal.ALREADY
    if not at < action.until <= at + LONGEST:
        return Refusal.NOT_AHEAD
    return replace(
        incident,
        assignment=replace(job, idle=asked.idle + max(timedelta(), at - asked.at)),
        suspensions=incident.suspensions | {Suspension.FIELD},
        suspended=at,
        hindrance=replace(asked, approver=action.by, until=action.until),
    )


def _refuse(incident: Incident, _: RefusePause, __: datetime) -> Incident | Refusal:
    if incident.hindrance is None or incident.hindrance.allowed:
        return Refusal.NOTHING_NEW
    return replace(incident, hindrance=None)


def _end(incident: Incident, action: EndPause, at: datetime) -> Incident | Refusal:
    if incident.hindrance is None:
        return Refusal.NOTHING_NEW
    over = at if action.until is None else min(at, action.until)
    return replace(releasing(incident, Suspension.FIELD, over), hindrance=None)


RULES: Final[Rules] = {
    AskPause: _ask,
    AllowPause: _allow,
    RefusePause: _refuse,
    EndPause: _end,
}
