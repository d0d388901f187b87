"""Who is whose officer: postings as they begin and end, and the people they name."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from incidents.roles import Role
from storage.tables import Person, Posting


async def begin(session: AsyncSession, person: int, unit: int, at: datetime, by: int | None) -> None:
    """Make the person an officer of the unit, unless that is so."""
    if await present(session, person, unit) is None:
        session.add(Posting(person_id=person, unit_id=unit, since=at, begun_by=by))
        await session.flush()


async def end(session: AsyncSession, posting: Posting, at: datetime, by: int | None) -> None:
    """End the posting; that it was stays written."""
    posting.until, posting.ended_by = at, by
    session.add(posting)
    await session.flush()


async def end_all(session: AsyncSession, person: int, at: datetime, by: int | None) -> None:
    """End every posting of a person who is an officer no longer."""
    lasting = select(Posting).where(Posting.person_id == person, col(Posting.until).is_(None))
    for posting in (await session.exec(lasting)).all():
        await end(session, posting, at, by)


async def present(session: AsyncSession, person: int, unit: int) -> Posting | None:
    """Return the person's posting at the unit that lasts, or None."""
    found = await session.exec(
        select(Posting).where(
            Posting.person_id == person, Posting.unit_id == unit, col(Posting.until).is_(None)
        )
    )
    return found.one_or_none()


async def units_of(session: AsyncSession, person: int) -> Sequence[int]:
    """Return the units at which the person is posted now."""
    wanted = select(Posting.unit_id).where(Posting.person_id == person, col(Posting.until).is_(None))
    return (await session.exec(wanted)).all()


async def last_ended(session: AsyncSession, person: int) -> Posting | None:
    """Return the person's posting that ended last, or None."""
    ended = select(Posting).where(Posting.person_id == person, col(Posting.until).is_not(None))
    return (await session.exec(ended.order_by(col(Posting.until).desc()).limit(1))).first()


async def at_units(session: AsyncSession, units: Iterable[int]) -> list[tuple[Posting, Person]]:
    """Return the postings of now at *units* with their people, the longest in place first."""
    rows = await session.exec(
        select(Posting, Person)
        .join(Person, col(Person.id) == col(Posting.person_id))
        .where(col(Posting.unit_id).in_(set(units)), col(Posting.until).is_(None))
        .order_by(col(Posting.id))
    )
    return list(rows.all())


async def officers_of(session: AsyncSession, unit: int) -> Sequence[Person]:
    """Return the officers of the unit who are not locked."""
    return [
        person
        for _, person in await at_units(session, [unit])
        if person.locked_at is None and person.role == Role.OFFICER
    ]


async def ever(session: AsyncSession) -> set[tuple[int, int]]:
    """Return every (person, unit) that is or was."""
    return set((await session.exec(select(Posting.person_id, Posting.unit_id))).all())
