"""Contacts: whom to call at a unit; for private eyes."""

from dataclasses import dataclass

from operations.desk import Act
from storage import postings


@dataclass(frozen=True, slots=True)
class Contacts:
    """A unit with its address, whom the inventory says to call, and its officers with their numbers."""

    unit: str
    address: str | None
    contact: str | None
    people: tuple[tuple[str, str | None], ...]


async def contacts(act: Act, unit: int) -> Contacts:
    """Return whom to call at *unit*."""
    known = act.directory.units[unit]
    officers = await postings.officers_of(act.session, unit)
    return Contacts(
        known.name, known.address, known.contact, tuple((each.name, each.phone) for each in officers)
    )
