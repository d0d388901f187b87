"""Entrust: an administrator says who somebody is to be from now on; the desk and the person are told."""

from dataclasses import dataclass
from typing import Any
from zlib import crc32

from incidents.entrusting import Charge, Unfit
from incidents.entrusting import entrust as decide
from incidents.roles import Role, Room
from operations.announce import Notice, rooms_of, tell
from operations.desk import Act, Desk
from operations.journal import note
from operations.relieve import end_posting
from storage import postings
from storage.letters import Address
from storage.tables import Person


@dataclass(frozen=True, slots=True)
class Proposal:
    """A person with the charge of now and the one to come; *stamp* is of the one of now."""

    person: Person
    before: Charge
    after: Charge

    @property
    def stamp(self) -> int:
        """Return a number that is another one as soon as the person's charge is."""
        return crc32(repr((self.before.role, sorted(self.before.units), self.before.team)).encode())


async def propose(act: Act, person: Person, after: Charge, by: int) -> Proposal | Unfit:
    """Return what would become of *person*, or why nothing; nothing is written."""
    before = charge_of(act, person)
    decided = decide(before, after, oneself=person.id == by, locked=person.locked_at is not None)
    return decided if isinstance(decided, Unfit) else Proposal(person, before, decided)


async def entrust(desk: Desk, person_id: int, after: Charge, stamp: int, by: int) -> Proposal | Unfit | None:
    """Give the charge as the administrator *by* wishes; None where it is no longer as it was shown."""
    async with desk.act() as act:
        person, maker = await act.session.get(Person, person_id), await act.session.get(Person, by)
        if maker is None or maker.locked_at is not None or maker.role != Role.ADMIN or person is None:
            return None
        proposal = await propose(act, person, after, by)
        if isinstance(proposal, Unfit):
            return proposal
        if proposal.stamp != stamp or not _places_exist(act, after):
            return None
        await _write(act, proposal, by)
        data = {"person": person.name, **told(act, proposal), "by": maker.name}
        scope = next(iter(sorted(after.units)), None)
        await tell(act, await rooms_of(act, Room.ONCALL, scope), Notice("entrusted", data))
        await tell(act, [Address(person.telegram_id)], Notice("entrusted", data))
        return proposal


def charge_of(act: Act, person: Person) -> Charge:
    """Return who *person* is now."""
    if person.role == Role.OFFICER:
        own = {unit.id for unit in act.directory.units_of(person.id or 0) if unit.id is not None}
        return Charge(Role.OFFICER, frozenset(own))
    if person.role == Role.TEAM:
        return Charge(Role.TEAM, team=person.team_id)
    return Charge(Role(person.role), frozenset({person.unit_id or act.directory.top}))


def told(act: Act, proposal: Proposal) -> dict[str, str]:
    """Return the roles and places of before and after, as plain values."""
    return {
        "role_before": proposal.before.role,
        "place_before": place_of(act, proposal.before),
        "role": proposal.after.role,
        "place": place_of(act, proposal.after),
    }


def place_of(act: Act, charge: Charge) -> str:
    """Return the names of what the charge is held in."""
    if charge.team is not None:
        return act.directory.teams[charge.team].name
    return ", ".join(act.directory.units[unit].name for unit in sorted(charge.units))


async def _write(act: Act, proposal: Proposal, by: int) -> None:
    person, before, after = proposal.person, proposal.before, proposal.after
    assert person.id is not None
    kept = after.units if after.role is Role.OFFICER else frozenset[int]()
    for unit in before.units - kept if before.role is Role.OFFICER else ():
        posting = await postings.present(act.session, person.id, unit)
        if posting is not None:
            await end_posting(act, posting, by)
    person.role, person.team_id = after.role, after.team
    staff = after.role not in (Role.OFFICER, Role.TEAM)
    person.unit_id = next(iter(after.units)) if staff else None
    act.session.add(person)
    for unit in kept:
        await postings.begin(act.session, person.id, unit, act.at, by)
    changed: dict[str, Any] = dict(told(act, proposal))
    note(act, "entrusted", by, about=person.id, **changed)


def _places_exist(act: Act, charge: Charge) -> bool:
    units = all(
        unit in act.directory.units and act.directory.units[unit].retired_at is None for unit in charge.units
    )
    return units and (charge.team is None or charge.team in act.directory.teams)
