"""The inventory as one frozen value: who hangs where, kept in memory until somebody changes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import event, update
from sqlalchemy.orm import Session, UOWTransaction
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from intents.names import Gazetteer
from intents.places import Place
from intents.services import Named
from intents.wording import bare_name
from storage.tables import Carrier, Channel, Cover, Posting, Revision, Series, Service, Team, Unit

REVISION = "inventory"
KNOWN = (Unit, Channel, Service, Series, Carrier, Team, Cover, Posting)
_NEXT = update(Revision).where(col(Revision.name) == REVISION).values(number=Revision.number + 1)
_NUMBER = select(Revision.number).where(Revision.name == REVISION)  # asked at every act: built once


@dataclass(frozen=True)
class Directory:
    """Units, channels, services, series, carriers and teams by their ids, and who is whose officer.

    Retired ones are kept apart by callers.
    """

    units: dict[int, Unit]
    channels: dict[int, Channel]
    services: dict[int, Service]
    series: dict[int, Series]
    carriers: dict[int, Carrier]
    teams: dict[int, Team]
    covers: frozenset[tuple[int, int]]  # (team, unit)
    postings: frozenset[tuple[int, int]]  # (person, unit), those of now

    def above(self, unit: int | None) -> Iterator[Unit]:
        """Yield the unit and all above it, the nearest first."""
        seen: set[int] = set()
        while unit is not None and unit not in seen and unit in self.units:
            seen.add(unit)
            yield self.units[unit]
            unit = self.units[unit].parent_id

    def within(self, unit: int | None, scope: int | None) -> bool:
        """Return whether *unit* is *scope* or below it; a scope of None is the whole province."""
        return scope is None or any(each.id == scope for each in self.above(unit))

    def area(self, unit: int) -> Unit | None:
        """Return the unit's area: the highest unit above it but the province itself; None at the top."""
        path = list(self.above(unit))
        return path[-2] if len(path) > 2 else None

    def counted_under(self, unit: int) -> Unit | None:
        """Return the area the unit is counted under: its district, itself as one; None for the province's."""
        path = list(self.above(unit))
        own_area = len(path) == 2 and self.holds(unit)
        return path[-2] if len(path) > 2 or own_area else None

    def table_area(self, unit: int) -> str:
        """Return the name a table counts the unit under: its area's, or the province's for its own bodies."""
        area = self.counted_under(unit)
        return bare_name(area.name) if area else list(self.above(unit))[-1].name

    @cached_property
    def top(self) -> int:
        """The unit that is below no other: the province."""
        return next(id_ for id_, each in self.units.items() if each.parent_id is None)

    def holds(self, unit: int) -> bool:
        """Return whether there are units below *unit*."""
        return unit in self._parents

    @cached_property
    def _parents(self) -> frozenset[int]:
        return frozenset(each.parent_id for each in self.units.values() if each.parent_id is not None)

    @cached_property
    def live_channels(self) -> dict[int, Channel]:
        """The channels that are watched, by id."""
        return {id_: channel for id_, channel in self.channels.items() if channel.retired_at is None}

    @cached_property
    def _by_unit(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for id_, channel in self.live_channels.items():
            found.setdefault(channel.unit_id, []).append(id_)
        return found

    @cached_property
    def _by_channel(self) -> dict[int, tuple[int, ...]]:
        found: dict[int, tuple[int, ...]] = {}
        for id_, series in self.series.items():
            if series.channel_id is not None and series.retired_at is None:
                found[series.channel_id] = (*found.get(series.channel_id, ()), id_)
        return found

    @cached_property
    def _by_service(self) -> dict[int, tuple[int, ...]]:
        found: dict[int, tuple[int, ...]] = {}
        for id_, series in self.series.items():
            if series.service_id is not None and series.retired_at is None:
                found[series.service_id] = (*found.get(series.service_id, ()), id_)
        return found

    @cached_property
    def live_services(self) -> dict[int, Service]:
        """The services that people use, by id."""
        return {id_: service for id_, service in self.services.items() if service.retired_at is None}

    @cached_property
    def service_names(self) -> tuple[Named, ...]:
        """Every live service with what people call it; made once for each state of the inventory."""
        return tuple(Named.of(id_, each.name, *each.aliases) for id_, each in self.live_services.items())

    @cached_property
    def anchors(self) -> tuple[int, ...]:
        """The series that tell whether we ourselves can see: of no channel, and of no service."""
        return tuple(
            id_
            for id_, each in self.series.items()
            if each.channel_id is None and each.service_id is None and each.retired_at is None
        )

    def channels_of(self, unit: int) -> list[int]:
        """Return the live channels of the unit itself."""
        return self._by_unit.get(unit, [])

    def series_of(self, channel: int) -> tuple[int, ...]:
        """Return the live series of the channel."""
        return self._by_channel.get(channel, ())

    def probes_of(self, service: int) -> tuple[int, ...]:
        """Return the live series of the service."""
        return self._by_service.get(service, ())

    def watched(self, channel: int) -> bool:
        """Return whether the channel is live and probed."""
        return channel in self.live_channels and bool(self.series_of(channel))

    def behind(self, channel: int) -> list[int]:
        """Return the live channels that hang behind *channel*, directly or not."""
        found: list[int] = []
        queue = [channel]
        while queue:
            above = queue.pop()
            below = [
                id_
                for id_, each in self.live_channels.items()
                if each.uplink_id == above and id_ not in found
            ]
            found += below
            queue += below
        return found

    def units_of(self, officer: int) -> tuple[Unit, ...]:
        """Return the units that the person with this id is an officer of, in the inventory's order."""
        return tuple(self.units[unit] for person, unit in sorted(self.postings) if person == officer)

    def distance(self, team: Team, unit: int) -> int:
        """Return how many levels above *unit* is what *team* looks after; where there is none, beyond all."""
        path = [each.id for each in self.above(unit)]
        return next((depth for depth, each in enumerate(path) if (team.id, each) in self.covers), len(path))

    def unit_of(self, channel: int) -> Unit:
        """Return the unit whose channel it is."""
        return self.units[self.channels[channel].unit_id]

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Every unit by its names and its channels' codes; made once for each state of the inventory."""
        return Gazetteer(
            Place(id_, unit.name, unit.kind, area.name if (area := self.area(id_)) else "", self._codes(id_))
            for id_, unit in self.units.items()
            if unit.retired_at is None
        )

    def _codes(self, unit: int) -> tuple[str, ...]:
        return self.units[unit].code, *(self.channels[each].code for each in self.channels_of(unit))


class Inventory:
    """The directory last read; it is read again once the inventory's revision has moved."""

    def __init__(self) -> None:
        self._number: int | None = None
        self._directory: Directory | None = None

    async def read(self, session: AsyncSession) -> Directory:
        """Return the inventory as it stands in the session's transaction, before any change of its own."""
        number = (await session.exec(_NUMBER)).one()
        if self._directory is None or number != self._number:
            self._directory, self._number = await read(session), number
        return self._directory


async def changed(session: AsyncSession) -> None:
    """Say that the inventory was changed by a statement; what goes through objects is noticed by itself."""
    await session.exec(_NEXT)


async def read(session: AsyncSession) -> Directory:
    """Return the inventory as it stands, its rows free of the session."""
    found = await _read(session)
    tables = (found.units, found.channels, found.services, found.series, found.carriers, found.teams)
    for rows in tables:
        for row in rows.values():
            session.expunge(row)
    return found


async def _read(session: AsyncSession) -> Directory:
    series = select(Series).where(col(Series.retired_at).is_(None))
    return Directory(
        units={row.id: row for row in await session.exec(select(Unit)) if row.id is not None},
        channels={row.id: row for row in await session.exec(select(Channel)) if row.id is not None},
        services={row.id: row for row in await session.exec(select(Service)) if row.id is not None},
        series={row.id: row for row in await session.exec(series) if row.id is not None},
        carriers={row.id: row for row in await session.exec(select(Carrier)) if row.id is not None},
        teams={row.id: row for row in await session.exec(select(Team)) if row.id is not None},
        covers=frozenset((row.team_id, row.unit_id) for row in await session.exec(select(Cover))),
        postings=frozenset(
            (row.person_id, row.unit_id)
            for row in await session.exec(select(Posting).where(col(Posting.until).is_(None)))
        ),
    )


@event.listens_for(Session, "after_flush")
def _notice(session: Session, _: UOWTransaction) -> None:
    touched = (*session.new, *session.dirty, *session.deleted)
    if any(isinstance(each, KNOWN) for each in touched):
        session.execute(_NEXT)
