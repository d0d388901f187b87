"""Hand-overs of shifts: asked, then confirmed or not; the confirmed ones tell who took over."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from incidents.duty import Takeover
from storage.tables import Handover

CONFIRMED, WITHDRAWN, REPLACED, EXPIRED = "confirmed", "withdrawn", "replaced", "expired"
REMEMBERED = timedelta(days=3)  # longer than any shift, with what is taken over before it begins


async def ask(session: AsyncSession, giver: int | None, taker: int, at: datetime, by: int) -> Handover:
    """Write a new hand-over; one of the same giver that is still open is replaced by it."""
    for earlier in await open_(session):
        if earlier.giver_id == giver:
            await settle(session, earlier, at, REPLACED)
    asked = Handover(giver_id=giver, taker_id=taker, asked=at, asked_by=by)
    session.add(asked)
    await session.flush()
    return asked


async def open_(session: AsyncSession) -> Sequence[Handover]:
    """Return the hand-overs that nobody has settled, the oldest first."""
    wanted = select(Handover).where(col(Handover.settled).is_(None)).order_by(col(Handover.id))
    return (await session.exec(wanted)).all()


async def last_of(session: AsyncSession, giver: int) -> Handover | None:
    """Return the hand-over of *giver* that was asked last, or None."""
    wanted = select(Handover).where(Handover.giver_id == giver).order_by(col(Handover.id).desc())
    return (await session.exec(wanted.limit(1))).first()


async def settle(session: AsyncSession, handover: Handover, at: datetime, outcome: str) -> None:
    """Note what became of it."""
    handover.settled, handover.outcome = at, outcome
    session.add(handover)
    await session.flush()


async def ring(session: AsyncSession, handover: Handover, at: datetime) -> None:
    """Note that it was told of, since nobody confirmed it."""
    handover.rung = at
    session.add(handover)
    await session.flush()


async def takeovers(session: AsyncSession, at: datetime) -> list[Takeover]:
    """Return what was confirmed in the last days before *at*, in that order."""
    wanted = select(Handover).where(
        Handover.outcome == CONFIRMED, col(Handover.settled) > at - REMEMBERED, col(Handover.settled) <= at
    )
    rows = await session.exec(wanted.order_by(col(Handover.settled), col(Handover.id)))
    return [Takeover(row.giver_id, row.taker_id, row.settled) for row in rows if row.settled is not None]
