"""Spells of channels: begun once, ended once, never deleted."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from incidents.span import Span
from storage.tables import Spell

DEGRADED, FLAPPING, OVERLOADED = "degraded", "flapping", "overloaded"  # the kinds
AFTER_HOURS = "after_hours"  # switched off as usual


async def open_(session: AsyncSession, channel: int, kind: str) -> Spell | None:
    """Return the spell of that kind that the channel is in, or None."""
    wanted = select(Spell).where(Spell.channel_id == channel, Spell.kind == kind, col(Spell.ended).is_(None))
    return (await session.exec(wanted)).first()


async def begin(
    session: AsyncSession, channel: int, kind: str, at: datetime, data: Mapping[str, Any]
) -> None:
    """Begin a spell, unless the channel is in one of that kind."""
    if await open_(session, channel, kind) is None:
        session.add(Spell(channel_id=channel, kind=kind, began=at, data=dict(data)))
        await session.flush()


async def end(session: AsyncSession, channel: int, kind: str, at: datetime) -> None:
    """End the spell of that kind, if the channel is in one."""
    spell = await open_(session, channel, kind)
    if spell is not None:
        spell.ended = at
        session.add(spell)
        await session.flush()


async def present(session: AsyncSession) -> dict[int, list[Spell]]:
    """Return the spells that have not ended, by channel, in the order in which they began."""
    found: dict[int, list[Spell]] = {}
    rows = select(Spell).where(col(Spell.ended).is_(None)).order_by(col(Spell.began), col(Spell.id))
    for spell in await session.exec(rows):
        found.setdefault(spell.channel_id, []).append(spell)
    return found


async def lately(
    session: AsyncSession, channels: Iterable[int], kinds: Iterable[str], since: datetime
) -> bool:
    """Return whether any of *channels* was in a spell of these kinds at some time after *since*."""
    after = col(Spell.ended).is_(None) | (col(Spell.ended) > since)
    of = col(Spell.channel_id).in_(list(channels)) & col(Spell.kind).in_(list(kinds))
    return (await session.exec(select(Spell.id).where(of, after).limit(1))).first() is not None


async def of_kind(session: AsyncSession, kind: str) -> dict[int, Spell]:
    """Return the spells of that kind that have not ended, by channel."""
    rows = await session.exec(select(Spell).where(Spell.kind == kind, col(Spell.ended).is_(None)))
    return {spell.channel_id: spell for spell in rows}


async def ended_at(session: AsyncSession, channel: int, kind: str, at: datetime) -> Spell | None:
    """Return the spell of that kind that the channel was in until *at*, or None."""
    wanted = select(Spell).where(Spell.channel_id == channel, Spell.kind == kind, Spell.ended == at)
    return (await session.exec(wanted)).first()


async def within(session: AsyncSession, kind: str, asked: Span) -> dict[int, list[Span]]:
    """Return, by channel, what of *asked* was spent in spells of that kind, in order."""
    lasting = col(Spell.ended).is_(None) | (col(Spell.ended) > asked.start)
    wanted = select(Spell.channel_id, Spell.began, Spell.ended)
    rows = await session.exec(
        wanted.where(Spell.kind == kind, col(Spell.began) < asked.end, lasting).order_by(col(Spell.began))
    )
    found: dict[int, list[Span]] = {}
    for channel, began, ended in rows:
        found.setdefault(channel, []).append(Span(began, ended or asked.end).within(asked))
    return found
