"""The gate: role, chat and unit, checked at every act."""

from dataclasses import dataclass
from enum import StrEnum

from bot.orders import Order
from incidents.roles import Role, Room
from operations.desk import Act
from operations.hearing import units_of
from storage import people, postings
from storage.tables import Person

DESK = frozenset({Role.ONCALL, Role.ADMIN})
READERS = DESK | {Role.LEADER}
EVERYONE = frozenset(Role)

# Whose orders are heard in which group; anyone enrolled may speak in private.
HEARD_IN: dict[str, frozenset[Role]] = {
    Room.ONCALL: READERS,
    Room.TEAM: frozenset({Role.TEAM}),
    Room.LEADERS: READERS,
}


class Denial(StrEnum):
    """Why an order is not carried out."""

    NOT_ENROLLED = "not_enrolled"
    FOREIGN = "foreign"  # somebody unknown in a group that is none of ours: not even an answer
    FORMER = "former"  # an officer whose last posting has ended
    LOCKED = "locked"
    ROLE = "role"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who came in, and what the chat they speak in is for; *room* is None in private."""

    person: Person
    room: Room | None

    @property
    def role(self) -> Role:
        """The person's role."""
        return Role(self.person.role)


async def admit(act: Act, order: Order, roles: frozenset[Role]) -> Visitor | Denial:
    """Return who gives *order*, if one of *roles* may give it in this chat."""
    person = await people.by_telegram(act.session, order.sender)
    if person is None:
        return Denial.NOT_ENROLLED if order.private or await _is_ours(act, order) else Denial.FOREIGN
    if person.locked_at is not None:
        return Denial.LOCKED
    if await former_unit(act, person) is not None:
        return Denial.FORMER
    if person.role not in roles:
        return Denial.ROLE
    if order.private:
        return Visitor(person, None)
    chat = await people.chat(act.session, order.where.chat, order.where.topic)
    if chat is None or person.role not in HEARD_IN[chat.role]:
        return Denial.CHAT
    if chat.role == Room.TEAM and _team_of(act, order) != person.team_id:
        return Denial.CHAT
    return Visitor(person, Room(chat.role))


def may_touch(act: Act, person: Person, unit: int, team: int | None = None) -> bool:
    """Return whether *unit* is *person*'s to deal with: by the tree, or as the team that has the job."""
    if person.role == Role.TEAM:
        return team is not None and team == person.team_id
    if person.role == Role.OFFICER:
        return any(act.directory.within(unit, own.id) for own in units_of(act, person))
    return act.directory.within(unit, person.unit_id)


async def former_unit(act: Act, person: Person) -> str | None:
    """Return the unit that *person* was the officer of last, if they are no unit's any more."""
    if person.role != Role.OFFICER or units_of(act, person):
        return None
    assert person.id is not None
    last = await postings.last_ended(act.session, person.id)
    return act.directory.units[last.unit_id].name if last else None


async def _is_ours(act: Act, order: Order) -> bool:
    return await people.chat(act.session, order.where.chat, order.where.topic) is not None


def _team_of(act: Act, order: Order) -> int | None:
    return next((id_ for id_, team in act.directory.teams.items() if team.chat_id == order.where.chat), None)
