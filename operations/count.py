"""Count: what the database says of the desk's work, for whoever watches the bot by its figures."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from incidents.model import Status
from storage import letters
from storage.tables import Letter, Ticket


@dataclass(frozen=True, slots=True)
class Counts:
    """Live incidents by status, and letters by what became of them."""

    incidents: dict[str, int]
    unclaimed: int  # live, and nobody has ever taken it
    waiting: int
    oldest: datetime | None  # of those that wait
    in_doubt: int  # of those that wait: an earlier attempt may have arrived
    dead: int  # nobody will ever take them; as long as letters are kept
    summary: datetime | None  # when the last was posted


async def count(session: AsyncSession) -> Counts:
    """Return the counts as they stand."""
    live = [status for status in Status if status is not Status.CLOSED]
    tally = select(Ticket.status, func.count()).where(col(Ticket.status).in_(live)).group_by(Ticket.status)
    found = dict((await session.exec(tally)).all())
    unclaimed = select(func.count()).where(
        col(Ticket.status).in_(live), col(Ticket.acknowledged).is_(None), col(Ticket.owner_id).is_(None)
    )
    waits = col(Letter.settled).is_(None)
    began = func.coalesce(Letter.due, Letter.created)
    last = select(func.max(Letter.created))
    return Counts(
        incidents={str(status): found.get(status, 0) for status in live},
        unclaimed=(await session.exec(unclaimed)).one(),
        waiting=await letters.depth(session),
        oldest=(await session.exec(select(func.min(began)).where(waits))).one(),
        in_doubt=await _letters(session, waits & col(Letter.in_doubt)),
        dead=await _letters(session, col(Letter.outcome) == "dead"),
        summary=(await session.exec(last.where(col(Letter.key).startswith("summary:")))).one(),
    )


async def _letters(session: AsyncSession, which: ColumnElement[bool]) -> int:
    return (await session.exec(select(func.count()).select_from(Letter).where(which))).one()
