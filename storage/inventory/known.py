"""What the database holds already, by the keys that a sheet may refer to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.inventory.rows import UnitKey
from storage.inventory.shifts import Staff
from storage.tables import Carrier, Channel, Person, Team, Unit

EDITION = "2025"  # of a database that holds none: the list of units in force


@dataclass(frozen=True, slots=True)
class Known:
    """Live units with their parents, carriers, teams, live channels with their uplinks, and people."""

    parents: Mapping[UnitKey, UnitKey | None] = field(default_factory=dict)
    carriers: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    uplinks: Mapping[str, str | None] = field(default_factory=dict)
    staff: tuple[Staff, ...] = ()

    @property
    def edition(self) -> str:
        """The edition of units for which a sheet names none."""
        editions = {key.edition for key in self.parents}
        return editions.pop() if len(editions) == 1 else EDITION


async def known(session: AsyncSession) -> Known:
    """Return what the database holds."""
    units = (await session.exec(select(Unit).where(col(Unit.retired_at).is_(None)))).all()
    keys = {unit.id: UnitKey(unit.edition, unit.code) for unit in units}
    channels = (await session.exec(select(Channel).where(col(Channel.retired_at).is_(None)))).all()
    codes = {channel.id: channel.code for channel in channels}
    return Known(
        parents={keys[unit.id]: keys.get(unit.parent_id) for unit in units},
        carriers=frozenset((await session.exec(select(Carrier.code))).all()),
        teams=frozenset((await session.exec(select(Team.code))).all()),
        uplinks={channel.code: codes.get(channel.uplink_id) for channel in channels},
        staff=tuple(
            Staff(each.telegram_id, each.name, each.role) for each in await session.exec(select(Person))
        ),
    )
