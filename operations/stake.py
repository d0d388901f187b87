"""Stake: the tickets in which an officer's units have a part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from incidents.model import Incident
from operations.desk import Act
from storage import incidents, reports
from storage.tables import Person, Report


@dataclass(frozen=True, slots=True)
class Stake:
    """A ticket, and the unit that has a part in it: by its name, by a line or by a report."""

    incident: Incident
    unit: int


def units_of(act: Act, officer: Person) -> tuple[int, ...]:
    """Return the units that the officer speaks for, the own one first."""
    home = officer.unit_id
    if home is None:
        return ()
    below = (unit for unit in act.directory.units if unit != home and act.directory.within(unit, home))
    return (home, *below)


async def stakes(act: Act, officer: Person) -> list[Stake]:
    """Return the officer's tickets that are live or were just closed: live ones first, then by their news."""
    units = units_of(act, officer)
    recent = await incidents.recent(act.session, act.at - act.policies.relapse_window)
    reported = await _reported(act, [each.id for each in recent], units)
    found = [
        Stake(incident, unit)
        for incident in recent
        if (unit := _part(act, incident, units, reported)) is not None
    ]
    return sorted(found, key=_news, reverse=True)


async def _reported(act: Act, numbers: Iterable[int], units: Iterable[int]) -> dict[int, int]:
    """Return a unit of *units* that reported it, by the incident's number."""
    rows = await act.session.exec(
        select(Report.incident_id, Report.unit_id).where(
            col(Report.incident_id).in_(list(numbers)),
            col(Report.unit_id).in_(list(units)),
            reports.stands(),
        )
    )
    return dict(rows.all())


def _part(act: Act, incident: Incident, units: tuple[int, ...], reported: dict[int, int]) -> int | None:
    if incident.unit in units:
        return incident.unit
    lines = {act.directory.channels[member.channel].unit_id for member in incident.members}
    return next((unit for unit in units if unit in lines), reported.get(incident.id))


def _news(stake: Stake) -> tuple[bool, datetime]:
    incident = stake.incident
    times = (incident.waits_since, incident.recovered, incident.closed)
    return incident.live, max(each for each in times if each is not None)
