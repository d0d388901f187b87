"""Spells of channels: at most one of a kind at a time, begun and ended once."""

from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Spell


async def open_(session: AsyncSession, channel: int, kind: str) -> Spell | None:
    """Return the spell of this kind that the channel is in, or None."""
    rows = await session.exec(
        select(Spell).where(Spell.channel_id == channel, Spell.kind == kind, col(Spell.ended).is_(None))
    )
    return rows.first()


async def begin(session: AsyncSession, channel: int, kind: str, at: datetime, data: dict[str, Any]) -> None:
    """Begin a spell; the channel must be in none of this kind."""
    session.add(Spell(channel_id=channel, kind=kind, began=at, data=data))
    await session.flush()


async def end(session: AsyncSession, channel: int, kind: str, at: datetime) -> None:
    """End the spell that the channel is in, if there is one."""
    if (spell := await open_(session, channel, kind)) is not None:
        spell.ended = at
        session.add(spell)
        await session.flush()


async def present(session: AsyncSession) -> dict[int, list[Spell]]:
    """Return the spells that last, by channel."""
    found: dict[int, list[Spell]] = {}
    for row in await session.exec(select(Spell).where(col(Spell.ended).is_(None)).order_by(col(Spell.id))):
        found.setdefault(row.channel_id, []).append(row)
    return found
