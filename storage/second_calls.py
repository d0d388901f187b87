"""Calls by a second way: written before they are made, once for each calling and name."""

from collections.abc import Iterable, Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Letter, SecondCall

AT_ONCE = 20  # that are made in one round


async def letters_of(session: AsyncSession, incident: int, names: Iterable[str]) -> Sequence[Letter]:
    """Return the notices of the incident with one of these *names*, the oldest first."""
    wanted = select(Letter).where(Letter.incident_id == incident, Letter.kind == "notice")
    known = frozenset(names)
    rows = (await session.exec(wanted.order_by(col(Letter.id)))).all()
    return [row for row in rows if row.content.get("name") in known]


async def known(session: AsyncSession, incident: int) -> set[tuple[int, str]]:
    """Return which calls (letter, name) of the incident were ever noted."""
    wanted = select(SecondCall.letter_id, SecondCall.name).where(SecondCall.incident_id == incident)
    return set((await session.exec(wanted)).all())


async def waiting(session: AsyncSession) -> Sequence[SecondCall]:
    """Return the calls that are yet to be made, the oldest first."""
    unmade = select(SecondCall).where(col(SecondCall.outcome).is_(None))
    return (await session.exec(unmade.order_by(col(SecondCall.id)).limit(AT_ONCE))).all()


async def settle(session: AsyncSession, number: int, outcome: str) -> None:
    """Note what became of a call."""
    call = await session.get_one(SecondCall, number)
    call.outcome = outcome
    session.add(call)
    await session.flush()


async def note(session: AsyncSession, call: SecondCall) -> None:
    """Write a call that is to be made."""
    session.add(call)
    await session.flush()
