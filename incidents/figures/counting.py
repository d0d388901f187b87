"""Counting: an incident and the clock of its timeline become a case."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from incidents.figures.cases import Case, Clocks, Kept, Times
from incidents.model import Incident
from incidents.owed import Breach, Owed
from incidents.sla import Clock, Part
from incidents.span import Span, merged


def counts(incident: Incident, asked: Span) -> bool:
    """Return whether it is a case of *asked*: a ticket of lines, opened then, and no part of another."""
    return incident.of_lines and not incident.merged and incident.opened in asked


def case(incident: Incident, clock: Clock) -> Case:
    """Return the incident as a case."""
    return Case(
        id=incident.id,
        unit=incident.unit,
        opened=incident.opened,
        began=min((each.joined for each in incident.members), default=None),
        recovered=incident.recovered,
        closed=incident.closed,
        root=incident.root,
        channels=frozenset(each.channel for each in incident.members),
        severity=incident.severity,
        cause=clock.cause or incident.cause,
        team=next(reversed(clock.teams), None),
        times=_times(incident, clock),
        clocks=Clocks(
            ours=clock.ours.counted,
            paused=clock.total.paused,
            carrier=clock.carriers().counted,
            agreed=clock.agreed() if clock.decisions else None,
        ),
        promises=tuple(_promises(clock)),
        disputed=bool(clock.decisions) or incident.objection is not None,
    )


def _times(incident: Incident, clock: Clock) -> Times:
    def took(part: Part, done: datetime | None) -> timedelta | None:
        return None if done is None else clock.part(part).counted

    had = clock.assigned is not None and clock.restored is not None
    return Times(
        detect=took(Part.DETECT, clock.detected) if incident.members else None,
        acknowledge=took(Part.ACKNOWLEDGE, clock.acknowledged),
        assign=took(Part.ASSIGN, clock.assigned),
        accept=took(Part.ACCEPT, clock.accepted),
        arrive=took(Part.ARRIVE, clock.arrived),
        restore=clock.carriers().counted if had else None,
        lasted=_lasted(incident),
    )


def _promises(clock: Clock) -> Iterator[Kept]:
    """Yield each promise that was kept or broken; what is still open is neither."""
    broken = {each.owed: each for each in clock.breaches if not _made_good(each, clock)}
    last = next(reversed(clock.teams), None)
    done = {
        Owed.ACKNOWLEDGE: (clock.acknowledged, None),
        Owed.ASSIGN: (clock.assigned, None),
        Owed.ACCEPT: (clock.accepted, last),
        Owed.RESTORE: (clock.restored if last is not None else None, last),
    }
    for owed, (at, team) in done.items():
        breach = broken.get(owed)
        if breach is not None:
            yield Kept(owed, breach.by, at, breach.team)
        elif at is not None:
            yield Kept(owed, None, at, team)


def _made_good(breach: Breach, clock: Clock) -> bool:
    """Return whether what two people took off the team's clock makes it as if the promise was kept."""
    if breach.owed is not Owed.RESTORE or clock.restored is None:
        return False
    off = sum((each.off for each in clock.decisions if each.team == breach.team), timedelta())
    return off > timedelta() and clock.restored - breach.by <= off


def _lasted(incident: Incident) -> timedelta | None:
    """Return for how long a line of it was out, once all are back; a relapse adds to it."""
    left = [(each.joined, each.left) for each in incident.members if each.left is not None]
    if not left or len(left) < len(incident.members):
        return None
    return sum((each.length for each in merged(Span(*stay) for stay in left)), timedelta())
