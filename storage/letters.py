"""The outbox: letters posted in the transaction that decides them, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Card, Chat, Letter, Team


@dataclass(frozen=True, slots=True)
class Address:
    """Where a letter goes: one chat of one transport, and a topic in it (0: the chat itself)."""

    chat: int
    topic: int = 0
    transport: str = "telegram"


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


async def known(session: AsyncSession, key: str) -> bool:
    """Return whether a letter with this key was ever posted."""
    return (await session.exec(select(Letter.id).where(Letter.key == key))).first() is not None


async def begun(session: AsyncSession, key: str) -> bool:
    """Return whether a letter with this key was ever posted to any address."""
    found = select(Letter.id).where(col(Letter.key).startswith(f"{key}:", autoescape=True)).limit(1)
    return (await session.exec(found)).first() is not None


async def pending(session: AsyncSession, limit: int = 500) -> list[tuple[Letter, bool]]:
    """Return the letters not yet settled, the oldest first, and whether each is the redraw of a card."""
    rows = await session.exec(
        select(Letter, Card.message_id)
        .join(
            Card,
            (col(Card.incident_id) == col(Letter.incident_id))
            & (col(Card.chat) == col(Letter.chat))
            & (col(Card.topic) == col(Letter.topic)),
            isouter=True,
        )
        .where(col(Letter.settled).is_(None))
        .order_by(col(Letter.id))
        .limit(limit)
    )
    return [(letter, letter.kind == "card" and card is not None) for letter, card in rows]


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
    if outcome == "sent" and asked_again.first() is not None:
        return
    await _set(session, letter, settled=at, outcome=outcome, **values)


async def postpone(session: AsyncSession, letter: Letter, until: datetime, **values: Any) -> None:
    """Leave the letter for later, counting the attempt."""
    await _set(session, letter, not_before=until, attempts=Letter.attempts + 1, **values)


async def card(session: AsyncSession, incident_id: int, where: Address) -> Card | None:
    """Return the live card of the incident at this address, or None."""
    return await session.get(Card, (incident_id, where.chat, where.topic, where.transport))


async def cards(session: AsyncSession, incident_id: int) -> Sequence[Card]:
    """Return every live card of the incident."""
    return (await session.exec(select(Card).where(Card.incident_id == incident_id))).all()


async def keep_card(
    session: AsyncSession, incident_id: int, where: Address, message_id: int, digest: str
) -> None:
    """Remember which message is the incident's card at this address, and what it shows."""
    await session.merge(
        Card(
            incident_id=incident_id,
            chat=where.chat,
            topic=where.topic,
            transport=where.transport,
            message_id=message_id,
            digest=digest,
        )
    )


async def move_chat(session: AsyncSession, old: int, new: int) -> None:
    """Follow a group that became a supergroup: everything written to *old* goes to *new*."""
    for table in (Chat, Letter, Card):
        await session.exec(update(table).where(col(table.chat) == old).values(chat=new))
    await session.exec(update(Team).where(col(Team.chat_id) == old).values(chat_id=new))


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


async def incident_of(session: AsyncSession, chat: int, message_id: int) -> int | None:
    """Return the incident that a message of ours in this chat is about: its card, or a notice of it."""
    card_ = await session.exec(
        select(Card.incident_id).where(Card.chat == chat, Card.message_id == message_id)
    )
    notice = await session.exec(
        select(Letter.incident_id).where(Letter.chat == chat, Letter.message_id == message_id)
    )
    return card_.first() or notice.first()


async def forget_card(session: AsyncSession, gone: Card) -> None:
    """Forget a card whose message is gone: the next redraw is a new message."""
    await session.delete(await session.merge(gone))
