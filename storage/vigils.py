"""Vigils as they are kept: written once, ended early at most once."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from incidents.span import Span
from incidents.vigil import Occasion, Vigil
from storage import tables


async def add(session: AsyncSession, vigil: Vigil, at: datetime) -> Vigil:
    """Write a new vigil; return it with its number."""
    row = tables.Vigil(
        occasion=vigil.occasion,
        unit_id=vigil.unit,
        starts=vigil.planned.start,
        ends=vigil.planned.end,
        created=at,
        created_by=vigil.by,
    )
    session.add(row)
    await session.flush()
    return _vigil(row)


async def find(session: AsyncSession, vigil_id: int) -> Vigil | None:
    """Return the vigil with this number, or None."""
    row = await session.get(tables.Vigil, vigil_id)
    return None if row is None else _vigil(row)


async def lift(session: AsyncSession, vigil: Vigil, at: datetime, by: int | None) -> Vigil:
    """End the vigil at *at*; return it as it is then."""
    row = await session.get_one(tables.Vigil, vigil.id)
    row.lifted, row.lifted_by = at, by
    session.add(row)
    await session.flush()
    return _vigil(row)


async def to_come(session: AsyncSession, at: datetime) -> list[Vigil]:
    """Return the vigils that are kept at *at* or later."""
    found = await _where(session, col(tables.Vigil.ends) > at)
    return [vigil for vigil in found if vigil.span.length and vigil.span.end > at]


async def within(session: AsyncSession, asked: Span) -> list[Vigil]:
    """Return the vigils that were kept at some time of *asked*."""
    found = await _where(
        session, (col(tables.Vigil.ends) > asked.start) & (col(tables.Vigil.starts) < asked.end)
    )
    return [vigil for vigil in found if vigil.span.length and vigil.span.meets(asked)]


async def _where(session: AsyncSession, condition: ColumnElement[bool]) -> list[Vigil]:
    rows = await session.exec(
        select(tables.Vigil).where(condition).order_by(col(tables.Vigil.starts), col(tables.Vigil.id))
    )
    return [_vigil(row) for row in rows]


def _vigil(row: tables.Vigil) -> Vigil:
    assert row.id is not None
    return Vigil(
        id=row.id,
        occasion=Occasion(row.occasion),
        unit=row.unit_id,
        planned=Span(row.starts, row.ends),
        by=row.created_by,
        lifted=row.lifted,
    )
