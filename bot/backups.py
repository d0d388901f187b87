"""Backups as the command line and the timetable make them: where the settings say, in local time."""

import asyncio
from datetime import datetime
from pathlib import Path

import structlog

from bot.settings import Settings
from storage.backup import BackupError, backup, rotate
from storage.restore import restore

log = structlog.get_logger(__name__)


async def backup_now(settings: Settings, to: Path | None, at: datetime) -> Path:
    """Copy the database into *to*, or the folder of the settings; return the copy."""
    folder = to or settings.backup_folder
    if folder is None:
        raise BackupError("no backup was made: TRUCMANG_BACKUP_DIR is off; say where to with --to")
    return await asyncio.to_thread(backup, settings.database_url, folder, at.astimezone(settings.voice.zone))


async def restore_from(settings: Settings, path: Path, at: datetime) -> str:
    """Put the backup *path* in the place of the database; return a sentence of what is there now."""
    local = at.astimezone(settings.voice.zone)
    restored = await asyncio.to_thread(restore, settings.database_url, path, local)
    rows = restored.contents.rows
    holds = ", ".join(f"{rows.get(table, 0)} {table}" for table in ("channels", "people", "incidents"))
    said = f"{settings.database_file} is {path} now: schema {restored.contents.schema}, {holds}."
    return said if restored.aside is None else f"{said} What it was before is kept as {restored.aside}."


async def nightly(settings: Settings, at: datetime) -> Path | None:
    """Make the night's backup and delete the oldest; None where there is none to be had."""
    folder = settings.backup_folder
    if folder is None:
        return None
    try:
        made = await backup_now(settings, folder, at)
        old = await asyncio.to_thread(rotate, folder)
    except (BackupError, OSError) as error:
        log.error("backup.failed", error=str(error))  # noqa: TRY400  (a sentence says it all)
        return None
    log.info("backup.made", path=str(made), deleted=[each.name for each in old])
    return made
