"""The ladder: which rung is called next for a ticket that waits, and when."""

from dataclasses import dataclass
from datetime import datetime

from incidents.model import Incident, Status
from incidents.policy import Policies


@dataclass(frozen=True, slots=True)
class Call:
    """The rung that is next, counted from 1; *neglected*: somebody took the ticket, and did nothing since."""

    rung: int
    due: datetime
    neglected: bool


def next_call(incident: Incident, policies: Policies) -> Call | None:
    """Return whom to call next and when; None once nothing is owed, while it is held or muted, or at the top.

    It is climbed from the bottom until somebody takes the ticket, and again if the ticket is then neglected.
    """
    ladder, rung = policies.ladder, incident.escalated
    if not incident.live or incident.settled or incident.held or incident.muted or rung >= len(ladder):
        return None
    if incident.status is Status.OPEN:
        return Call(rung + 1, incident.waits_since + ladder[rung].after + incident.idle, False)
    if (since := _neglected_since(incident)) is None:
        return None
    wait = policies.neglect + ladder[rung].after - ladder[0].after
    return Call(rung + 1, since + wait, True)


def _neglected_since(incident: Incident) -> datetime | None:
    """Return since when nothing was done about a ticket that is taken and with no team, or None."""
    if incident.tended is None or incident.assignment is not None or not incident.of_lines:
        return None
    return max(incident.tended, incident.waits_since)
