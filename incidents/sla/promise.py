"""The next promise of an incident: who owes what by when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from incidents.model import Incident
from incidents.owed import Owed
from incidents.policy import Promise


@dataclass(frozen=True, slots=True)
class Deadline:
    """A promise with its hour."""

    owed: Owed
    by: datetime


def restore_within(promise: Promise, sla_class: str | None, carrier_minutes: int | None) -> timedelta:
    """Return the time to restore: the unit's SLA class goes before the carrier's default."""
    if sla_class in promise.restore:
        return promise.restore[sla_class]
    return promise.restore_otherwise if carrier_minutes is None else timedelta(minutes=carrier_minutes)


def next_deadline(
    incident: Incident, promise: Promise, accept: timedelta, restore: timedelta
) -> Deadline | None:
    """Return the promise that is open now; the carrier's clock starts at the assignment.

    It moves on by the time that the clocks stood still. None once the line is back, the ticket is closed or
    the clock that would run is held. Where the line is back and the unit says that it does not work, the desk
    owes an answer, and the carrier nothing.
    """
    if not incident.live or incident.settled or incident.held:
        return None
    idle = incident.idle
    if incident.assignment is None:
        began = incident.waits_since
        if incident.acknowledged is None:
            return Deadline(Owed.ACKNOWLEDGE, began + promise.acknowledge + idle)
        if not incident.of_lines:  # no team can be handed it
            return None
        return Deadline(Owed.ASSIGN, began + promise.assign + idle)
    if incident.suspensions or incident.recovered is not None:
        return None
    if incident.assignment.accepted is None:
        return Deadline(Owed.ACCEPT, incident.assignment.at + accept + incident.assignment.idle)
    return Deadline(Owed.RESTORE, incident.assignment.at + restore + incident.assignment.idle)


def restored_by(incident: Incident, restore: timedelta) -> datetime | None:
    """Return when the line is promised to be back, as far as is known: None before a team has the job."""
    job = incident.assignment
    return job.at + restore + job.idle if job else None


def remaining(incident: Incident, restore: timedelta, teams: Collection[int]) -> timedelta:
    """Return what is left of a carrier's time to *restore* where its *teams* had the job before."""
    return restore - sum((took for team, took in incident.spent if team in teams), timedelta())
