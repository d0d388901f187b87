"""Past: a step of an incident as its history keeps it, with what came after."""

from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from incidents.model import Incident
from incidents.undoing import Later, Past
from storage import incidents, kept
from storage.tables import Ticket, Timeline


async def step(session: AsyncSession, now: Incident, version: int) -> Timeline | None:
    """Return the step of this version, or None."""
    wanted = select(Timeline).where(Timeline.incident_id == now.id, Timeline.version == version)
    return (await session.exec(wanted)).one_or_none()


async def last(session: AsyncSession, incident_id: int, *kinds: str) -> Timeline | None:
    """Return the newest step that is one of *kinds*, or None."""
    wanted = select(Timeline).where(Timeline.incident_id == incident_id, col(Timeline.action).in_(kinds))
    return (await session.exec(wanted.order_by(col(Timeline.version).desc()).limit(1))).first()


async def after(session: AsyncSession, row: Timeline) -> list[Timeline]:
    """Return the steps after *row*, the oldest first."""
    wanted = select(Timeline).where(Timeline.incident_id == row.incident_id, Timeline.version > row.version)
    return list((await session.exec(wanted.order_by(col(Timeline.version)))).all())


def past(now: Incident, row: Timeline) -> Past:
    """Return the step that *row* keeps."""
    before, then = (_as(now, row.data.get(each, {})) for each in (kept.WAS, kept.IS))
    return Past(row.version, row.action, row.person_id, row.at, before, then)


def later(rows: list[Timeline]) -> list[Later]:
    """Return what *rows* mean to who takes back a step before them."""
    return [
        Later(row.version, row.action, row.data.get("of") if row.action == "undo" else None) for row in rows
    ]


def _as(now: Incident, written: dict[str, Any]) -> Incident:
    row = Ticket(id=now.id, **(incidents.columns(now) | kept.columns(written)))
    members = kept.members(written)
    return incidents.as_incident(row, now.members if members is None else members)
