"""The roster: from the first day of the sheet to its last it is as the sheet says; other days stay."""

from datetime import date, time
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.inventory.changes import Count, Tally
from storage.inventory.rows import Inventory, ShiftRow
from storage.inventory.upsert import id_of, set_values
from storage.tables import Person, Shift


async def write_shifts(session: AsyncSession, inventory: Inventory) -> Count:
    """Write the shifts of the sheet, and take out those of its days that it has no longer."""
    tally = Tally()
    if not inventory.shifts:
        return tally.count
    people = {each.telegram_id: id_of(each) for each in await session.exec(select(Person))}
    known = await _known(session, inventory)
    for row in inventory.shifts:
        shift = known.pop((row.date, row.from_), None)
        new = shift is None
        shift = shift or Shift(day=row.date, begins=row.from_, ends=row.to)
        different = set_values(shift, values := _values(row, people), values.keys())
        session.add(shift)
        tally.written(new=new, different=different)
    for gone in known.values():
        await session.delete(gone)
        tally.retired()
    await session.flush()
    return tally.count


async def _known(session: AsyncSession, inventory: Inventory) -> dict[tuple[date, time], Shift]:
    days = [row.date for row in inventory.shifts]
    rows = await session.exec(select(Shift).where(col(Shift.day) >= min(days), col(Shift.day) <= max(days)))
    return {(row.day, row.begins): row for row in rows}


def _values(row: ShiftRow, people: dict[int, int]) -> dict[str, Any]:
    return {
        "ends": row.to,
        "first_id": None if row.first is None else people[row.first],
        "second_id": None if row.second is None else people[row.second],
    }
