"""What may happen to an incident: each action gives a step, or a named refusal; nothing is done here."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from incidents.model import (
    Accept,
    Acknowledge,
    Action,
    Assign,
    Assignment,
    Close,
    Complain,
    Escalate,
    Incident,
    Join,
    Leave,
    Member,
    Status,
)


class Refusal(StrEnum):
    """Why an action changes nothing."""

    CLOSED = "closed"
    TAKEN = "taken"  # by somebody else
    ALREADY = "already"  # by the same person, or to the same team: to them it is a success
    NOT_ASSIGNED = "not_assigned"  # to this team
    STILL_DOWN = "still_down"
    NOTHING_NEW = "nothing_new"


@dataclass(frozen=True, slots=True)
class Step:
    """A change of an incident, not yet written."""

    before: Incident
    after: Incident
    action: Action
    at: datetime

    @property
    def recovers(self) -> bool:
        """Whether the last silent channel answered in this step."""
        return self.before.recovered is None and self.after.recovered is not None

    @property
    def relapses(self) -> bool:
        """Whether a line that was back is silent again."""
        return self.before.recovered is not None and self.after.recovered is None

    @property
    def closes(self) -> bool:
        """Whether the ticket closes in this step."""
        return self.before.live and not self.after.live


@dataclass(frozen=True, slots=True)
class Refused:
    """An action that changes nothing, with the incident as it stands."""

    refusal: Refusal
    incident: Incident


def advance(incident: Incident, action: Action, at: datetime) -> Step | Refused:
    """Return the step that *action* causes at *at*, or the refusal with the incident as it stands."""
    after = _after(incident, action, at)
    if isinstance(after, Refusal):
        return Refused(after, incident)
    return Step(incident, replace(after, version=incident.version + 1), action, at)


def _after(incident: Incident, action: Action, at: datetime) -> Incident | Refusal:
    if isinstance(action, Join):
        return _join(incident, action)
    if not incident.live:
        return Refusal.ALREADY if isinstance(action, Close) else Refusal.CLOSED
    return _while_live(incident, action, at)


def _while_live(incident: Incident, action: Action, at: datetime) -> Incident | Refusal:
    match action:
        case Leave():
            return _leave(incident, action)
        case Complain():
            return incident
        case Acknowledge(by):
            return _acknowledge(incident, by, at)
        case Assign():
            return _assign(incident, action, at)
        case Accept(team=team):
            return _accept(incident, team, at)
        case Close():
            return Refusal.STILL_DOWN if incident.silent else _close(incident, at)
        case Escalate(rung):
            return _escalate(incident, rung)
    raise AssertionError(f"{action} is Join's or no action")


def _join(incident: Incident, action: Join) -> Incident | Refusal:
    new = tuple(dict.fromkeys(channel for channel in action.channels if channel not in incident.silent))
    if not new:
        return Refusal.NOTHING_NEW
    members = (*incident.members, *(Member(channel, action.since) for channel in new))
    after = replace(incident, members=members, root=incident.root or new[0], recovered=None)
    if incident.recovered is not None:  # a relapse: the same ticket, for whoever had it
        status = Status.ACKNOWLEDGED if incident.owner else Status.OPEN
        after = replace(after, status=status, closed=None, escalated=0)
    return after


def _leave(incident: Incident, action: Leave) -> Incident | Refusal:
    leaving = set(action.channels) & set(incident.silent)
    if not leaving:
        return Refusal.NOTHING_NEW
    members = tuple(
        replace(member, left=max(action.since, member.joined))
        if member.left is None and member.channel in leaving
        else member
        for member in incident.members
    )
    after = replace(incident, members=members)
    if after.silent:
        return after
    return replace(after, recovered=max(member.left for member in members if member.left is not None))


def _acknowledge(incident: Incident, by: int, at: datetime) -> Incident | Refusal:
    if incident.owner == by:
        return Refusal.ALREADY
    if incident.owner is not None:
        return Refusal.TAKEN
    return replace(incident, status=Status.ACKNOWLEDGED, owner=by, acknowledged=at)


def _assign(incident: Incident, action: Assign, at: datetime) -> Incident | Refusal:
    if incident.assignment is not None and incident.assignment.team == action.team:
        return Refusal.ALREADY
    assigned = replace(incident, assignment=Assignment(action.team, at))
    if incident.owner is None:  # who hands it out has taken it
        assigned = replace(assigned, status=Status.ACKNOWLEDGED, owner=action.by, acknowledged=at)
    return assigned


def _accept(incident: Incident, team: int, at: datetime) -> Incident | Refusal:
    assignment = incident.assignment
    if assignment is None or assignment.team != team:
        return Refusal.NOT_ASSIGNED
    if assignment.accepted is not None:
        return Refusal.ALREADY
    return replace(incident, assignment=replace(assignment, accepted=at))


def _close(incident: Incident, at: datetime) -> Incident:
    return replace(incident, status=Status.CLOSED, closed=at, recovered=incident.recovered or at)


def _escalate(incident: Incident, rung: int) -> Incident | Refusal:
    if incident.status is not Status.OPEN or rung <= incident.escalated:
        return Refusal.NOTHING_NEW
    return replace(incident, escalated=rung)
