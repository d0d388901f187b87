"""Forget: what nobody asks for any more is deleted, so that the database stops growing."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func
from sqlmodel import col, select

from operations.desk import Desk
from storage import letters, questions, registrations
from storage.tables import Run

RUNS_KEPT = timedelta(days=30)  # the time between two runs is kept for ever, as blind intervals


async def forget(desk: Desk, at: datetime) -> None:
    """Delete old letters, questions, registrations and runs.

    Incidents, reports and intervals are never deleted.
    """
    async with desk.storage.begin() as session:
        await letters.forget(session, at)
        await questions.forget(session, at)
        await registrations.forget(session, at)
        newest = select(func.max(Run.id)).scalar_subquery()  # where the next run's blind time begins
        await session.exec(delete(Run).where(col(Run.seen) < at - RUNS_KEPT, col(Run.id) < newest))
