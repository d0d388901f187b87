"""What is due for an incident and when: a function of the incident alone, so nothing can be forgotten."""

from datetime import datetime, timedelta
from enum import StrEnum

from incidents.actions import Action, Close, EndPause, Escalate, Lapse
from incidents.model import Incident, Status
from incidents.policy import Policies


class Due(StrEnum):
    """A kind of timer."""

    ESCALATE = "escalate"
    CLOSE = "close"
    SPLIT = "split"
    QUIET = "quiet"
    ACCEPT = "accept"
    UNPAUSE = "unpause"
    MISS = "miss"
    WARN = "warn"


def timers(incident: Incident, policies: Policies, accept: timedelta | None = None) -> dict[Due, datetime]:
    """Return every timer that should run for *incident* as it stands; nobody is called while it is held.

    *accept* is how long its team has to accept, where its carrier promises another time than the usual one.
    """
    due: dict[Due, datetime] = {}
    if not incident.live:
        return due
    if (close := _close(incident, policies)) is not None:
        due[Due.CLOSE] = close
    if (split := _split(incident, policies)) is not None:
        due[Due.SPLIT] = split
    if (quiet := _quiet(incident, policies)) is not None:
        due[Due.QUIET] = quiet
    if (lapse := _lapse(incident, policies.promise.accept if accept is None else accept)) is not None:
        due[Due.ACCEPT] = lapse
    if incident.hindrance is not None and incident.hindrance.until is not None:
        due[Due.UNPAUSE] = incident.hindrance.until
    waits = incident.status is Status.OPEN and not incident.settled and not incident.held
    if waits and incident.escalated < len(policies.ladder):
        due[Due.ESCALATE] = incident.waits_since + policies.ladder[incident.escalated].after + incident.idle
    return due


def deed(incident: Incident, kind: Due) -> Action:
    """Return what is done to *incident* once *kind* is due; a split is done to many."""
    job = incident.assignment
    if kind is Due.ACCEPT and job is not None:
        return Lapse(job.team)
    if kind is Due.UNPAUSE and incident.hindrance is not None:
        return EndPause(None, incident.hindrance.until)
    return Escalate(incident.escalated + 1) if kind is Due.ESCALATE else Close(None)


def _close(incident: Incident, policies: Policies) -> datetime | None:
    """Return when it closes by itself: on a word that good probes bear out, or where nobody has it.

    The word is its unit's or its team's. Who has the ticket is not asked: a relapse or a later word brings
    the same ticket back. One that has relapsed often must have been back for longer.
    """
    if incident.silent:
        return None
    if incident.recovered is None:  # a report alone: the line was good all along
        return incident.confirmed
    restless = incident.relapses >= policies.evidence.relapses
    held = incident.recovered + (policies.evidence.steady if restless else timedelta())
    unclaimed = max(incident.recovered + policies.relapse_window, held)
    claim = incident.assignment.claim if incident.assignment else None
    if claim is not None and claim.proven is not None and incident.settled:
        return claim.proven
    if incident.confirmed is not None and incident.vouched:
        word = max(incident.confirmed, incident.recovered + policies.proof, held)
        return word if incident.owner else min(word, unclaimed)
    return unclaimed if incident.owner is None and incident.settled else None


def _split(incident: Incident, policies: Policies) -> datetime | None:
    """Return when what is left of a wide incident goes its own ways: its cause is over once most are back."""
    if incident.wide is None or not incident.silent or incident.suspended is not None:
        return None
    back = [member.left for member in incident.members if member.left is not None]
    ever = {member.channel for member in incident.members}
    if not back or len(ever) - len(incident.silent) < policies.common.over * len(ever):
        return None
    return max(back) + policies.common.settle + incident.still


def _lapse(incident: Incident, accept: timedelta) -> datetime | None:
    """Return when the desk is called because its team has not accepted."""
    job = incident.assignment
    if job is None or job.accepted is not None or job.lapsed is not None:
        return None
    if incident.suspended is not None or incident.recovered is not None:
        return None
    return job.at + accept + job.idle


def _quiet(incident: Incident, policies: Policies) -> datetime | None:
    """Return when a service's is over: its probe is answered, and nobody says any more that it fails."""
    fault = incident.service
    if fault is None or not fault.probed or fault.failing is not None or incident.suspended is not None:
        return None
    return (fault.heard or incident.opened) + policies.sharing.quiet + incident.still
