"""Broadcast: an administrator's words to the officers of many units, seen before they go, counted after."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import col, select

from incidents.roles import Role
from intents.masking import mask_addresses
from operations.announce import Notice, tell
from operations.desk import Act, Desk
from operations.journal import note
from storage import postings
from storage.letters import Address
from storage.tables import Broadcast, Letter, Person

KEY = "broadcast"


class NotSent(StrEnum):
    """Why an announcement does not go."""

    UNKNOWN = "unknown"
    NOT_YOURS = "not_yours"
    EXPIRED = "expired"
    DROPPED = "dropped"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an announcement reaches, and how many of the units have nobody to read it."""

    units: int
    officers: tuple[Person, ...]
    without: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """How many letters of an announcement have arrived, have failed and still wait; and whose failed."""

    sent: int
    failed: int
    waiting: int
    missed: tuple[int, ...]  # accounts


async def draft(desk: Desk, by: int, words: str, unit: int | None, source: str, *, urgent: bool) -> Broadcast:
    """Keep an announcement that has not been sent; told twice, it is kept once."""
    async with desk.act() as act:
        known = await act.session.exec(select(Broadcast).where(Broadcast.source == source))
        if (row := known.one_or_none()) is not None:
            return row
        row = Broadcast(
            person_id=by, at=act.at, unit_id=unit, urgent=urgent, words=mask_addresses(words), source=source
        )
        act.session.add(row)
        await act.session.flush()
        return row


async def audience(act: Act, unit: int | None) -> Audience:
    """Return whom an announcement to *unit* with all below it reaches: officers of units with a channel."""
    units = [
        id_
        for id_, each in act.directory.units.items()
        if each.retired_at is None and act.directory.channels_of(id_) and act.directory.within(id_, unit)
    ]
    posted = await postings.at_units(act.session, units)
    heard = [(posting.unit_id, person) for posting, person in posted if _hears(person)]
    officers = {person.id: person for _, person in heard}
    reached = {unit for unit, _ in heard}
    return Audience(len(units), tuple(officers.values()), len(units) - len(reached))


async def send(desk: Desk, number: int, by: int) -> Broadcast | NotSent:
    """Send the announcement: by night it waits for the morning, unless it is urgent. Twice is once."""
    async with desk.act() as act:
        row, maker = await act.session.get(Broadcast, number), await act.session.get(Person, by)
        if row is None or maker is None:
            return NotSent.UNKNOWN
        if row.sent is not None:
            return row
        if (why := _refusal(act, row, maker)) is not None:
            return why
        heard = await audience(act, row.unit_id)
        if not heard.officers:
            return NotSent.NOBODY
        row.sent = act.at
        act.session.add(row)
        note(act, "broadcast", by, unit=row.unit_id, number=row.id)
        wheres = [Address(each.telegram_id) for each in heard.officers]
        notice = Notice("broadcast", {"words": row.words, "urgent": row.urgent})
        await tell(act, wheres, notice, key=f"{KEY}:{row.id}", asked=row.urgent)
        return row


async def drop(desk: Desk, number: int, by: int) -> Broadcast | NotSent:
    """Throw the announcement away before it is sent."""
    async with desk.act() as act:
        row, maker = await act.session.get(Broadcast, number), await act.session.get(Person, by)
        if row is None or maker is None:
            return NotSent.UNKNOWN
        if (why := _refusal(act, row, maker)) is not None:
            return why
        if row.sent is None:
            row.dropped = act.at
            act.session.add(row)
        return row


async def delivery(act: Act, number: int) -> Delivery:
    """Return how far the announcement has come."""
    begins = col(Letter.key).startswith(f"{KEY}:{number}:", autoescape=True)
    rows: Sequence[Letter] = (await act.session.exec(select(Letter).where(begins))).all()
    fates = Counter(_fate(row) for row in rows)
    missed = tuple(row.chat for row in rows if _fate(row) == "failed")
    return Delivery(fates["sent"], fates["failed"], fates["waiting"], missed)


def _fate(row: Letter) -> str:
    if row.settled is None:
        return "waiting"
    return "sent" if row.outcome == "sent" else "failed"


def _hears(person: Person) -> bool:
    return person.locked_at is None and person.role == Role.OFFICER


def _refusal(act: Act, row: Broadcast, maker: Person) -> NotSent | None:
    if maker.locked_at is not None or maker.role != Role.ADMIN or maker.id != row.person_id:
        return NotSent.NOT_YOURS
    if row.dropped is not None:
        return NotSent.DROPPED
    return NotSent.EXPIRED if act.at - row.at > act.policies.question_lives and row.sent is None else None
