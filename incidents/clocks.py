"""How an incident's clocks are made to stand still, and set going again, so that no card must count.

Whoever has it is credited with the time for which their clock stood still: the team, or else the desk. The
clock of incidents/sla comes to the same from the timeline.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from incidents.model import Assignment, Incident, Status, Suspension


def holding(incident: Incident, why: Suspension, at: datetime) -> Incident:
    """Return the incident with its clocks held for *why* from *at* on, beside what held them before."""
    if why in incident.suspensions:
        return incident
    known = credited(incident, at)
    return replace(known, suspensions=known.suspensions | {why}, suspended=known.suspended or at)


def releasing(incident: Incident, why: Suspension, at: datetime) -> Incident:
    """Return the incident no longer held for *why*; its clocks go on if nothing else holds them."""
    if why not in incident.suspensions:
        return incident
    known = credited(incident, at)
    suspensions = known.suspensions - {why}
    return replace(known, suspensions=suspensions, suspended=known.suspended if suspensions else None)


def ticking(incident: Incident, at: datetime) -> Incident:
    """Return the incident with nothing that holds its clocks, or hinders its team, from *at* on."""
    return replace(credited(incident, at), suspensions=frozenset(), suspended=None, hindrance=None)


def afresh(incident: Incident) -> Incident:
    """Return the incident as it waits for its owner, or for anybody, from now on."""
    status = Status.ACKNOWLEDGED if incident.owner else Status.OPEN
    return replace(incident, status=status, escalated=0, idle=timedelta())


def resumed(incident: Incident, at: datetime) -> Incident:
    """Return the incident with the time for which its line was back, until *at*, not counted for its team."""
    if incident.assignment is None or incident.recovered is None:
        return incident
    return _more_idle(incident, incident.assignment, at - max(incident.recovered, incident.assignment.at))


def handed(incident: Incident, team: int, at: datetime) -> Incident:
    """Return the incident as *team* has it from *at* on; what held the desk's clock holds the team's now."""
    known = _relieved(credited(incident, at), at)
    return replace(known, assignment=Assignment(team, at))


def handed_back(incident: Incident, at: datetime) -> Incident:
    """Return the incident as the desk has it again: what a team had is not the desk's time."""
    known = _relieved(credited(incident, at), at)
    return replace(known, assignment=None)


def credited(incident: Incident, at: datetime) -> Incident:
    """Return the incident with the time for which its clocks stand still counted up to *at*."""
    if incident.suspended is None:
        return incident
    passed = max(timedelta(), at - incident.suspended)
    counted = replace(incident, suspended=max(at, incident.suspended))
    if incident.assignment is not None:
        return _more_idle(counted, incident.assignment, passed)
    return replace(counted, idle=incident.idle + passed) if incident.held else counted


def _relieved(incident: Incident, at: datetime) -> Incident:
    """Return the incident as its team loses it: what counted is kept, and its hindrance is nobody else's."""
    job = incident.assignment
    if job is None:
        return incident
    end = at if incident.recovered is None else incident.recovered
    spent = dict(incident.spent)
    spent[job.team] = spent.get(job.team, timedelta()) + max(timedelta(), end - job.at - job.idle)
    suspensions = incident.suspensions - {Suspension.FIELD}
    return replace(
        incident,
        idle=incident.idle + _had(incident, job, at),
        spent=tuple(sorted(spent.items())),
        suspensions=suspensions,
        suspended=incident.suspended if suspensions else None,
        hindrance=None,
    )


def _had(incident: Incident, job: Assignment, at: datetime) -> timedelta:
    """Return how long the team had it since the desk's clock was set; what is contested is the desk's."""
    if incident.disputed is not None:
        return timedelta()
    return max(timedelta(), at - max(job.at, incident.waits_since))


def _more_idle(incident: Incident, job: Assignment, passed: timedelta) -> Incident:
    return replace(incident, assignment=replace(job, idle=job.idle + max(timedelta(), passed)))
