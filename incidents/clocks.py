"""How an incident's clocks are made to stand still, and set going again."""

from dataclasses import replace
from datetime import datetime, timedelta

from incidents.model import Incident, Status, Suspension


def holding(incident: Incident, why: Suspension, at: datetime) -> Incident:
    """Return the incident with its clocks held for *why* from *at* on, if nothing held them before."""
    return replace(incident, suspensions=incident.suspensions | {why}, suspended=incident.suspended or at)


def releasing(incident: Incident, why: Suspension, at: datetime) -> Incident:
    """Return the incident no longer held for *why*; its clocks go on if nothing else holds them."""
    suspensions = incident.suspensions - {why}
    return replace(incident, suspensions=suspensions) if suspensions else ticking(incident, at)


def ticking(incident: Incident, at: datetime) -> Incident:
    """Return the incident with nothing that holds its clocks from *at* on."""
    if incident.suspended is None:
        return incident
    idle = incident.idle + max(timedelta(), at - incident.suspended)
    return replace(incident, suspensions=frozenset(), suspended=None, idle=idle)


def afresh(incident: Incident) -> Incident:
    """Return the incident as it waits for its owner, or for anybody, from now on."""
    status = Status.ACKNOWLEDGED if incident.owner else Status.OPEN
    return replace(incident, status=status, escalated=0, idle=timedelta())
