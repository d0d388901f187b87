"""What it does to a ticket that a unit says it still does not work."""

from collections.abc import Collection
from datetime import datetime, timedelta

from incidents.actions import Dispute, Reopen
from incidents.model import Incident


def heard(
    incident: Incident, unit: int, lines: Collection[int], at: datetime, window: timedelta
) -> type[Dispute] | type[Reopen] | None:
    """Return what the word of *unit* does to the ticket at *at*; None where it is a report of its own.

    *lines* are the unit's channels, *window* how long after its closing the same ticket opens again. One
    ticket of many is no place for what a single unit whose line is back still misses.
    """
    own = incident.own(unit)
    if incident.live:
        return Dispute if own or not set(lines).isdisjoint(incident.silent) else None
    recent = incident.closed is not None and incident.closed >= at - window
    return Reopen if own and recent and not incident.merged else None
