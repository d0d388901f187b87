"""Enrol: a person comes in by an invitation, once; the unit and the desk are told in the same transaction."""

from dataclasses import dataclass
from enum import StrEnum

from incidents.roles import Role, Room
from locales.folding import tidy
from operations.announce import Notice, rooms_of, tell
from operations.desk import Act, Desk
from operations.invite import PREFIX
from operations.journal import note
from operations.relieve import DESK, end_posting
from storage import invitations, people, postings
from storage.letters import Address
from storage.tables import Invitation, Person, Posting

LONGEST_NAME = 100


class How(StrEnum):
    """What became of who was let in."""

    NEW = "new"
    ADDED = "added"  # an officer already, of one unit more now
    MOVED = "moved"  # of another role now


class NotEnrolled(StrEnum):
    """Why an invitation lets somebody not in."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    USED = "used"
    WITHDRAWN = "withdrawn"  # who made it may no longer, or its unit is gone
    LOCKED = "locked"
    ELSEWHERE = "elsewhere"  # of another role already, and it takes an administrator's link to change that
    ADMINISTRATOR = "administrator"  # no link changes an administrator, who would lock everybody out


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Who came in; *news* is false where nothing had to change."""

    person: Person
    news: bool


async def enrol(desk: Desk, payload: str, telegram_id: int, name: str) -> Enrolled | NotEnrolled:
    """Let the account in as the invitation says, or return why not.

    An officer is given the unit beside those he has: that takes nothing from anybody, so the desk's link will
    do. Another role than before is given by an administrator's invitation only; an account that is locked
    stays locked, and an administrator stays one, whatever the link.
    """
    if not payload.startswith(PREFIX):
        return NotEnrolled.UNKNOWN
    async with desk.act() as act:
        invitation = await invitations.by_token(act.session, payload.removeprefix(PREFIX))
        person = await people.by_telegram(act.session, telegram_id)
        if invitation is None:
            return NotEnrolled.UNKNOWN
        if person is not None and person.locked_at is not None:
            return NotEnrolled.LOCKED
        if person is not None and await _is_as_said(act, person, invitation):
            return Enrolled(person, news=False)
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
    if person is None or person.role == invitation.role == Role.OFFICER:
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


async def _is_as_said(act: Act, person: Person, invitation: Invitation) -> bool:
    if person.role != invitation.role:
        return False
    if person.role != Role.OFFICER:
        return (person.unit_id, person.team_id) == (invitation.unit_id, invitation.team_id)
    assert person.id is not None
    assert invitation.unit_id is not None
    replaced = await _replaced(act, invitation)
    return replaced is None and await postings.present(act.session, person.id, invitation.unit_id) is not None


async def _replaced(act: Act, invitation: Invitation) -> Posting | None:
    """Return the posting that the invitation is to end and that has not ended yet."""
    if invitation.replaces_id is None:
        return None
    posting = await act.session.get(Posting, invitation.replaces_id)
    return posting if posting is not None and posting.until is None else None


async def _let_in(
    act: Act, invitation: Invitation, person: Person | None, telegram_id: int, name: str
) -> Person:
    how = How.NEW if person is None else How.ADDED if person.role == invitation.role else How.MOVED
    person = person or Person(telegram_id=telegram_id, name=kept_name(name, telegram_id), role="")
    officer = invitation.role == Role.OFFICER
    person.role, person.team_id = invitation.role, invitation.team_id
    person.unit_id = None if officer else invitation.unit_id
    act.session.add(person)
    await act.session.flush()
    assert person.id is not None
    await invitations.mark_used(act.session, invitation, person.id, act.at)
    note(act, "enrolled", invitation.made_by, about=person.id, unit=invitation.unit_id, role=person.role)
    if officer:
        await _tell_officers(act, invitation, person, how, await _post(act, invitation, person))
    else:
        await postings.end_all(act.session, person.id, act.at, invitation.made_by)
        await _tell_staff(act, invitation, person, how)
    return person


async def _post(act: Act, invitation: Invitation, person: Person) -> str | None:
    """Make the person the unit's officer; return whom that replaces, if anybody."""
    assert person.id is not None
    assert invitation.unit_id is not None
    await postings.begin(act.session, person.id, invitation.unit_id, act.at, invitation.made_by)
    replaced = await _replaced(act, invitation)
    if replaced is None or replaced.person_id == person.id:
        return None
    await end_posting(act, replaced, invitation.made_by)
    old = await act.session.get(Person, replaced.person_id)
    assert old is not None
    return old.name


def kept_name(name: str, telegram_id: int) -> str:
    """Return a name as it is kept: what an account calls itself may be anything, or nothing to be seen."""
    return tidy(name)[:LONGEST_NAME] or str(telegram_id)


async def _tell_staff(act: Act, invitation: Invitation, person: Person, how: How) -> None:
    team = act.directory.teams.get(person.team_id or 0)
    data = await _news(act, invitation, person, how, team.name if team else None)
    desk = await rooms_of(act, Room.ONCALL, invitation.unit_id)
    await tell(act, desk, Notice("enrolled", data), key=f"enrolled:{invitation.id}")


async def _tell_officers(
    act: Act, invitation: Invitation, person: Person, how: How, replaced: str | None
) -> None:
    """Tell the unit's other officers and the desk, so that a stranger with a stray link is noticed."""
    assert invitation.unit_id is not None
    data = await _news(act, invitation, person, how, None) | {"replaced": replaced}
    key = f"enrolled:{invitation.id}"
    here = await postings.at_units(act.session, [invitation.unit_id])
    others = [(posting.id, each.name) for posting, each in here if each.id != person.id]
    desk = await rooms_of(act, Room.ONCALL, invitation.unit_id)
    await tell(act, desk, Notice("enrolled", data | {"others": others}), key=key)
    officers = await postings.officers_of(act.session, invitation.unit_id)
    colleagues = [Address(each.telegram_id) for each in officers if each.id != person.id]
    await tell(act, colleagues, Notice("enrolled", data), key=key)


async def _news(
    act: Act, invitation: Invitation, person: Person, how: How, team: str | None
) -> dict[str, str | None]:
    unit = act.directory.units.get(invitation.unit_id or 0)
    maker = None if invitation.made_by is None else await act.session.get(Person, invitation.made_by)
    return {
        "person": person.name,
        "role": person.role,
        "place": unit.name if unit else team,
        "by": maker.name if maker else None,
        "how": how,
    }
