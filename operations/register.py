"""Register: somebody unknown says who they are, step by step, and the desk is asked to let them in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from incidents.roles import Role, Room
from operations.announce import Notice, rooms_of, tell
from operations.desk import Act, Desk
from operations.enrol import kept_name
from operations.look import area_of
from storage import people, registrations
from storage.letters import Address
from storage.tables import Registration, Unit

ANSWERING = timedelta(hours=1)  # within which the questions are answered
DECIDING = timedelta(days=3)  # within which the desk decides
TRIES = 5  # words and contacts that are no answer
WEEK = timedelta(days=7)
OF_ACCOUNT = 5  # begun in a week
OPEN = 100  # at once, of all accounts
WAITING = 20  # at once, for the desk to decide: a crowd of strangers must not fill its room
LONGEST_NUMBER = 20


class Stage(StrEnum):
    """What is asked of somebody, or that the desk is."""

    CONTACT = "contact"
    UNIT = "unit"
    WAITING = "waiting"


class NotRegistered(StrEnum):
    """Why it goes no further."""

    NOT_BEGUN = "not_begun"
    FOREIGN = "foreign"  # the contact of somebody else, or one that was forwarded
    NO_ANSWER = "no_answer"
    GIVEN_UP = "given_up"  # too many that were no answer
    OFTEN = "often"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody has come; *unit* and *until* once the desk is asked."""

    stage: Stage
    unit: str | None
    until: datetime


async def begin(desk: Desk, telegram_id: int, name: str) -> Standing | NotRegistered:
    """Begin, or go on where it was left."""
    async with desk.act() as act:
        await registrations.expire(act.session, act.at)
        row = await registrations.open_of(act.session, telegram_id)
        if row is not None:
            return _standing(act, row)
        if await registrations.begun_since(act.session, telegram_id, act.at - WEEK) >= OF_ACCOUNT:
            return NotRegistered.OFTEN
        if await _full(act):
            return NotRegistered.FULL
        row = Registration(
            telegram_id=telegram_id,
            name=kept_name(name, telegram_id),
            begun=act.at,
            expires=act.at + ANSWERING,
        )
        act.session.add(row)
        return _standing(act, row)


async def standing(act: Act, telegram_id: int) -> Standing | None:
    """Return how far the account has come, or None where it has begun nothing."""
    row = await registrations.open_of(act.session, telegram_id)
    return None if row is None or row.expires <= act.at else _standing(act, row)


async def take_contact(
    desk: Desk, telegram_id: int, owner: int | None, phone: str
) -> Standing | NotRegistered:
    """Keep the number of the account's *owner*, which must be the account itself."""
    async with desk.act() as act:
        row = await _open(act, telegram_id)
        if row is None or row.phone is not None:
            return NotRegistered.NOT_BEGUN if row is None else _standing(act, row)
        number = "".join(each for each in phone if each in "+0123456789")[:LONGEST_NUMBER]
        if owner != telegram_id or not number:
            return _miss(act, row, NotRegistered.FOREIGN)
        row.phone = number
        act.session.add(row)
        return _standing(act, row)


async def miss(desk: Desk, telegram_id: int) -> NotRegistered:
    """Count what was no answer; after some of them it is given up."""
    async with desk.act() as act:
        row = await _open(act, telegram_id)
        return NotRegistered.NOT_BEGUN if row is None else _miss(act, row, NotRegistered.NO_ANSWER)


async def take_unit(desk: Desk, telegram_id: int, unit: Unit) -> Standing | NotRegistered:
    """Keep the unit and ask the desk: its room for the unit, or where there is none the administrators."""
    async with desk.act() as act:
        row = await _open(act, telegram_id)
        if row is None or row.phone is None:
            return NotRegistered.NOT_BEGUN if row is None else _standing(act, row)
        if row.asked is not None:
            return _standing(act, row)
        if len(await registrations.waiting(act.session, act.at)) >= WAITING:
            return NotRegistered.FULL
        row.unit_id, row.asked, row.expires = unit.id, act.at, act.at + DECIDING
        act.session.add(row)
        await _ask(act, row, unit)
        return _standing(act, row)


async def _ask(act: Act, row: Registration, unit: Unit) -> None:
    data = {"registration": row.id, "person": row.name, "unit": unit.name, "area": area_of(act, unit)}
    wheres = await rooms_of(act, Room.ONCALL, unit.id)
    if not wheres:
        administrators = await people.with_role(act.session, Role.ADMIN)
        wheres = [Address(each.telegram_id) for each in administrators]
    await tell(act, wheres, Notice("registration", data), key=f"registration:{row.id}")


async def _open(act: Act, telegram_id: int) -> Registration | None:
    await registrations.expire(act.session, act.at)
    return await registrations.open_of(act.session, telegram_id)


async def _full(act: Act) -> bool:
    waiting = await registrations.waiting(act.session, act.at)
    return len(waiting) >= WAITING or await registrations.open_count(act.session) >= OPEN


def _miss(act: Act, row: Registration, why: NotRegistered) -> NotRegistered:
    row.tries += 1
    act.session.add(row)
    if row.tries < TRIES:
        return why
    row.settled, row.outcome = act.at, "given_up"
    return NotRegistered.GIVEN_UP


def _standing(act: Act, row: Registration) -> Standing:
    if row.phone is None:
        return Standing(Stage.CONTACT, None, row.expires)
    if row.asked is None:
        return Standing(Stage.UNIT, None, row.expires)
    return Standing(Stage.WAITING, act.directory.units[row.unit_id or 0].name, row.expires)
