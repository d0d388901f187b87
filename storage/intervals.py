"""State intervals of channels: appended, never changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from incidents.model import LineState
from incidents.summary import Turn
from storage.tables import Channel, Interval


@dataclass(frozen=True, slots=True)
class Change:
    """A channel's new state, since when, by which rule, and what that rests on."""

    channel: int
    state: LineState
    since: datetime
    why: str
    grounds: Mapping[str, Any] | None = None


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


async def append(session: AsyncSession, changes: Iterable[Change]) -> list[tuple[int, datetime]]:
    """Append *changes*; a start before the present interval's is moved to it.

    Returns each channel with the start that was written.
    """
    present = await latest(session, retired=True)
    written = []
    for change in changes:
        before = present.get(change.channel)
        start = change.since if before is None else max(change.since, before.since)
        grounds = None if change.grounds is None else dict(change.grounds)
        row = Interval(
            channel_id=change.channel, since=start, state=change.state, why=change.why, grounds=grounds
        )
        session.add(row)
        written.append((change.channel, start))
    await session.flush()
    return written


async def overlapping(session: AsyncSession, start: datetime, end: datetime) -> list[Interval]:
    """Return the intervals that begin before *end*, from the one in force at *start* on, by channel."""
    rows = await session.exec(
        select(Interval)
        .where(_overlapping(start, end))
        .order_by(col(Interval.channel_id), col(Interval.since), col(Interval.id))
    )
    return list(rows)


async def turns(session: AsyncSession, start: datetime, end: datetime) -> dict[int, list[Turn]]:
    """Return each channel's states that begin before *end*, from the one in force at *start* on, in order."""
    own = col(Interval.channel_id)
    wanted = select(own, col(Interval.since), col(Interval.state)).where(_overlapping(start, end))
    found: dict[int, list[Turn]] = {}
    rows = await session.exec(wanted.order_by(own, col(Interval.since), col(Interval.id)))
    for channel, since, state in rows:
        found.setdefault(channel, []).append(Turn(channel, since, LineState(state)))
    return found


async def of_channel(session: AsyncSession, channel: int, start: datetime) -> list[Interval]:
    """Return the channel's intervals from the one in force at *start* on, in order."""
    own = Interval.channel_id == channel
    before = select(func.max(Interval.id)).where(own, col(Interval.since) <= start).scalar_subquery()
    rows = await session.exec(
        select(Interval)
        .where(own, (col(Interval.id) == before) | (col(Interval.since) > start))
        .order_by(col(Interval.since), col(Interval.id))
    )
    return list(rows)


def _overlapping(start: datetime, end: datetime) -> ColumnElement[bool]:
    at_start = (
        select(func.max(Interval.id)).where(col(Interval.since) <= start).group_by(col(Interval.channel_id))
    )
    began = col(Interval.since)
    return col(Interval.id).in_(at_start) | ((began > start) & (began < end))
