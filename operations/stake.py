"""Stake: the tickets in which an officer's units have a part."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from incidents.model import Incident
from operations.desk import Act
from operations.hearing import ids_of, units_of
from storage import incidents, reports
from storage.tables import Person, Report


@dataclass(frozen=True, slots=True)
class Stake:
    """A ticket, and the unit that has a part in it: by its name, by a line or by a report."""

    incident: Incident
    unit: int


def reach(act: Act, officer: Person) -> tuple[int, ...]:
    """Return the units that the officer speaks for: the own ones first, then what is below them."""
    own = ids_of(units_of(act, officer))
    within = act.directory.within
    below = (unit for unit in act.directory.units if any(within(unit, each) for each in own))
    return tuple(dict.fromkeys((*own, *below)))


async def stakes(act: Act, officer: Person) -> list[Stake]:
    """Return the officer's tickets that are live or were just closed: live ones first, then by their news."""
    recent = await incidents.recent(act.session, act.at - act.policies.relapse_window)
    return sorted(await _of(act, recent, reach(act, officer)), key=_news, reverse=True)


async def stake(act: Act, officer: Person, number: int, unit: int | None = None) -> Stake | None:
    """Return the ticket with this number, if the officer's *unit*, or any of theirs, has a part in it."""
    incident = await incidents.find(act.session, number)
    units = tuple(each for each in reach(act, officer) if unit in (None, each))
    found = await _of(act, [incident] if incident else [], units)
    return found[0] if found else None


async def _of(act: Act, known: Sequence[Incident], units: tuple[int, ...]) -> list[Stake]:
    reported = await _reported(act, [each.id for each in known], units)
    parts = {each: _part(act, each, units, reported) for each in known}
    return [Stake(incident, unit) for incident, unit in parts.items() if unit is not None]


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
