"""Belonging: which incident a report is of, the present one or one of the time it was written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from incidents.finding import Finding
from incidents.model import Incident, Member
from operations.desk import Act
from storage import incidents

NEAR = timedelta(minutes=5)  # one writes a little before we are sure, or after it is over


@dataclass(frozen=True, slots=True)
class Past:
    """An outage of the unit that is over, with the incident it was of."""

    incident: Incident
    began: datetime
    back: datetime


async def present(act: Act, unit: int, finding: Finding) -> Incident | None:
    """Return the live incident that a report of *unit* belongs to.

    The one that holds the unit's line, then the unit's own, then its uplink's. One that has recovered is
    none: who says that it still does not work is to ring, and begins a ticket of the own.
    """
    live = await incidents.live(act.session)
    channels = set(act.directory.channels_of(unit))
    above = {act.directory.channels[channel].uplink_id for channel in channels}
    if finding is not Finding.UPLINK_DOWN:
        above = set()
    rules: tuple[Callable[[Incident], object], ...] = (
        lambda each: channels & set(each.silent),
        lambda each: each.unit == unit and each.recovered is None and each.of_lines,
        lambda each: above & set(each.silent),
    )
    return next((each for rule in rules for each in live if rule(each)), None)


async def past(act: Act, unit: int, said: datetime) -> Past | None:
    """Return the newest outage of *unit* at the time *said* that is over by now, or None."""
    lines = set(act.directory.channels_of(unit))
    found = [
        Past(incident, member.joined, member.left)
        for incident in await incidents.between(act.session, said - NEAR, said + NEAR)
        if not incident.merged and lines.isdisjoint(incident.silent)
        for member in incident.members
        if member.left is not None and member.channel in lines and _near(member, said)
    ]
    return max(found, key=lambda each: each.back, default=None)


def _near(member: Member, said: datetime) -> bool:
    assert member.left is not None
    return member.joined - NEAR <= said <= member.left + NEAR
