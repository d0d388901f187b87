"""Registrations as they are kept: the open one of an account, how many there are, and those that wait."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Registration

KEPT = timedelta(days=30)  # they hold telephone numbers, of people who were refused too


async def expire(session: AsyncSession, at: datetime) -> None:
    """Settle what nobody answered in time."""
    late = (col(Registration.settled).is_(None), col(Registration.expires) <= at)
    await session.exec(update(Registration).where(*late).values(settled=at, outcome="expired"))


async def open_of(session: AsyncSession, telegram_id: int) -> Registration | None:
    """Return the account's registration that is not settled, or None."""
    found = await session.exec(
        select(Registration).where(
            Registration.telegram_id == telegram_id, col(Registration.settled).is_(None)
        )
    )
    return found.one_or_none()


async def begun_since(session: AsyncSession, telegram_id: int, since: datetime) -> int:
    """Return how many the account has begun since then."""
    own = (Registration.telegram_id == telegram_id, Registration.begun > since)
    return (await session.exec(select(func.count()).select_from(Registration).where(*own))).one()


async def open_count(session: AsyncSession) -> int:
    """Return how many are not settled."""
    unsettled = col(Registration.settled).is_(None)
    return (await session.exec(select(func.count()).select_from(Registration).where(unsettled))).one()


async def waiting(session: AsyncSession, at: datetime) -> Sequence[Registration]:
    """Return those that wait for the desk at *at*, the oldest first."""
    rows = await session.exec(
        select(Registration)
        .where(
            col(Registration.asked).is_not(None),
            col(Registration.settled).is_(None),
            col(Registration.expires) > at,
        )
        .order_by(col(Registration.asked))
    )
    return rows.all()


async def forget(session: AsyncSession, at: datetime) -> None:
    """Delete what was begun so long ago that nobody asks for it any more."""
    await session.exec(delete(Registration).where(col(Registration.begun) < at - KEPT))
