"""Lock: an account is heard and told nothing from now on, until it is unlocked."""

from enum import StrEnum

from incidents.roles import Role, Room
from operations.announce import Notice, rooms_of, tell
from operations.desk import Act, Desk
from operations.journal import note
from storage import letters
from storage.letters import Address
from storage.tables import Person


class NotLocked(StrEnum):
    """Why an account stays as it is."""

    UNKNOWN = "unknown"
    ONESELF = "oneself"  # and so there is always an administrator left
    NOT_ALLOWED = "not_allowed"  # whoever asks is an administrator no longer


async def lock(desk: Desk, person_id: int, by: int) -> Person | NotLocked:
    """Lock the account, drop what waits to be told to it, and tell the desk."""
    async with desk.act() as act:
        person = await _meant(act, person_id, by)
        if isinstance(person, Person) and person.locked_at is None:
            person.locked_at = act.at
            act.session.add(person)
            await letters.drop(act.session, Address(person.telegram_id), act.at)
            note(act, "locked", by, about=person.id)
            await _tell(act, "locked", person, by)
        return person


async def unlock(desk: Desk, person_id: int, by: int) -> Person | NotLocked:
    """Let the account in again, as who it was, and tell the desk."""
    async with desk.act() as act:
        person = await _meant(act, person_id, by)
        if isinstance(person, Person) and person.locked_at is not None:
            person.locked_at = None
            act.session.add(person)
            note(act, "unlocked", by, about=person.id)
            await _tell(act, "unlocked", person, by)
        return person


async def _meant(act: Act, person_id: int, by: int) -> Person | NotLocked:
    person, maker = await act.session.get(Person, person_id), await act.session.get(Person, by)
    if maker is None or maker.locked_at is not None or maker.role != Role.ADMIN:
        return NotLocked.NOT_ALLOWED
    if person is None:
        return NotLocked.UNKNOWN
    return NotLocked.ONESELF if person_id == by else person


async def _tell(act: Act, name: str, person: Person, by: int) -> None:
    maker = await act.session.get(Person, by)
    assert maker is not None
    own = act.directory.units_of(person.id or 0)
    scope = own[0].id if own else person.unit_id
    data = {"person": person.name, "role": person.role, "by": maker.name}
    await tell(act, await rooms_of(act, Room.ONCALL, scope), Notice(name, data))
