"""Hearing: which officers speak for a unit, and who hears of a ticket."""

from sqlmodel import select

from incidents.roles import Role
from operations.desk import Act
from storage import postings
from storage.tables import Person, Report, Unit


def units_of(act: Act, person: Person) -> tuple[Unit, ...]:
    """Return the units that *person* is an officer of; nobody else has any."""
    if person.role != Role.OFFICER or person.id is None:
        return ()
    return act.directory.units_of(person.id)


async def hearers(act: Act, incident: int, unit: int | None = None) -> list[Person]:
    """Return the officers who hear of the ticket, or of them those who do for *unit*.

    That is whoever reported it. For one who speaks for the unit no longer, its officers of now do.
    """
    wanted = select(Report.person_id, Report.unit_id).where(Report.incident_id == incident)
    if unit is not None:
        wanted = wanted.where(Report.unit_id == unit)
    found: dict[int | None, Person] = {}
    for reporter, place in (await act.session.exec(wanted.distinct())).all():
        officers = await postings.officers_of(act.session, place)
        own = [each for each in officers if each.id == reporter]
        found |= {each.id: each for each in own or officers}
    return list(found.values())
