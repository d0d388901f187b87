"""What may happen to an incident: each action gives a step, or a named refusal; nothing is done here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from incidents.finding import WELL
from incidents.model import (
    Accept,
    Acknowledge,
    Action,
    Answer,
    Assign,
    Assignment,
    Cause,
    Close,
    Complain,
    Deny,
    Escalate,
    Fail,
    Grade,
    Incident,
    Join,
    Leave,
    Member,
    Merge,
    Resume,
    SayPower,
    Status,
    Supplement,
    Suspend,
    Suspension,
)
from incidents.said import Power
from incidents.word import Confirm, Dispute, Reopen, Retract


class Refusal(StrEnum):
    """Why an action changes nothing."""

    CLOSED = "closed"
    TAKEN = "taken"  # by somebody else
    ALREADY = "already"  # by the same person, or to the same team: to them it is a success
    NOT_ASSIGNED = "not_assigned"  # to this team
    STILL_DOWN = "still_down"
    STILL_FAILING = "still_failing"  # the service, by its own probe
    NO_LINE = "no_line"  # it is none of a carrier's
    NOTHING_NEW = "nothing_new"
    FOREIGN = "foreign"  # the incident is none of the unit's


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
        return self.before.recovered is not None and bool(self.after.silent)

    @property
    def contests(self) -> bool:
        """Whether a unit now says that it does not work though its line was back."""
        return self.after.disputed is not None and self.before.disputed is None

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
    if incident.merged or not (incident.live or isinstance(action, Join | Complain | Supplement | Reopen)):
        return Refusal.ALREADY if isinstance(action, Close) else Refusal.CLOSED
    return _RULES[type(action)](incident, action, at)


def _join(incident: Incident, action: Join, _: datetime) -> Incident | Refusal:
    new = tuple(dict.fromkeys(channel for channel in action.channels if channel not in incident.silent))
    if not new:
        return Refusal.NOTHING_NEW
    members = (*incident.members, *(Member(channel, action.since) for channel in new))
    root = incident.root or new[0]
    after = replace(incident, members=members, root=root, recovered=None, confirmed=None, disputed=None)
    if incident.recovered is not None:  # a relapse: the same ticket, for whoever had it
        after = replace(_afresh(after), closed=None, power=(), cause=_without_power(incident.cause))
    return after


def _afresh(incident: Incident) -> Incident:
    """Return the incident as it waits for its owner, or for anybody, from now on."""
    status = Status.ACKNOWLEDGED if incident.owner else Status.OPEN
    return replace(incident, status=status, escalated=0, idle=timedelta())


def _leave(incident: Incident, action: Leave, at: datetime) -> Incident | Refusal:
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
    back = max(member.left for member in members if member.left is not None)
    return replace(_ticking(after, at), recovered=back)


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
    suspended = None if incident.suspended is None else max(incident.suspended, at)
    assignment = Assignment(action.team, at)  # its clocks start now, and may have to stand still
    assigned = replace(incident, assignment=assignment, idle=timedelta(), suspended=suspended)
    if incident.owner is None:  # who hands it out has taken it
        assigned = replace(assigned, status=Status.ACKNOWLEDGED, owner=action.by, acknowledged=at)
    return assigned


def _accept(incident: Incident, action: Accept, at: datetime) -> Incident | Refusal:
    assignment = incident.assignment
    if assignment is None or assignment.team != action.team:
        return Refusal.NOT_ASSIGNED
    if assignment.accepted is not None:
        return Refusal.ALREADY
    return replace(incident, assignment=replace(assignment, accepted=at))


def _close(incident: Incident, _: Close, at: datetime) -> Incident | Refusal:
    if incident.silent:
        return Refusal.STILL_DOWN
    if incident.service is not None and incident.service.failing is not None:
        return Refusal.STILL_FAILING
    after = _ticking(incident, at)
    return replace(after, status=Status.CLOSED, closed=at, recovered=incident.recovered or at, disputed=None)


def _escalate(incident: Incident, action: Escalate, _: datetime) -> Incident | Refusal:
    if incident.status is not Status.OPEN or action.rung <= incident.escalated:
        return Refusal.NOTHING_NEW
    return replace(incident, escalated=action.rung)


def _merge(incident: Incident, action: Merge, at: datetime) -> Incident | Refusal:
    if not incident.of_lines:
        return Refusal.NO_LINE
    if action.into == incident.id:
        return Refusal.NOTHING_NEW
    left = tuple(
        replace(each, left=max(at, each.joined)) if each.left is None else each for each in incident.members
    )
    closed = replace(_ticking(incident, at), status=Status.CLOSED, closed=at, recovered=None)
    return replace(closed, members=left, parent=action.into)


def _suspend(incident: Incident, action: Suspend, at: datetime) -> Incident | Refusal:
    if incident.recovered is not None:  # nothing is owed until it relapses
        return Refusal.NOTHING_NEW
    return _changed(incident, _holding(incident, action.why, at))


def _resume(incident: Incident, action: Resume, at: datetime) -> Incident | Refusal:
    return _changed(incident, _releasing(incident, action.why, at))


def _holding(incident: Incident, why: Suspension, at: datetime) -> Incident:
    return replace(incident, suspensions=incident.suspensions | {why}, suspended=incident.suspended or at)


def _releasing(incident: Incident, why: Suspension, at: datetime) -> Incident:
    suspensions = incident.suspensions - {why}
    return replace(incident, suspensions=suspensions) if suspensions else _ticking(incident, at)


def _ticking(incident: Incident, at: datetime) -> Incident:
    """Return the incident with nothing that holds its clocks from *at* on."""
    if incident.suspended is None:
        return incident
    idle = incident.idle + max(timedelta(), at - incident.suspended)
    return replace(incident, suspensions=frozenset(), suspended=None, idle=idle)


def _fail(incident: Incident, action: Fail, _: datetime) -> Incident | Refusal:
    fault = incident.service
    if fault is None or fault.failing is not None:
        return Refusal.NOTHING_NEW
    return replace(incident, service=replace(fault, probed=True, failing=action.since))


def _answer(incident: Incident, action: Answer, _: datetime) -> Incident | Refusal:
    fault = incident.service
    if fault is None or fault.failing is None:
        return Refusal.NOTHING_NEW
    heard = max(action.since, fault.heard or action.since)
    return replace(incident, service=replace(fault, failing=None, heard=heard))


def _complain(incident: Incident, _: Complain, at: datetime) -> Incident | Refusal:
    if incident.service is None:
        return incident
    return replace(incident, service=replace(incident.service, heard=at))


def _deny(incident: Incident, _: Deny, __: datetime) -> Incident | Refusal:
    return incident


def _supplement(incident: Incident, _: Supplement, __: datetime) -> Incident | Refusal:
    return incident


def _say_power(incident: Incident, action: SayPower, at: datetime) -> Incident | Refusal:
    """Keep the unit's word. It moves cause and clock only where the incident is of that unit alone.

    One unit of many, or one behind a dead uplink, explains nothing but its own silence.
    """
    said = dict(incident.power) | {action.unit: action.power}
    after = replace(incident, power=tuple(sorted(said.items())))
    if after == incident:
        return Refusal.NOTHING_NEW
    if not incident.own(action.unit):
        return after
    if action.power is not Power.OUT:
        return replace(_releasing(after, Suspension.POWER, at), cause=_without_power(incident.cause))
    after = replace(after, cause=incident.cause or Cause.POWER)
    return after if incident.recovered is not None else _holding(after, Suspension.POWER, at)


def _without_power(cause: Cause | None) -> Cause | None:
    return None if cause is Cause.POWER else cause


def _confirm(incident: Incident, action: Confirm, at: datetime) -> Incident | Refusal:
    if not incident.own(action.unit) or action.finding not in WELL:
        return incident  # kept, and no more: others are out with it, or the probes say otherwise
    if incident.vouched:
        return Refusal.ALREADY
    return replace(incident, confirmed=max(at, incident.recovered or at), disputed=None)


def _dispute(incident: Incident, action: Dispute, at: datetime) -> Incident | Refusal:
    if not incident.own(action.unit):
        return incident
    if incident.disputed is not None:
        return Refusal.ALREADY
    after = replace(incident, confirmed=None)
    return after if incident.recovered is None else _contested(after, at)


def _reopen(incident: Incident, _: Reopen, at: datetime) -> Incident | Refusal:
    if incident.live:
        return Refusal.ALREADY
    recovered = incident.recovered if incident.members else None  # no line of a report alone was ever out
    return _contested(replace(incident, closed=None, recovered=recovered, confirmed=None), at)


def _contested(incident: Incident, at: datetime) -> Incident:
    return replace(_afresh(incident), disputed=max(at, incident.recovered or at))


def _retract(incident: Incident, action: Retract, at: datetime) -> Incident | Refusal:
    claimed = incident.owner is not None or incident.assignment is not None
    failing = incident.service is not None and incident.service.failing is not None
    if incident.members or claimed or failing or incident.security or not action.last:
        return incident
    return _close(incident, Close(action.by), at)


def _grade(incident: Incident, action: Grade, _: datetime) -> Incident | Refusal:
    return _changed(incident, replace(incident, severity=action.severity))


def _changed(before: Incident, after: Incident) -> Incident | Refusal:
    return Refusal.NOTHING_NEW if after == before else after


_RULES: Final[Mapping[type, Callable[[Incident, Any, datetime], Incident | Refusal]]] = {
    Join: _join,
    Leave: _leave,
    Fail: _fail,
    Answer: _answer,
    Complain: _complain,
    Supplement: _supplement,
    Deny: _deny,
    SayPower: _say_power,
    Acknowledge: _acknowledge,
    Assign: _assign,
    Accept: _accept,
    Escalate: _escalate,
    Merge: _merge,
    Grade: _grade,
    Suspend: _suspend,
    Resume: _resume,
    Close: _close,
    Confirm: _confirm,
    Dispute: _dispute,
    Reopen: _reopen,
    Retract: _retract,
}
