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
    """The desk hands it to a field team of the carrier.

    *seen* is the team it was with when the desk looked, 0 for none; None: whichever that was.
    """

    by: int
    team: int
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """It matters more, or less, than was thought."""

    by: int
    severity: Severity


@dataclass(frozen=True, slots=True)
class Merge:
    """It turns out to be a part of another incident, which its channels join.

    *by* is None where a rule found it out. *reports* and *added* are the numbers of what was written of it
    and followed.
    """

    into: int
    by: int | None = None
    reports: tuple[int, ...] = ()
    added: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Close:
    """Somebody closes it; *by* is None when it closes itself.

    *standing* is what the probes said of it, None where they have no say.
    """

    by: int | None
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Somebody of the desk writes down what others are to know."""

    by: int
    words: str


@dataclass(frozen=True, slots=True)
class Refer:
    """The desk reports it upward, to the leaders."""

    by: int
    words: str


def _acknowledge(incident: Incident, action: Acknowledge, at: datetime) -> Incident | Refusal:
    if incident.owner == action.by:
        return Refusal.ALREADY
    if incident.owner is not None:
        return Refusal.TAKEN
    return replace(incident, status=Status.ACKNOWLEDGED, owner=action.by, acknowledged=at)


def _assign(incident: Incident, action: Assign, at: datetime) -> Incident | Refusal:
    if not incident.of_lines:
        return Refusal.NO_LINE
    holder = incident.assignment.team if incident.assignment else None
    if holder == action.team:
        return Refusal.ALREADY
    if holder is not None and action.seen not in (None, holder):
        return Refusal.HANDED
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


def _kept(incident: Incident, _: Note | Refer, __: datetime) -> Incident | Refusal:
    return incident


RULES: Final[Rules] = {
    Acknowledge: _acknowledge,
    Assign: _assign,
    Grade: _grade,
    Merge: _merge,
    Close: closed,
    Note: _kept,
    Refer: _kept,
}
