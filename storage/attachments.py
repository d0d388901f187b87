"""Attachments as they are kept: found by their ticket, by where they came from, and counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from incidents.supplement import Medium
from storage.tables import Attachment


@dataclass(frozen=True, slots=True)
class File:
    """A file as Telegram names it: *id* to send it by, *unique* to know it again; *size* in bytes."""

    kind: Medium
    id: str
    unique: str
    size: int | None = None
    album: str | None = None


async def by_source(session: AsyncSession, source: str) -> Attachment | None:
    """Return what came by this update, or None."""
    return (await session.exec(select(Attachment).where(Attachment.source == source))).first()


async def of_album(session: AsyncSession, album: str, person: int) -> Attachment | None:
    """Return what was kept first of a person's album, or None."""
    rows = select(Attachment).where(Attachment.album == album, Attachment.person_id == person)
    return (await session.exec(rows.order_by(col(Attachment.id)).limit(1))).first()


async def of_incident(session: AsyncSession, incident_id: int) -> Sequence[Attachment]:
    """Return all that was added to the incident, the oldest first."""
    rows = select(Attachment).where(Attachment.incident_id == incident_id).order_by(col(Attachment.id))
    return (await session.exec(rows)).all()


async def count_by(session: AsyncSession, person: int, since: datetime) -> int:
    """Return how much the person added after *since*."""
    rows = select(func.count()).select_from(Attachment)
    return (await session.exec(rows.where(Attachment.person_id == person, Attachment.at > since))).one()


async def move(session: AsyncSession, old: int, new: int, units: Iterable[int]) -> None:
    """Have what *units* added follow their reports to another incident, but for a file it has already."""
    there = select(Attachment.file_unique_id).where(
        Attachment.incident_id == new, col(Attachment.file_unique_id).is_not(None)
    )
    unique = col(Attachment.file_unique_id)
    await session.exec(
        update(Attachment)
        .where(
            col(Attachment.incident_id) == old,
            col(Attachment.unit_id).in_(set(units)),
            or_(unique.is_(None), unique.not_in(there)),
        )
        .values(incident_id=new)
    )
