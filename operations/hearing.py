"""Hearing: which officers speak for a unit, and who hears of a ticket."""

from collections.abc import Iterable

from sqlmodel import select

from incidents.roles import Role
from operations.desk import Act
from storage import postings, reports
from storage.tables import Person, Report, Unit


def units_of(act: Act, person: Person) -> tuple[Unit, ...]:
    """Return the units that *person* is an officer of; nobody else has any."""
    if person.role != Role.OFFICER or person.id is None:
        return ()
    return act.directory.units_of(person.id)


def ids_of(units: Iterable[Unit]) -> tuple[int, ...]:
    """Return the ids of *units*."""
    return tuple(unit.id for unit in units if unit.id is not None)


def home_of(act: Act, person: Person) -> int | None:
    """Return the unit near which a name is looked for: an officer's first, or what staff deal with."""
    own = units_of(act, person)
    return own[0].id if own else person.unit_id


async def hearers(act: Act, incident: int, unit: int | None = None) -> list[Person]:
    """Return the officers who hear of the ticket, or of them those who do for *unit*.

    That is whoever reported it and waits. For one who does not speak for the unit, or does no longer, its
    officers of now hear.
    """
    wanted = select(Report.person_id, Report.unit_id).where(Report.incident_id == incident, reports.stands())
    if unit is not None:
        wanted = wanted.where(Report.unit_id == unit)
    found: dict[int | None, Person] = {}
    for reporter, place in (await act.session.exec(wanted.distinct())).all():
        person = await act.session.get(Person, reporter)
        own = [person] if person is not None and await _speaks_for(act, person, place) else []
        found |= {each.id: each for each in own or await postings.officers_of(act.session, place)}
    return list(found.values())


async def _speaks_for(act: Act, person: Person, unit: int) -> bool:
    """Return whether *person* is an officer of the unit or of one above it, as the postings are now."""
    if person.role != Role.OFFICER or person.locked_at is not None or person.id is None:
        return False
    own = await postings.units_of(act.session, person.id)
    return any(act.directory.within(unit, each) for each in own)
