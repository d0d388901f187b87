"""Leaders' preferences as they are kept."""

from collections.abc import Iterable
from dataclasses import asdict

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from incidents.preferences import Preferences
from storage.tables import Preference

USUAL = Preferences()


async def of(session: AsyncSession, person: int) -> Preferences:
    """Return what the person chose, or the usual."""
    return (await of_all(session, [person]))[person]


async def of_all(session: AsyncSession, people: Iterable[int]) -> dict[int, Preferences]:
    """Return what each of *people* chose."""
    wanted = set(people)
    rows = await session.exec(select(Preference).where(col(Preference.person_id).in_(wanted)))
    return dict.fromkeys(wanted, USUAL) | {row.person_id: _read(row) for row in rows}


async def keep(session: AsyncSession, person: int, chosen: Preferences) -> None:
    """Keep what the person chose."""
    await session.merge(Preference(person_id=person, **asdict(chosen)))


def _read(row: Preference) -> Preferences:
    return Preferences(row.summary, row.summary_at, row.escalations, row.wide_only, row.breaches, row.quiet)
