"""People, and the chats that have a role."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Chat, Person


async def by_telegram(session: AsyncSession, telegram_id: int) -> Person | None:
    """Return the person with this Telegram account, or None."""
    return (await session.exec(select(Person).where(Person.telegram_id == telegram_id))).one_or_none()


async def by_ids(session: AsyncSession, ids: Iterable[int]) -> dict[int, Person]:
    """Return the people with these ids, by id."""
    rows = await session.exec(select(Person).where(col(Person.id).in_(set(ids))))
    return {person.id: person for person in rows if person.id is not None}


async def with_role(session: AsyncSession, role: str) -> Sequence[Person]:
    """Return the people who have *role* and are not locked."""
    rows = await session.exec(
        select(Person).where(Person.role == role, col(Person.locked_at).is_(None)).order_by(col(Person.id))
    )
    return rows.all()


async def among(session: AsyncSession, role: str, telegram_ids: Iterable[int]) -> set[int]:
    """Return which of *telegram_ids* are accounts of people with *role*."""
    wanted = select(Person.telegram_id).where(
        Person.role == role, col(Person.telegram_id).in_(set(telegram_ids))
    )
    return set((await session.exec(wanted)).all())


async def everyone(session: AsyncSession) -> Sequence[Person]:
    """Return all who are not locked."""
    rows = await session.exec(select(Person).where(col(Person.locked_at).is_(None)).order_by(col(Person.id)))
    return rows.all()


async def all_(session: AsyncSession) -> Sequence[Person]:
    """Return all, the locked too."""
    return (await session.exec(select(Person).order_by(col(Person.id)))).all()


async def chats(session: AsyncSession, role: str | None = None) -> Sequence[Chat]:
    """Return the chats that can be written to, of one role or all."""
    wanted = select(Chat).where(col(Chat.blocked_at).is_(None)).order_by(col(Chat.id))
    return (await session.exec(wanted if role is None else wanted.where(Chat.role == role))).all()


async def chat(session: AsyncSession, chat_id: int, topic: int = 0) -> Chat | None:
    """Return the known chat at this address, else the one that the topic is of, or None."""
    rows = await session.exec(
        select(Chat)
        .where(Chat.chat == chat_id, col(Chat.topic).in_((0, topic)))
        .order_by(col(Chat.topic).desc())
    )
    return rows.first()


async def seed_chat(session: AsyncSession, chat_id: int, role: str, title: str | None = None) -> None:
    """Make a chat with *role* unless the address is known already, be it as one that has moved."""
    moved = (await session.exec(select(Chat.id).where(Chat.former == chat_id))).first()
    if moved is None and await chat(session, chat_id) is None:
        session.add(Chat(chat=chat_id, role=role, title=title))


async def seed_administrator(session: AsyncSession, telegram_id: int) -> None:
    """Make *telegram_id* an administrator unless the account is known already."""
    if await by_telegram(session, telegram_id) is None:
        session.add(Person(telegram_id=telegram_id, name=f"Quản trị {telegram_id}", role="quan_tri"))


async def mark_blocked(session: AsyncSession, chat_id: int, at: datetime, why: str) -> None:
    """Remember that nothing can be written to this chat any more."""
    for row in await session.exec(select(Chat).where(Chat.chat == chat_id)):
        row.blocked_at, row.blocked_why = at, why
        session.add(row)


async def unblock(session: AsyncSession, chat_id: int) -> bool:
    """Remember that this chat takes letters again; return whether it did not."""
    shut = select(Chat).where(Chat.chat == chat_id, col(Chat.blocked_at).is_not(None))
    rows = (await session.exec(shut)).all()
    for row in rows:
        row.blocked_at = row.blocked_why = None
        session.add(row)
    return bool(rows)
