"""Channels: those gone are retired with their history, those back are the same ones again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.inventory.changes import Count, Tally, TooManyRetiredError
from storage.inventory.rows import ChannelRow, Inventory, UnitKey
from storage.inventory.upsert import carriers_by_code, channels_by_code, id_of, set_values, units_by_key
from storage.inventory.write_series import Watch
from storage.tables import Carrier, Channel, Unit

ASK_ABOVE = 10  # one channel in so many may go without asking


async def refuse_many(session: AsyncSession, inventory: Inventory) -> None:
    """Raise TooManyRetiredError if more than a tenth of the live channels would go."""
    if "channels" not in inventory.columns:
        return
    live = set(await session.exec(select(Channel.code).where(col(Channel.retired_at).is_(None))))
    retiring = live - {row.code for row in inventory.channels}
    if len(retiring) * ASK_ABOVE > len(live):
        raise TooManyRetiredError(tuple(sorted(retiring)), len(live))


async def write_channels(session: AsyncSession, inventory: Inventory, at: datetime) -> Count:
    """Write the channels of the sheet and retire the others; without a sheet nothing is touched."""
    tally = Tally()
    if "channels" not in inventory.columns:
        return tally.count
    book = await _Book.open(session, inventory.columns["channels"])
    added = {row.code for row in inventory.channels if book.add(session, row)}
    await session.flush()  # uplinks and series need ids
    for row in inventory.channels:
        different = book.update(row)
        watched = book.watch.renew(id_of(book.channels[row.code]), row.probes, at)
        tally.written(new=row.code in added, different=different or watched)
    for channel in book.gone({row.code for row in inventory.channels}):
        channel.retired_at = at
        book.watch.end(id_of(channel), at)
        tally.retired()
    await session.flush()
    return tally.count


@dataclass(frozen=True)
class _Book:
    """What the database holds, by the codes of the sheet."""

    columns: frozenset[str]
    units: dict[UnitKey, Unit]
    carriers: dict[str, Carrier]
    channels: dict[str, Channel]
    watch: Watch

    @classmethod
    async def open(cls, session: AsyncSession, columns: frozenset[str]) -> Self:
        """Read what is there."""
        units, carriers = await units_by_key(session), await carriers_by_code(session)
        channels = await channels_by_code(session)
        watch = await Watch.open(session, of="channel_id", said="probes" in columns)
        return cls(columns, units, carriers, channels, watch)

    def add(self, session: AsyncSession, row: ChannelRow) -> bool:
        """Add the channel unless it is there; say whether it was added."""
        if row.code in self.channels:
            return False
        self.channels[row.code] = channel = Channel(code=row.code, unit_id=id_of(self.units[row.unit]))
        session.add(channel)
        return True

    def update(self, row: ChannelRow) -> bool:
        """Bring the channel to what the sheet says; one that was retired is back."""
        channel = self.channels[row.code]
        returned = channel.retired_at is not None
        if returned:
            assert channel.retired_at is not None
            self.watch.resume(id_of(channel), channel.retired_at)
            channel.retired_at = None
        said = {*self.columns, *(f"{column}_id" for column in self.columns)}
        return set_values(channel, self._values(row), said) or returned

    def gone(self, kept: set[str]) -> list[Channel]:
        """Return the live channels that the sheet has no longer."""
        return [each for code, each in self.channels.items() if code not in kept and each.retired_at is None]

    def _values(self, row: ChannelRow) -> dict[str, Any]:
        return {
            "unit_id": id_of(self.units[row.unit]),
            "carrier_id": id_of(self.carriers[row.carrier]) if row.carrier else None,
            "uplink_id": id_of(self.channels[row.uplink]) if row.uplink else None,
            "kind": row.kind or "chinh",
            "bandwidth_mbps": row.bandwidth_mbps,
            "priority": row.priority,
            "meter": row.meter,
            "profile": row.profile,
        }
