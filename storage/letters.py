"""The outbox: letters posted in the transaction that decides them, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import directory
from storage.tables import Card, Chat, Letter, Team

MEDIA = "media"  # the kind of a letter that shows an attachment
ONCE = "once"  # the kind of a letter with a secret in it: forgotten as soon as it is settled

# Answers to questions hold people's words, and Telegram repeats no update after a day: they go soonest.
# The others tell for a month what was sent; whether a key was posted is asked within a day or two.
ANSWERS_KEPT = timedelta(days=1)
LETTERS_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a letter goes: one chat of one transport, and a topic in it (0: the chat itself)."""

    chat: int
    topic: int = 0
    transport: str = "telegram"

    @property
    def is_group(self) -> bool:
        """Whether several people read there: Telegram counts groups below zero."""
        return self.chat < 0


def address(letter: Letter | Card | Chat) -> Address:
    """Return the address written on a row."""
    return Address(letter.chat, letter.topic, letter.transport)


def keyed(key: str, where: Address) -> str:
    """Return *key* made unique to one address."""
    return f"{key}:{where.transport}:{where.chat}:{where.topic}"


async def post(session: AsyncSession, letter: Letter) -> None:
    """Put *letter* into the outbox, unless its key is known or the same redraw waits there already."""
    if letter.key is not None and await known(session, letter.key):
        return
    if letter.kind == "card" and await _ask_again(session, letter):
        return
    session.add(letter)
    await session.flush()


async def supersede(session: AsyncSession, letter: Letter, at: datetime) -> None:
    """Let go of what was put off till after *at* for the address and the incident of *letter* before it."""
    if letter.id is None or letter.incident_id is None:
        return
    for earlier in await waiting_at(session, address(letter)):
        put_off = earlier.due is not None and earlier.due > at and not earlier.attempts
        if put_off and earlier.incident_id == letter.incident_id and (earlier.id or 0) < letter.id:
            await settle(session, earlier, at, "superseded")


async def known(session: AsyncSession, key: str) -> bool:
    """Return whether a letter with this key was ever posted."""
    return (await session.exec(select(Letter.id).where(Letter.key == key))).first() is not None


async def begun(session: AsyncSession, key: str) -> bool:
    """Return whether a letter with this key was ever posted to any address."""
    found = select(Letter.id).where(col(Letter.key).startswith(f"{key}:", autoescape=True)).limit(1)
    return (await session.exec(found)).first() is not None


async def pending(session: AsyncSession, limit: int = 20) -> list[tuple[Letter, bool]]:
    """Return the letters not yet settled, and whether each may wait: the redraw of a card, and media.

    The oldest first, and at most *limit* of each chat, those that ring before redraws, what is only shown
    after them, and what was put off last: a storm in one chat keeps no other waiting.
    """
    late, shown, drawn = col(Letter.due).is_not(None), col(Letter.kind) == MEDIA, col(Letter.kind) == "card"
    turn = func.row_number().over(
        partition_by=col(Letter.chat), order_by=(late, shown, drawn, col(Letter.id))
    )
    turns = select(Letter.id, turn.label("turn")).where(col(Letter.settled).is_(None)).subquery()
    rows = await session.exec(
        select(Letter, Card.message_id)
        .join(
            Card,
            (col(Card.incident_id) == col(Letter.incident_id))
            & (col(Card.chat) == col(Letter.chat))
            & (col(Card.topic) == col(Letter.topic)),
            isouter=True,
        )
        .join(turns, col(Letter.id) == turns.c.id)
        .where(turns.c.turn <= limit)
        .order_by(col(Letter.id))
    )
    return [
        (letter, letter.kind == MEDIA or (letter.kind == "card" and card is not None))
        for letter, card in rows
    ]


async def waiting_at(session: AsyncSession, where: Address) -> Sequence[Letter]:
    """Return the letters to one address that are not yet settled, the oldest first."""
    rows = await session.exec(
        select(Letter)
        .where(
            col(Letter.settled).is_(None),
            Letter.transport == where.transport,
            Letter.chat == where.chat,
            Letter.topic == where.topic,
        )
        .order_by(col(Letter.id))
    )
    return rows.all()


async def depth(session: AsyncSession) -> int:
    """Return how many letters wait."""
    return (
        await session.exec(select(func.count()).select_from(Letter).where(col(Letter.settled).is_(None)))
    ).one()


async def settle(session: AsyncSession, letter: Letter, at: datetime, outcome: str, **values: Any) -> None:
    """Mark *letter* as sent, dead or expired; a card asked for again since it was read stays pending."""
    asked_again = await session.exec(
        select(Letter.revision).where(Letter.id == letter.id, Letter.revision != letter.revision)
    )
    values.setdefault("in_doubt", False)
    if outcome == "sent" and asked_again.first() is not None:
        await _set(session, letter, in_doubt=values["in_doubt"])
        return
    if letter.kind == ONCE:
        values["content"] = {}
    await _set(session, letter, settled=at, outcome=outcome, **values)


async def postpone(session: AsyncSession, letter: Letter, until: datetime, **values: Any) -> None:
    """Leave the letter for later, counting the attempt."""
    await _set(session, letter, not_before=until, attempts=Letter.attempts + 1, **values)


async def drop(session: AsyncSession, where: Address, at: datetime) -> None:
    """Settle unsent what waits for one address: whoever is there is to be told nothing more."""
    for letter in await waiting_at(session, where):
        await settle(session, letter, at, "dropped")


