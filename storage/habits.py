"""Habits of series: what was learned of each, as it stood when it was last kept."""

from collections.abc import Mapping

from sqlalchemy import delete
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Habits

Counts = tuple[float, float, float, float, float]  # days, bursts, misses, silences, lasting


async def read(session: AsyncSession) -> dict[int, Counts]:
    """Return the counts of each series."""
    rows = await session.exec(select(Habits))
    return {row.series_id: (row.days, row.bursts, row.misses, row.silences, row.lasting) for row in rows}


async def write(session: AsyncSession, habits: Mapping[int, Counts]) -> None:
    """Replace all counts by *habits*."""
    await session.exec(delete(Habits))
    names = ("days", "bursts", "misses", "silences", "lasting")
    session.add_all(
        Habits(series_id=series, **dict(zip(names, counts, strict=True))) for series, counts in habits.items()
    )
    await session.flush()
