"""The import at the command line: the database brought up to date, the inventory taken, the changes told."""

from pathlib import Path

from rich.table import Table

from bot.app import civil_now
from bot.settings import Settings
from operations.take_inventory import take_inventory
from storage import schema
from storage.engine import Storage
from storage.inventory.changes import Changes


async def import_inventory(settings: Settings, path: Path, *, dry_run: bool, yes: bool) -> Changes:
    """Import what is at *path* into the database of *settings*."""
    await schema.upgrade(settings.database_url)
    async with Storage(settings.database_url) as storage:
        return await take_inventory(storage, path, civil_now(), dry_run=dry_run, yes=yes)


def table(changes: Changes) -> Table:
    """Return *changes* sheet by sheet."""
    shown = Table(caption="\n".join(changes.notes) or None)
    for heading in ("sheet", "new", "changed", "retired", "as it was"):
        shown.add_column(heading, justify="left" if heading == "sheet" else "right")
    for sheet, count in changes.sheets.items():
        numbers = (count.added, count.changed, count.retired, count.unchanged)
        shown.add_row(sheet, *(str(number) for number in numbers))
    return shown
