"""Roll-ups as figures: the minutes of every series, and its usual delay."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, case, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from incidents.quality import Figures
from storage.tables import HOURS, MINUTES, Series

UNIT = 1e-5  # seconds: roll-ups hold hundredths of a millisecond
SERIES = select(col(Series.id))  # named one by one: a key begins with the series


async def minutes(session: AsyncSession, start: datetime, end: datetime) -> dict[int, list[Figures | None]]:
    """Return the whole minutes of each series from *start* to *end*; one without a known outcome is None."""
    first, last = int(start.timestamp()) // 60, int(end.timestamp()) // 60
    connection = await session.connection()
    wanted = select(
        MINUTES.c.series_id, MINUTES.c.at, MINUTES.c.sent, MINUTES.c.lost, MINUTES.c.rtt, MINUTES.c.jitter
    ).where(MINUTES.c.series_id.in_(SERIES), MINUTES.c.at >= first * 60, MINUTES.c.at < last * 60)
    found: dict[int, list[Figures | None]] = {}
    for series, at, sent, lost, rtt, jitter in await connection.execute(wanted):
        row = found.setdefault(series, [None] * (last - first))
        if sent:
            row[at // 60 - first] = Figures(sent, lost, _seconds(rtt), _seconds(jitter))
    return found


async def usual_delay(session: AsyncSession, since: datetime) -> dict[int, float]:
    """Return the mean round trip of each series over the hours since *since*, in seconds."""
    connection = await session.connection()
    wanted = (
        select(HOURS.c.series_id, func.avg(HOURS.c.rtt))
        .where(HOURS.c.series_id.in_(SERIES), HOURS.c.at >= int(since.timestamp()))
        .group_by(HOURS.c.series_id)
    )
    return {series: rtt * UNIT for series, rtt in await connection.execute(wanted) if rtt is not None}


async def totals(session: AsyncSession, start: datetime, end: datetime) -> dict[int, Figures]:
    """Return what the hours of each series that begin from *start* to *end* come to, if anything was sent."""
    answered = HOURS.c.sent - HOURS.c.lost
    wanted = (
        select(
            HOURS.c.series_id,
            func.sum(HOURS.c.sent),
            func.sum(HOURS.c.lost),
            _weighed(HOURS.c.rtt, answered),
            _weighed(HOURS.c.jitter, answered),
        )
        .where(HOURS.c.series_id.in_(SERIES), HOURS.c.at >= start.timestamp(), HOURS.c.at < end.timestamp())
        .group_by(HOURS.c.series_id)
    )
    rows = await (await session.connection()).execute(wanted)
    return {
        series: Figures(sent, lost, _seconds(rtt), _seconds(jitter))
        for series, sent, lost, rtt, jitter in rows
        if sent
    }


def _weighed(column: Column[int], weight: ColumnElement[int]) -> ColumnElement[Any]:
    """Return the mean of *column* where it is known, each row by its *weight*."""
    known = func.sum(case((column.is_not(None), weight)))
    return func.sum(column * weight) * 1.0 / func.nullif(known, 0)


def _seconds(units: float | None) -> float | None:
    return None if units is None else units * UNIT
