"""What the duty desk does with a ticket."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from incidents.actions.rule import Rules, changed
from incidents.clocks import handed, ticking
from incidents.evidence import Standing
from incidents.model import Incident, Severity, Status
from incidents.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Somebody of the desk takes it."""

    by: int


@dataclass(frozen=True, slots=True)
class Assign:
    """The desk hands it to a field team of the carrier."""

    by: int
    team: int


@dataclass(frozen=True, slots=True)
class Grade:
    """It matters more, or less, than was thought."""

    severity: Severity


@dataclass(frozen=True, slots=True)
class Merge:
    """It turns out to be a part of another incident, which its channels join."""

    into: int


@dataclass(frozen=True, slots=True)
class Close:
    """Somebody closes it; *by* is None when it closes itself.

    *standing* is what the probes said of it, None where they have no say.
    """

    by: int | None
    standing: Standing | None = None


def _acknowledge(incident: Incident, action: Acknowledge, at: datetime) -> Incident | Refusal:
    if incident.owner == action.by:
        return Refusal.ALREADY
    if incident.owner is not None:
        return Refusal.TAKEN
    return replace(incident, status=Status.ACKNOWLEDGED, owner=action.by, acknowledged=at)


def _assign(incident: Incident, action: Assign, at: datetime) -> Incident | Refusal:
    if not incident.of_lines:
        return Refusal.NO_LINE
    if incident.assignment is not None and incident.assignment.team == action.team:
        return Refusal.ALREADY
    assigned = handed(incident, action.team, at)
    if incident.owner is None:  # who hands it out has taken it
        assigned = replace(assigned, status=Status.ACKNOWLEDGED, owner=action.by, acknowledged=at)
    return assigned


def _grade(incident: Incident, action: Grade, _: datetime) -> Incident | Refusal:
    return changed(incident, replace(incident, severity=action.severity))


def _merge(incident: Incident, action: Merge, at: datetime) -> Incident | Refusal:
    if not incident.of_lines:
        return Refusal.NO_LINE
    if action.into == incident.id:
        return Refusal.NOTHING_NEW
    left = tuple(
        replace(each, left=max(at, each.joined)) if each.left is None else each for each in incident.members
    )
    closed = replace(ticking(incident, at), status=Status.CLOSED, closed=at, recovered=None)
    return replace(closed, members=left, parent=action.into)


def closed(incident: Incident, action: Close, at: datetime) -> Incident | Refusal:
    """Return the incident closed, or what keeps it open."""
    if incident.silent:
        return Refusal.STILL_DOWN
    if incident.service is not None and incident.service.failing is not None:
        return Refusal.STILL_FAILING
    if action.standing not in (None, Standing.PROVEN):
        return Refusal.UNPROVEN
    after = ticking(incident, at)
    return replace(after, status=Status.CLOSED, closed=at, recovered=incident.recovered or at, disputed=None)


RULES: Final[Rules] = {
    Acknowledge: _acknowledge,
    Assign: _assign,
    Grade: _grade,
    Merge: _merge,
    Close: closed,
}
