"""The taking of an inventory: read, checked and written as one whole, or not at all."""

import asyncio
from datetime import datetime
from pathlib import Path

from checks.meter import validate_meter
from checks.target import validate
from storage.engine import Storage
from storage.inventory.changes import Changes
from storage.inventory.check import check
from storage.inventory.known import known
from storage.inventory.problem import InventoryError
from storage.inventory.read import read
from storage.inventory.rows import Inventory
from storage.inventory.write import write


async def take_inventory(
    storage: Storage, path: Path, at: datetime, *, dry_run: bool = False, yes: bool = False
) -> Changes:
    """Import what is at *path*.

    InventoryError has all that is wrong; TooManyRetiredError asks for *yes*. A dry run writes nothing.
    """
    reading = await asyncio.to_thread(read, path)
    async with storage.begin() as session:
        inventory = check(reading, await known(session), validate, validate_meter)
        if not isinstance(inventory, Inventory):
            raise InventoryError(inventory)
        changes = await write(session, inventory, at, yes=yes)
        if dry_run:
            await session.rollback()
        return changes


async def take_rows(storage: Storage, inventory: Inventory, at: datetime, *, yes: bool = False) -> Changes:
    """Import an inventory that is built already, such as the sample with other probes."""
    async with storage.begin() as session:
        return await write(session, inventory, at, yes=yes)