async def doubt(session: AsyncSession, letter: Letter) -> None:
    """Note that *letter* may be on its way from now on; what becomes of it is told by the other verbs."""
    await _set(session, letter, in_doubt=True)


async def newest_message(session: AsyncSession, chat: int) -> int | None:
    """Return the newest message of ours that is known in *chat*, or None."""
    in_outbox = await session.exec(select(func.max(Letter.message_id)).where(Letter.chat == chat))
    in_cards = await session.exec(select(func.max(Card.message_id)).where(Card.chat == chat))
    return max((each for each in (in_outbox.one(), in_cards.one()) if each is not None), default=None)


async def incidents_at(session: AsyncSession, where: Address) -> set[int]:
    """Return the incidents that have a card at this address, or will."""
    found: set[int] = set()
    for table in (Card, Letter):
        there = (table.transport == where.transport, table.chat == where.chat, table.topic == where.topic)
        rows = select(table.incident_id).where(*there)
        if table is Letter:
            rows = rows.where(Letter.kind == "card", col(Letter.settled).is_(None))
        found |= {id_ for id_ in await session.exec(rows) if id_ is not None}
    return found


async def card(session: AsyncSession, incident_id: int, where: Address) -> Card | None:
    """Return the live card of the incident at this address, or None."""
    return await session.get(Card, (incident_id, where.chat, where.topic, where.transport))


async def message(session: AsyncSession, where: Address, message_id: int) -> Letter | None:
    """Return the letter that became this message, as long as letters are kept."""
    wanted = select(Letter).where(
        Letter.transport == where.transport, Letter.chat == where.chat, Letter.message_id == message_id
    )
    return (await session.exec(wanted.order_by(col(Letter.id)).limit(1))).first()


async def cards(session: AsyncSession, incident_id: int) -> Sequence[Card]:
    """Return every live card of the incident."""
    return (await session.exec(select(Card).where(Card.incident_id == incident_id))).all()


async def keep_card(
    session: AsyncSession, incident_id: int, where: Address, message_id: int, digest: str
) -> None:
    """Remember which message is the incident's card at this address, and what it shows."""
    kept = await card(session, incident_id, where)
    await session.merge(
        Card(
            incident_id=incident_id,
            chat=where.chat,
            topic=where.topic,
            transport=where.transport,
            message_id=message_id,
            digest=digest,
            fold=kept.fold if kept else 0,
        )
    )


async def fold_card(
    session: AsyncSession, incident_id: int, where: Address, message_id: int, fold: int
) -> bool:
    """Remember how much the incident's card shows; False where *message_id* is not that card."""
    kept = await card(session, incident_id, where)
    if kept is None or kept.message_id != message_id:
        return False
    kept.fold = fold
    session.add(kept)
    return True


async def move_chat(session: AsyncSession, old: int, new: int) -> None:
    """Follow a group that became a supergroup: everything written to *old* goes to *new*.

    What *new* has already stays, and its twin at *old* goes.
    """
    await _drop_twins(session, old, new)
    for table in (Chat, Letter, Card):
        await session.exec(update(table).where(col(table.chat) == old).values(chat=new))
    await session.exec(update(Chat).where(col(Chat.chat) == new).values(former=old))
    await session.exec(update(Team).where(col(Team.chat_id) == old).values(chat_id=new))
    await directory.changed(session)


async def _drop_twins(session: AsyncSession, old: int, new: int) -> None:
    topics = select(Chat.topic).where(Chat.chat == new)
    await session.exec(delete(Chat).where(col(Chat.chat) == old, col(Chat.topic).in_(topics)))
    drawn = select(Card.incident_id).where(Card.chat == new)
    await session.exec(delete(Card).where(col(Card.chat) == old, col(Card.incident_id).in_(drawn)))
    redraw = (col(Letter.kind) == "card") & col(Letter.settled).is_(None)
    waiting = select(Letter.incident_id).where(redraw, Letter.chat == new)
    await session.exec(
        delete(Letter).where(redraw, col(Letter.chat) == old, col(Letter.incident_id).in_(waiting))
    )


async def _ask_again(session: AsyncSession, letter: Letter) -> bool:
    waiting = await session.exec(
        update(Letter)
        .where(
            col(Letter.kind) == "card",
            col(Letter.settled).is_(None),
            col(Letter.incident_id) == letter.incident_id,
            col(Letter.chat) == letter.chat,
            col(Letter.topic) == letter.topic,
        )
        .values(revision=Letter.revision + 1)
    )
    return waiting.rowcount > 0


async def _set(session: AsyncSession, letter: Letter, **values: Any) -> None:
    await session.exec(update(Letter).where(col(Letter.id) == letter.id).values(**values))


async def forget_card(session: AsyncSession, gone: Card) -> None:
    """Forget a card whose message is gone: the next redraw is a new message."""
    await session.delete(await session.merge(gone))


async def forget(session: AsyncSession, at: datetime) -> None:
    """Delete settled letters that are older than they are kept; cards and reports stay for ever."""
    answer = col(Letter.kind).in_(("text", ONCE))
    old = (col(Letter.settled) < at - LETTERS_KEPT) | (answer & (col(Letter.settled) < at - ANSWERS_KEPT))
    await session.exec(delete(Letter).where(old))
