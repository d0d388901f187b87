"""What is due for an incident and when: a function of the incident alone, so nothing can be forgotten."""

from datetime import datetime
from enum import StrEnum

from incidents.model import Incident, Status
from incidents.policy import Policies


class Due(StrEnum):
    """A kind of timer."""

    ESCALATE = "escalate"
    CLOSE = "close"


def timers(incident: Incident, policies: Policies) -> dict[Due, datetime]:
    """Return every timer that should run for *incident* as it stands."""
    due: dict[Due, datetime] = {}
    if not incident.live:
        return due
    if incident.recovered is not None and incident.owner is None:
        due[Due.CLOSE] = incident.recovered + policies.relapse_window
    waits = incident.status is Status.OPEN and incident.recovered is None
    if waits and incident.escalated < len(policies.ladder):
        began = max(incident.opened, incident.began or incident.opened)  # a relapse counts afresh
        due[Due.ESCALATE] = began + policies.ladder[incident.escalated].after
    return due
