"""Promise: whose word an incident's restoration is, and by when."""

from datetime import datetime, timedelta

from incidents.lifecycle import Step
from incidents.model import Incident
from incidents.sla import Deadline, next_deadline, remaining, restore_within, restored_by
from incidents.sla.warning import promise_timers
from incidents.timers import Due, timers
from operations.desk import Act
from storage.tables import Carrier

TRIFLE = timedelta(minutes=5)  # a promise of hours that moves by less is the same to who waits


def bound_by(act: Act, incident: Incident) -> Carrier | None:
    """Return the carrier whose promise runs: the team's, else the line's."""
    team = act.directory.teams.get(incident.assignment.team) if incident.assignment else None
    root = act.directory.channels.get(incident.root) if incident.root else None
    carrier = team.carrier_id if team else root.carrier_id if root else None
    return act.directory.carriers[carrier] if carrier else None


def accept_in(act: Act, incident: Incident) -> timedelta:
    """Return how long a team has to accept."""
    carrier = bound_by(act, incident)
    if carrier is None or carrier.respond_minutes is None:
        return act.policies.promise.accept
    return timedelta(minutes=carrier.respond_minutes)


def timers_of(act: Act, incident: Incident) -> dict[Due, datetime]:
    """Return what is due for *incident* and when, by what its carrier has promised."""
    due = timers(incident, act.policies, accept_in(act, incident))
    return due | promise_timers(incident, deadline_of(act, incident), act.policies.promise.lead)


def deadline_of(act: Act, incident: Incident) -> Deadline | None:
    """Return the promise that is open now."""
    accept, restore = accept_in(act, incident), restore_in(act, incident)
    return next_deadline(incident, act.policies.promise, accept, restore)


def restore_in(act: Act, incident: Incident) -> timedelta:
    """Return how long the carrier has to restore it: what its teams that had it before have left of it."""
    carrier = bound_by(act, incident)
    minutes = carrier.restore_minutes if carrier else None
    within = restore_within(act.policies.promise, act.directory.units[incident.unit].sla_class, minutes)
    return within if carrier is None else remaining(incident, within, teams_of(act, carrier.id))


def teams_of(act: Act, carrier: int | None) -> set[int]:
    """Return the carrier's teams."""
    return {id_ for id_, team in act.directory.teams.items() if team.carrier_id == carrier}


def restore_by(act: Act, incident: Incident) -> datetime | None:
    """Return when it is promised to be restored; None before a team has it."""
    return restored_by(incident, restore_in(act, incident))


def moved(act: Act, step: Step) -> datetime | None:
    """Return by when it was promised before *step*, where that is another time now; None for a trifle."""
    was, by = restore_by(act, step.before), restore_by(act, step.after)
    if was is None or by is None or step.after.recovered is not None or step.after.suspended is not None:
        return None
    return was if abs(by - was) >= TRIFLE else None
