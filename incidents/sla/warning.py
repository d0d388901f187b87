"""When to warn of a promise, and when to mark it as broken."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from incidents.model import Incident
from incidents.owed import Breach, Owed
from incidents.sla.promise import Deadline
from incidents.timers import Due


def promise_timers(
    incident: Incident, deadline: Deadline | None, leads: Mapping[str, timedelta]
) -> dict[Due, datetime]:
    """Return when the open promise is warned of, so long before, and when it is broken; each once.

    A promise that is shorter than twice its lead is warned of at its half, one without a lead not at all.
    That nobody has taken a ticket is the ladder's to call for.
    """
    if (
        deadline is None
        or deadline.owed is Owed.ACKNOWLEDGE
        or breach(incident, deadline) in incident.breaches
    ):
        return {}
    due = {Due.MISS: deadline.by}
    lead = leads.get(deadline.owed)
    if lead is not None and incident.warned != deadline.by:
        began = incident.assignment.at if incident.assignment else incident.waits_since
        due[Due.WARN] = max(deadline.by - lead, began + (deadline.by - began) / 2)
    return due


def breach(incident: Incident, deadline: Deadline) -> Breach:
    """Return the mark of *deadline* as broken by whoever has *incident*."""
    team = incident.assignment.team if incident.assignment else None
    return Breach(deadline.owed, deadline.by, team)
