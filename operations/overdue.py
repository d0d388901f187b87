"""Overdue: the open tickets that are past a promise, by whose it is; nothing is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from incidents.model import Incident, Severity
from incidents.owed import Owed
from operations.desk import Act
from operations.promise import bound_by, deadline_of

OURS = (Owed.ACKNOWLEDGE, Owed.ASSIGN)


@dataclass(frozen=True, slots=True)
class Late:
    """A ticket with the promise it is past: *by* how long, and whether its clock stands still meanwhile."""

    incident: Incident
    unit: str
    team: str | None
    carrier: str | None  # None: it is ours
    owed: Owed
    by: timedelta
    paused: bool


def overdue(act: Act, live: Iterable[Incident]) -> Sequence[Late]:
    """Return those of *live* that are past a promise: most of a carrier first, of those the gravest."""
    found = [late for incident in live if (late := _late(act, incident)) is not None]
    counts: dict[str | None, int] = {}
    for each in found:
        counts[each.carrier] = counts.get(each.carrier, 0) + 1
    grave = list(Severity)
    return sorted(
        found,
        key=lambda each: (
            -counts[each.carrier],
            each.carrier or "",
            grave.index(each.incident.severity),
            -each.by,
        ),
    )


def _late(act: Act, incident: Incident) -> Late | None:
    if incident.settled:
        return None
    deadline = deadline_of(act, incident)
    if deadline is not None and deadline.by <= act.at:
        owed, since = deadline.owed, deadline.by
    elif deadline is None and incident.breaches and incident.suspensions:
        owed, since = incident.breaches[-1].owed, incident.breaches[-1].by
    else:
        return None
    carrier = None if owed in OURS else bound_by(act, incident)
    team = act.directory.teams.get(incident.assignment.team) if incident.assignment else None
    return Late(
        incident=incident,
        unit=act.directory.units[incident.unit].name,
        team=team.name if team else None,
        carrier=carrier.name if carrier else None,
        owed=owed,
        by=act.at - since,
        paused=deadline is None,
    )
