"""Counting: an incident becomes a case, with what each of its steps took."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from incidents.figures.cases import Case, Times
from incidents.model import Incident
from incidents.span import Span, merged


def cases(incidents: Iterable[Incident], asked: Span) -> Iterator[Case]:
    """Yield the cases opened in *asked*: tickets of lines that did not become a part of another."""
    for incident in incidents:
        if incident.of_lines and not incident.merged and incident.opened in asked:
            yield case(incident)


def case(incident: Incident) -> Case:
    """Return the incident as a case, by what stands on the ticket."""
    began = min((each.joined for each in incident.members), default=None)
    return Case(
        id=incident.id,
        unit=incident.unit,
        opened=incident.opened,
        began=began,
        recovered=incident.recovered,
        closed=incident.closed,
        root=incident.root,
        channels=frozenset(each.channel for each in incident.members),
        severity=incident.severity,
        cause=incident.cause,
        team=incident.assignment.team if incident.assignment else None,
        times=_times(incident, began),
    )


def _times(incident: Incident, began: datetime | None) -> Times:
    given = incident.assignment.at if incident.assignment else None
    return Times(
        detect=_after(began, incident.opened),
        acknowledge=_after(incident.opened, incident.acknowledged),
        assign=_after(incident.opened, given),
        accept=_after(given, incident.assignment.accepted if incident.assignment else None),
        restore=_after(given, incident.recovered, incident.idle),
        lasted=_lasted(incident),
    )


def _after(start: datetime | None, end: datetime | None, idle: timedelta = timedelta()) -> timedelta | None:
    """Return how long after *start* it was, but for *idle*; a step that came before took no time."""
    return None if start is None or end is None else max(end - start - idle, timedelta())


def _lasted(incident: Incident) -> timedelta | None:
    """Return for how long a line of it was out, once all are back; a relapse adds to it."""
    left = [(each.joined, each.left) for each in incident.members if each.left is not None]
    if not left or len(left) < len(incident.members):
        return None
    return sum((each.length for each in merged(Span(*stay) for stay in left)), timedelta())
