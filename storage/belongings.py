"""Belongings: what was written of a ticket and added to it, as it goes from one to another."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import incidents
from storage.tables import Attachment, Report


@dataclass(frozen=True, slots=True)
class Belongings:
    """Reports and attachments by their numbers, and the units they are of."""

    reports: tuple[int, ...]
    added: tuple[int, ...]
    units: frozenset[int]


async def of(session: AsyncSession, incident_id: int) -> Belongings:
    """Return what belongs to the incident now."""
    reports = (await session.exec(select(Report).where(Report.incident_id == incident_id))).all()
    added = (await session.exec(select(Attachment).where(Attachment.incident_id == incident_id))).all()
    return Belongings(
        tuple(each.id for each in reports if each.id is not None),
        tuple(each.id for each in added if each.id is not None),
        frozenset({each.unit_id for each in reports} | {each.unit_id for each in added}),
    )


async def move_all(session: AsyncSession, old: int, new: int) -> Belongings:
    """Have all that belongs to one incident follow it to another; return what it was."""
    found = await of(session, old)
    await incidents.move_reports(session, old, new, found.units)
    return found


async def give_back(
    session: AsyncSession, held: int, to: int, reports: Iterable[int], added: Iterable[int]
) -> None:
    """Return to an incident what had followed it to the one where it is *held*."""
    for table, numbers in ((Report, reports), (Attachment, added)):
        await session.exec(
            update(table)
            .where(col(table.id).in_(tuple(numbers)), col(table.incident_id) == held)
            .values(incident_id=to)
        )
