"""Invite: make a link that lets one person in, once, with the role and the place it names."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from incidents.roles import Role
from operations.desk import Act
from operations.journal import note
from storage.invitations import token_hash
from storage.tables import Invitation

PREFIX = "moi-"  # what kind of payload it is: other deep links may come
BYTES = 24  # 32 characters: a payload may have 64 of A-Z a-z 0-9 _ -
LIFE = timedelta(days=7)


class InvitationError(ValueError):
    """An invitation that cannot be made; the sentence says what is missing."""


@dataclass(frozen=True, slots=True)
class Place:
    """Who somebody is to be: a role, and the unit or the team it is held in."""

    role: Role
    unit: int | None = None
    team: int | None = None


@dataclass(frozen=True, slots=True)
class Invited:
    """What to hand over: the payload is said once and kept nowhere."""

    payload: str
    expires: datetime


async def invite(
    act: Act, place: Place, by: int | None, life: timedelta = LIFE, replaces: int | None = None
) -> Invited:
    """Make an invitation within an open act; *by* is None at the command line.

    *replaces* is the posting that ends when the invitation is used.
    """
    _insist(place)
    token = token_urlsafe(BYTES)
    expires = act.at + life
    act.session.add(
        Invitation(
            token_hash=token_hash(token),
            role=place.role,
            unit_id=place.unit,
            team_id=place.team,
            replaces_id=replaces,
            expires=expires,
            made_at=act.at,
            made_by=by,
        )
    )
    note(act, "invited", by, unit=place.unit, role=place.role)
    await act.session.flush()
    return Invited(PREFIX + token, expires)


def link(bot: str, payload: str) -> str:
    """Return the deep link that opens *bot* and hands it *payload*."""
    return f"https://t.me/{bot}?start={payload}"


def _insist(place: Place) -> None:
    if place.role is Role.OFFICER and place.unit is None:
        raise InvitationError("an officer needs a unit: expected --unit CODE")
    if place.role is Role.TEAM and (place.team is None or place.unit is not None):
        raise InvitationError("a field team's member needs a team and no unit: expected --team CODE")
    if place.role is not Role.TEAM and place.team is not None:
        raise InvitationError("only a field team's member has a team: expected --role doi with --team")
