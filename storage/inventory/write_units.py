"""Units: written parents and all; those gone are retired unless somebody still needs them."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from locales.folding import fold
from storage.inventory.changes import Count, Tally
from storage.inventory.rows import Inventory, UnitKey, UnitRow
from storage.inventory.upsert import id_of, set_values, units_by_key
from storage.tables import Channel, Person, Posting, Service, Unit

PLAIN = ("name", "kind", "sla_class", "address", "latitude", "longitude", "contact")


async def write_units(session: AsyncSession, inventory: Inventory) -> Count:
    """Add and update the units of the sheet."""
    columns = inventory.columns.get("units", frozenset())
    units = await units_by_key(session)
    new = [row for row in inventory.units if row.key not in units]
    for row in new:
        units[row.key] = unit = Unit(
            edition=row.key.edition, code=row.key.code, name=row.name, folded="", kind=row.kind
        )
        session.add(unit)
    await session.flush()  # parents need ids
    tally = Tally()
    added = {row.key for row in new}
    for row in inventory.units:
        different = _update(units, row, columns)
        tally.written(new=row.key in added, different=different)
    await session.flush()
    return tally.count


def _update(units: dict[UnitKey, Unit], row: UnitRow, columns: frozenset[str]) -> bool:
    unit = units[row.key]
    values = {
        **{name: getattr(row, name) for name in PLAIN},
        "folded": fold(row.name),
        "parent_id": None if row.parent is None else id_of(units[row.parent]),
        "retired_at": None,
    }
    return set_values(unit, values, {*columns, "folded", "parent_id", "retired_at"})


async def retire_units(session: AsyncSession, inventory: Inventory, at: datetime) -> int:
    """Retire the units that the sheet's editions have no longer, leaves first; return how many."""
    kept = {row.key for row in inventory.units}
    editions = {key.edition for key in kept}
    await session.flush()
    units = await units_by_key(session)
    live = {id_of(unit): unit for unit in units.values() if unit.retired_at is None}
    gone = {
        id_of(unit)
        for key, unit in units.items()
        if unit.retired_at is None and key.edition in editions and key not in kept
    }
    gone -= _with_all_above(await _needed(session) | (live.keys() - gone), live)
    for unit_id in gone:
        live[unit_id].retired_at = at
    return len(gone)


async def _needed(session: AsyncSession) -> set[int]:
    """Return the units of live channels, of live services and of people."""
    channels = await session.exec(select(Channel.unit_id).where(col(Channel.retired_at).is_(None)))
    services = await session.exec(select(Service.unit_id).where(col(Service.retired_at).is_(None)))
    people = await session.exec(select(Person.unit_id))
    officers = await session.exec(select(Posting.unit_id).where(col(Posting.until).is_(None)))
    return {*channels, *officers, *(unit for unit in (*services, *people) if unit is not None)}


def _with_all_above(units: set[int], live: dict[int, Unit]) -> set[int]:
    found: set[int] = set()
    for start in units:
        at: int | None = start
        while at is not None and at not in found:
            found.add(at)
            at = live[at].parent_id if at in live else None
    return found
