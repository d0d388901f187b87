"""The writing of an inventory: rows are updated by their codes; what is gone is retired, never deleted."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.directory import changed
from storage.inventory.changes import Changes, Count
from storage.inventory.rows import Inventory
from storage.inventory.write_channels import refuse_many, write_channels
from storage.inventory.write_people import write_carriers, write_people, write_teams
from storage.inventory.write_services import write_services
from storage.inventory.write_shifts import write_shifts
from storage.inventory.write_units import retire_units, write_units


async def write(session: AsyncSession, inventory: Inventory, at: datetime, *, yes: bool = False) -> Changes:
    """Write all of it in the session's transaction; a TooManyRetiredError comes before any of it."""
    if not yes:
        await refuse_many(session, inventory)
    # Each sheet after those it refers to; units go only once nobody needs them any more.
    counts: dict[str, Count] = {
        "units": await write_units(session, inventory),
        "carriers": await write_carriers(session, inventory),
        "teams": await write_teams(session, inventory),
        "channels": await write_channels(session, inventory, at),
        "services": await write_services(session, inventory, at),
        "people": await write_people(session, inventory, at),
        "shifts": await write_shifts(session, inventory),
    }
    retired = await retire_units(session, inventory, at)
    units = counts["units"]
    counts["units"] = Count(units.added, units.changed, retired, units.unchanged)
    await session.flush()
    await changed(session)
    present = {sheet: count for sheet, count in counts.items() if sheet in inventory.columns}
    return Changes(present, inventory.notes)
