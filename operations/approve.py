"""Approve: the desk lets somebody in who asked for it, or refuses; whoever asked is told either way."""

from dataclasses import dataclass
from enum import StrEnum

from incidents.roles import Role
from operations.announce import Notice, tell
from operations.desk import Act, Desk
from operations.journal import note
from operations.relieve import oversees
from storage import people, postings
from storage.letters import Address
from storage.tables import Person, Registration


class NotDecided(StrEnum):
    """Why nothing is decided."""

    UNKNOWN = "unknown"
    NOT_YOURS = "not_yours"
    EXPIRED = "expired"
    DECIDED = "decided"  # somebody was first
    MOOT = "moot"  # the account came in another way since, is locked, or the unit is gone


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a registration: *account* is whose it was, *outcome* approved or refused."""

    account: int
    person: str
    unit: str
    outcome: str


async def decide(desk: Desk, registration_id: int, by: int, *, let_in: bool) -> Decided | NotDecided:
    """Let in or refuse whoever asked, as the person *by* wishes, whose right to is checked at the act."""
    async with desk.act() as act:
        row = await act.session.get(Registration, registration_id)
        if row is None or row.unit_id is None:
            return NotDecided.UNKNOWN
        if why := await _refusal(act, row, by):
            return why
        person = await people.by_telegram(act.session, row.telegram_id)
        if let_in and not _may_come_in(act, row, person):
            return NotDecided.MOOT
        row.settled, row.decided_by = act.at, by
        row.outcome = "approved" if let_in else "refused"
        act.session.add(row)
        if let_in:
            await _let_in(act, row, person, by)
        else:
            note(act, "refused", by, unit=row.unit_id, name=row.name)
        unit = act.directory.units[row.unit_id].name
        told = Notice(row.outcome, {"unit": unit})
        await tell(act, [Address(row.telegram_id)], told, key=f"decided:{row.id}", asked=True)
        return Decided(row.telegram_id, row.name, unit, row.outcome)


async def _refusal(act: Act, row: Registration, by: int) -> NotDecided | None:
    maker = await act.session.get(Person, by)
    assert maker is not None
    assert row.unit_id is not None
    if not oversees(act, maker, row.unit_id):
        return NotDecided.NOT_YOURS
    if row.outcome in ("approved", "refused"):
        return NotDecided.DECIDED
    return NotDecided.EXPIRED if row.settled is not None or row.expires <= act.at else None


def _may_come_in(act: Act, row: Registration, person: Person | None) -> bool:
    if act.directory.units[row.unit_id or 0].retired_at is not None:
        return False
    return person is None or (person.locked_at is None and person.role == Role.OFFICER)


async def _let_in(act: Act, row: Registration, person: Person | None, by: int) -> None:
    """Make the account the unit's officer, and tell its other officers."""
    person = person or Person(telegram_id=row.telegram_id, name=row.name, role=Role.OFFICER)
    person.phone = row.phone
    act.session.add(person)
    await act.session.flush()
    assert person.id is not None
    assert row.unit_id is not None
    await postings.begin(act.session, person.id, row.unit_id, act.at, by)
    note(act, "approved", by, about=person.id, unit=row.unit_id)
    maker = await act.session.get(Person, by)
    assert maker is not None
    data = {
        "person": person.name,
        "role": person.role,
        "place": act.directory.units[row.unit_id].name,
        "by": maker.name,
        "how": "approved",
    }
    officers = await postings.officers_of(act.session, row.unit_id)
    wheres = [Address(each.telegram_id) for each in officers if each.id != person.id]
    await tell(act, wheres, Notice("enrolled", data), key=f"approved:{row.id}")
