"""Enrol: a person comes in by an invitation, once; the unit and the desk are told in the same transaction."""

from dataclasses import dataclass
from enum import StrEnum

from incidents.roles import Role, Room
from locales.folding import tidy
from operations.announce import Notice, rooms_of, tell
from operations.desk import Act, Desk
from operations.invite import PREFIX
from storage import invitations, people
from storage.letters import Address
from storage.tables import Invitation, Person

LONGEST_NAME = 100
DESK = frozenset({Role.ONCALL, Role.ADMIN})  # whose invitations hold


class NotEnrolled(StrEnum):
    """Why an invitation lets somebody not in."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    USED = "used"
    WITHDRAWN = "withdrawn"  # who made it may no longer, or its unit is gone
    LOCKED = "locked"
    ELSEWHERE = "elsewhere"  # enrolled already, and it takes an administrator's link to change that
    ADMINISTRATOR = "administrator"  # no link changes an administrator, who would lock everybody out


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Who came in; *news* is false where nothing had to change."""

    person: Person
    news: bool


async def enrol(desk: Desk, payload: str, telegram_id: int, name: str) -> Enrolled | NotEnrolled:
    """Let the account in as the invitation says, or return why not.

    An account that is enrolled already is moved by an administrator's invitation only; one that is locked
    stays locked, and an administrator stays one, whatever the link.
    """
    if not payload.startswith(PREFIX):
        return NotEnrolled.UNKNOWN
    async with desk.act() as act:
        invitation = await invitations.by_token(act.session, payload.removeprefix(PREFIX))
        person = await people.by_telegram(act.session, telegram_id)
        if invitation is None:
            return NotEnrolled.UNKNOWN
        if person is not None and (person.locked_at is not None or _is_as_said(person, invitation)):
            return NotEnrolled.LOCKED if person.locked_at is not None else Enrolled(person, news=False)
        if why := await _refusal(act, invitation, person):
            return why
        return Enrolled(await _let_in(act, invitation, person, telegram_id, name), news=True)


async def _refusal(act: Act, invitation: Invitation, person: Person | None) -> NotEnrolled | None:
    if invitation.used_at is not None:
        return NotEnrolled.USED
    if invitation.expires <= act.at:
        return NotEnrolled.EXPIRED
    maker = None if invitation.made_by is None else await act.session.get(Person, invitation.made_by)
    if not _holds(act, invitation, maker):
        return NotEnrolled.WITHDRAWN
    if person is None:
        return None
    if person.role == Role.ADMIN:
        return NotEnrolled.ADMINISTRATOR
    return None if maker is None or maker.role == Role.ADMIN else NotEnrolled.ELSEWHERE


def _holds(act: Act, invitation: Invitation, maker: Person | None) -> bool:
    """Whether its maker could make it today, and its place is still there."""
    if maker is not None and (maker.locked_at is not None or maker.role not in DESK):
        return False
    if maker is not None and maker.role != Role.ADMIN and invitation.role != Role.OFFICER:
        return False
    unit = act.directory.units.get(invitation.unit_id or 0)
    if invitation.unit_id is not None and (unit is None or unit.retired_at is not None):
        return False
    return maker is None or act.directory.within(invitation.unit_id, maker.unit_id)


def _is_as_said(person: Person, invitation: Invitation) -> bool:
    return (person.role, person.unit_id, person.team_id) == (
        invitation.role,
        invitation.unit_id,
        invitation.team_id,
    )


async def _let_in(
    act: Act, invitation: Invitation, person: Person | None, telegram_id: int, name: str
) -> Person:
    moved = person is not None
    called = tidy(name)[:LONGEST_NAME] or str(telegram_id)
    person = person or Person(telegram_id=telegram_id, name=called, role=invitation.role)
    person.role = invitation.role
    person.unit_id, person.team_id = invitation.unit_id, invitation.team_id
    act.session.add(person)
    await act.session.flush()
    assert person.id is not None
    await invitations.mark_used(act.session, invitation, person.id, act.at)
    await _tell(act, invitation, person, moved=moved)
    return person


async def _tell(act: Act, invitation: Invitation, person: Person, *, moved: bool) -> None:
    """Tell the unit's other officers and the desk, so that a stranger with a stray link is noticed."""
    unit, team = act.directory.units.get(person.unit_id or 0), act.directory.teams.get(person.team_id or 0)
    maker = None if invitation.made_by is None else await act.session.get(Person, invitation.made_by)
    data = {
        "person": person.name,
        "role": person.role,
        "place": unit.name if unit else team.name if team else None,
        "by": maker.name if maker else None,
        "moved": moved,
    }
    wheres = await rooms_of(act, Room.ONCALL, person.unit_id)
    wheres += [
        Address(each.telegram_id)
        for each in await people.with_role(act.session, Role.OFFICER)
        if person.role == Role.OFFICER and each.unit_id == person.unit_id and each.id != person.id
    ]
    await tell(act, wheres, Notice("enrolled", data), key=f"enrolled:{invitation.id}")
