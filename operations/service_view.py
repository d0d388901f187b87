"""A service as a card shows it: who answers for it, and how many units of which areas say that it fails."""

from collections import Counter
from dataclasses import dataclass

from incidents.model import Incident
from locales.collation import sort_key
from operations.desk import Act
from storage import reports


@dataclass(frozen=True, slots=True)
class ServiceView:
    """A service that fails; *areas* counts the units that say so."""

    name: str
    owner: str | None  # a person or a group, or else the unit
    contact: str | None
    units: int
    areas: tuple[tuple[str, int], ...]  # the most first


async def service_view(act: Act, incident: Incident) -> ServiceView | None:
    """Return the service that *incident* is of, or None."""
    if incident.service is None:
        return None
    service = act.directory.services[incident.service.of]
    unit = act.directory.units.get(service.unit_id or 0)
    units = await reports.units(act.session, incident.id)
    areas = Counter(act.directory.table_area(each) for each in units)
    return ServiceView(
        name=service.name,
        owner=service.owner or (unit.name if unit else None),
        contact=service.contact,
        units=len(units),
        areas=tuple(sorted(areas.items(), key=lambda each: (-each[1], sort_key(each[0])))),
    )
