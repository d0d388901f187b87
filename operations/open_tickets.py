"""Open tickets, what matters most first, each with what a line of a list needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from incidents.model import Incident, Severity
from incidents.sla import Deadline, next_deadline
from operations.desk import Act
from operations.extent import shared_name
from operations.promise import accept_in, restore_in
from storage import people

GRAVITY = {each: place for place, each in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """A ticket with its unit's name and area (of many or of a service: what they share), and who has it."""

    incident: Incident
    name: str
    area: str | None
    owner: str | None
    team: str | None
    deadline: Deadline | None
    overdue: bool


async def open_tickets(act: Act, incidents: Iterable[Incident]) -> list[OpenTicket]:
    """Return *incidents* as a list has them: what is overdue, then what nobody took, what is back last."""
    found = list(incidents)
    names = await people.by_ids(act.session, [each.owner for each in found if each.owner])
    tickets = [_ticket(act, each, names[each.owner].name if each.owner else None) for each in found]
    return sorted(tickets, key=_rank)


def _rank(ticket: OpenTicket) -> tuple[bool, bool, bool, int, datetime]:
    incident = ticket.incident
    return (
        incident.settled,
        not ticket.overdue,
        incident.owner is not None,
        GRAVITY[incident.severity],
        incident.waits_since,
    )


def _ticket(act: Act, incident: Incident, owner: str | None) -> OpenTicket:
    deadline = next_deadline(
        incident, act.policies.promise, accept_in(act, incident), restore_in(act, incident)
    )
    name, area = _name(act, incident)
    return OpenTicket(
        incident=incident,
        name=name,
        area=area,
        owner=owner,
        team=act.directory.teams[incident.assignment.team].name if incident.assignment else None,
        deadline=deadline,
        overdue=deadline is not None and deadline.by < act.at,
    )


def _name(act: Act, incident: Incident) -> tuple[str, str | None]:
    if incident.service is not None:
        return act.directory.services[incident.service.of].name, None
    if incident.wide is not None:
        return shared_name(act, incident), None
    area = act.directory.area(incident.unit)
    return act.directory.units[incident.unit].name, area.name if area else None
