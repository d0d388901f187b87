"""Questions and corrections as they are kept: claimed once, forgotten when nobody can answer any more."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Correction, Question

# After that a button is told to be out of use; until then, that its question was answered or has expired.
QUESTIONS_KEPT = timedelta(days=2)
CORRECTIONS_KEPT = timedelta(days=365)


async def keep(session: AsyncSession, question: Question) -> int | None:
    """Number *question*; None if its source was asked about before."""
    known = await session.exec(select(Question.id).where(Question.source == question.source))
    if known.first() is not None:
        return None
    session.add(question)
    await session.flush()
    return question.id


async def claim(session: AsyncSession, question: int, at: datetime) -> bool:
    """Mark it as answered; False if somebody's tap has done so already, or it has expired."""
    claimed = await session.exec(
        update(Question)
        .where(col(Question.id) == question, col(Question.answered).is_(None), col(Question.expires) > at)
        .values(answered=at)
    )
    return claimed.rowcount == 1


async def release(session: AsyncSession, question: int) -> None:
    """Take the answer back: what it asked for could not be done."""
    await session.exec(update(Question).where(col(Question.id) == question).values(answered=None))


async def corrections(session: AsyncSession) -> Sequence[Correction]:
    """Return every correction, by the intent that was chosen and the order in which they came."""
    return (await session.exec(select(Correction).order_by(col(Correction.chosen), col(Correction.id)))).all()


async def forget(session: AsyncSession, at: datetime) -> None:
    """Delete what is older than it is kept."""
    await session.exec(delete(Question).where(col(Question.expires) < at - QUESTIONS_KEPT))
    await session.exec(delete(Correction).where(col(Correction.at) < at - CORRECTIONS_KEPT))
