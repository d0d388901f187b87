"""Reports: what people said of their units' lines, kept for ever; a repeat follows the one it repeats."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from incidents.said import Kind
from storage.tables import Report


def stands() -> ColumnElement[bool]:
    """The condition of a report whose author still waits: neither taken back nor a word that all is well."""
    return col(Report.withdrawn_at).is_(None) & (col(Report.kind) != Kind.FALSE_ALARM)


async def told(session: AsyncSession, source: str) -> bool:
    """Return whether what came by *source* is kept already."""
    return (await session.exec(select(Report.id).where(Report.source == source))).first() is not None


async def add(session: AsyncSession, report: Report) -> Report:
    """Keep *report*; return it with its number."""
    session.add(report)
    await session.flush()
    return report


async def latest(session: AsyncSession, unit: int, since: datetime) -> Report | None:
    """Return the newest report of *unit* itself that came after *since*, repeats aside."""
    wanted = select(Report).where(
        Report.unit_id == unit, Report.at > since, col(Report.repeat_of).is_(None), stands()
    )
    return (await session.exec(wanted.order_by(col(Report.id).desc()).limit(1))).first()


async def count(session: AsyncSession, person: int, since: datetime) -> int:
    """Return how many messages of *person* about the own unit came after *since*, repeats included."""
    own = (Report.person_id == person, Report.at > since, col(Report.on_behalf).is_(False))
    return (await session.exec(select(func.count()).select_from(Report).where(*own))).one()


async def written(session: AsyncSession, incident_id: int) -> int:
    """Return how many reports the incident has, repeats included."""
    return (
        await session.exec(select(func.count()).select_from(Report).where(Report.incident_id == incident_id))
    ).one()


async def newest(session: AsyncSession, person: int) -> Report | None:
    """Return the last message of *person* about the own unit."""
    wanted = select(Report).where(Report.person_id == person, col(Report.on_behalf).is_(False))
    return (await session.exec(wanted.order_by(col(Report.id).desc()).limit(1))).first()


async def newest_standing(session: AsyncSession, person: int, incident_id: int | None) -> Report | None:
    """Return the last report of *person* about the own unit that stands; of *incident_id*, unless None."""
    own = (Report.person_id == person, col(Report.on_behalf).is_(False), stands())
    wanted = select(Report).where(*own)
    if incident_id is not None:
        wanted = wanted.where(Report.incident_id == incident_id)
    return (await session.exec(wanted.order_by(col(Report.id).desc()).limit(1))).first()


async def standing(session: AsyncSession, incident_id: int) -> Sequence[Report]:
    """Return the incident's reports that stand, repeats included."""
    return (await session.exec(select(Report).where(Report.incident_id == incident_id, stands()))).all()


async def of_incident(session: AsyncSession, incident_id: int, limit: int) -> list[list[Report]]:
    """Return the last *limit* reports of the incident, the oldest first, each with its repeats."""
    first = (Report.incident_id == incident_id, col(Report.repeat_of).is_(None))
    rows = await session.exec(
        select(Report)
        .where(*first, col(Report.withdrawn_at).is_(None))
        .order_by(col(Report.id).desc())
        .limit(limit)
    )
    groups = {row.id: [row] for row in reversed(rows.all())}
    repeats = select(Report).where(col(Report.repeat_of).in_(groups)).order_by(col(Report.id))
    for row in await session.exec(repeats):
        groups[row.repeat_of].append(row)
    return list(groups.values())


async def units(session: AsyncSession, incident_id: int) -> Sequence[int]:
    """Return the units that wait for the incident's end."""
    wanted = select(Report.unit_id).where(Report.incident_id == incident_id, stands())
    return (await session.exec(wanted.distinct())).all()
