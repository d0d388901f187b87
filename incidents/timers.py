"""What is due for an incident and when: a function of the incident alone, so nothing can be forgotten."""

from datetime import datetime
from enum import StrEnum

from incidents.ladder import next_call
from incidents.model import Incident
from incidents.policy import Policies


class Due(StrEnum):
    """A kind of timer."""

    ESCALATE = "escalate"
    REMIND = "remind"
    CLOSE = "close"
    SPLIT = "split"
    QUIET = "quiet"


def timers(incident: Incident, policies: Policies) -> dict[Due, datetime]:
    """Return every timer that should run for *incident* as it stands; nobody is called while it is held."""
    due: dict[Due, datetime] = {}
    if not incident.live:
        return due
    if (close := _close(incident, policies)) is not None:
        due[Due.CLOSE] = close
    if (split := _split(incident, policies)) is not None:
        due[Due.SPLIT] = split
    if (quiet := _quiet(incident, policies)) is not None:
        due[Due.QUIET] = quiet
    if (call := next_call(incident, policies)) is not None:
        due[Due.REMIND if call.neglected else Due.ESCALATE] = call.due
    return due


def _close(incident: Incident, policies: Policies) -> datetime | None:
    """Return when it closes by itself: on its unit's word and good probes, or where nobody claimed it.

    Who has the ticket is not asked: that it works is the unit's to say, and a relapse or a later word
    brings the same ticket back.
    """
    if incident.silent:
        return None
    if incident.recovered is None:  # a report alone: the line was good all along
        return incident.confirmed
    unclaimed = incident.recovered + policies.relapse_window
    if incident.confirmed is not None and incident.vouched:
        word = max(incident.confirmed, incident.recovered + policies.proof)
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
    return max(back) + policies.common.settle + incident.idle


def _quiet(incident: Incident, policies: Policies) -> datetime | None:
    """Return when a service's is over: its probe is answered, and nobody says any more that it fails."""
    fault = incident.service
    if fault is None or not fault.probed or fault.failing is not None or incident.suspended is not None:
        return None
    return (fault.heard or incident.opened) + policies.sharing.quiet + incident.idle
