"""State intervals of channels: appended, never changed."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from incidents.model import LineState
from storage.tables import Channel, Interval


async def latest(session: AsyncSession, *, retired: bool = False) -> dict[int, Interval]:
    """Return each live channel's present interval; with *retired* those of the others too."""
    newest = (
        select(func.max(Interval.id))
        .where(Interval.channel_id == Channel.id)
        .correlate(Channel)
        .scalar_subquery()
    )
    rows = select(Interval).join(Channel, col(Interval.id) == newest)
    if not retired:
        rows = rows.where(col(Channel.retired_at).is_(None))
    return {row.channel_id: row for row in await session.exec(rows)}


async def append(
    session: AsyncSession, states: Iterable[tuple[int, LineState, datetime, str]]
) -> list[tuple[int, datetime]]:
    """Append (channel, state, since, why); a start before the present interval's is moved to it.

    Returns each channel with the start that was written.
    """
    present = await latest(session, retired=True)
    written = []
    for channel, state, since, why in states:
        before = present.get(channel)
        start = since if before is None else max(since, before.since)
        session.add(Interval(channel_id=channel, since=start, state=state, why=why))
        written.append((channel, start))
    await session.flush()
    return written


async def overlapping(session: AsyncSession, start: datetime, end: datetime) -> list[Interval]:
    """Return the intervals that begin before *end*, from the one in force at *start* on, by channel."""
    at_start = (
        select(func.max(Interval.id)).where(col(Interval.since) <= start).group_by(col(Interval.channel_id))
    )
    rows = await session.exec(
        select(Interval)
        .where(
            (col(Interval.id).in_(at_start)) | ((col(Interval.since) > start) & (col(Interval.since) < end))
        )
        .order_by(col(Interval.channel_id), col(Interval.since), col(Interval.id))
    )
    return list(rows)
