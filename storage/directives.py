"""Directives as they are kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Directive


async def by_source(session: AsyncSession, source: str) -> Directive | None:
    """Return the directive that came by this update, or None."""
    return (await session.exec(select(Directive).where(Directive.source == source))).one_or_none()


async def open_(session: AsyncSession) -> Sequence[Directive]:
    """Return what has no report yet, the one that is due first at the head."""
    waiting = select(Directive).where(col(Directive.answered).is_(None))
    return (await session.exec(waiting.order_by(col(Directive.due), col(Directive.id)))).all()


async def to_ring(session: AsyncSession, at: datetime) -> Sequence[Directive]:
    """Return those for which the desk is to be called by *at*, the earliest first."""
    due = select(Directive).where(col(Directive.ring) <= at).order_by(col(Directive.ring))
    return (await session.exec(due)).all()
