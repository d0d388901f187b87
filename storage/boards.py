"""The pinned boards: one letter a chat, which is sent again whenever it is to show something else."""

from datetime import datetime
from typing import Any

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.letters import BOARD, Address
from storage.tables import Letter


async def at(session: AsyncSession, where: Address) -> Letter | None:
    """Return the board of the chat, or None; its message is on it, and what it showed when it was sent."""
    wanted = select(Letter).where(
        Letter.kind == BOARD,
        Letter.transport == where.transport,
        Letter.chat == where.chat,
        Letter.topic == where.topic,
    )
    return (await session.exec(wanted.order_by(col(Letter.id)))).first()


async def ask(session: AsyncSession, where: Address, when: datetime) -> None:
    """Have the board of the chat drawn anew, unless it waits to be; the first time it is made."""
    known = await at(session, where)
    if known is None:
        session.add(
            Letter(
                transport=where.transport,
                chat=where.chat,
                topic=where.topic,
                kind=BOARD,
                content={"quiet": True},
                created=when,
                not_before=when,
            )
        )
    elif known.settled is not None:
        fresh = {"created": when, "not_before": when, "settled": None, "outcome": None, "attempts": 0}
        await _set(session, known, fresh | {"in_doubt": False, "error": None})


async def lost(session: AsyncSession, board: Letter) -> None:
    """Note that the board's message is gone: the next one is a new message."""
    await _set(session, board, {"message_id": None, "content": {"quiet": True}})


async def pinned(session: AsyncSession, board: Letter) -> None:
    """Note that the board's message was pinned, or that it may not be."""
    known = await session.get(Letter, board.id)
    if known is not None:
        await _set(session, known, {"content": known.content | {"pinned": True}})


async def _set(session: AsyncSession, board: Letter, values: dict[str, Any]) -> None:
    await session.exec(update(Letter).where(col(Letter.id) == board.id).values(**values))
