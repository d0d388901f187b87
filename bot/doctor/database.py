"""The database: there, whole, ours to write, of the right schema, and with room to grow."""

import asyncio
import os
from pathlib import Path

from bot.doctor.finding import Finding, fail, ok, warn
from bot.doctor.patient import Patient
from storage import schema
from storage.condition import Condition, condition

LEAST, LITTLE = 100_000_000, 500_000_000  # bytes; a year of a province takes 300 MB
EFFECTIVE = os.access in os.supports_effective_ids


async def examine(patient: Patient) -> list[Finding]:
    """Look at the file, what is in it and what is around it."""
    file = patient.settings.database_file
    if wrong := judge_place(file):
        return [wrong]
    found = await asyncio.to_thread(condition, file, patient.busy)
    findings = [*judge(file, found), *judge_room(file, patient.free(file.absolute().parent))]
    if not findings and (different := await schema.differences(patient.settings.database_url)):
        findings.append(
            fail(f"the tables are not what {found.version} says: {different[0]}", "restore a backup")
        )
    return findings or [ok(f"{file} is whole, its schema is {found.version}")]


def judge_place(file: Path) -> Finding | None:
    """Judge where the database is or should be."""
    folder, setting = file.absolute().parent, "mend TRUCMANG_DATABASE_URL"
    if not folder.is_dir():
        return fail(f"there is no folder {folder}", f"make it, or {setting}")
    if file.is_dir():
        return fail(f"{file} is a folder", setting)
    if not file.exists():
        return fail(f"there is no database {file}", f"trucmang db upgrade makes it; or {setting}")
    if not _may(file, os.R_OK):
        return fail(f"this user may not read {file}", f"chown or chmod {file}, or run as its owner")
    if not _may(file, os.W_OK):
        return fail(f"this user may not write {file}", f"chown or chmod {file}, or run as its owner")
    if not _may(folder, os.W_OK | os.X_OK):
        return fail(f"this user may not write in {folder}, where SQLite keeps its journal", f"chown {folder}")
    return None


def judge(file: Path, found: Condition) -> list[Finding]:
    """Judge what is in the database."""
    if found.locked:
        return [
            fail(
                f"another process keeps {file} locked",
                f"find it with «fuser {file}» and end it; copies are made with trucmang backup",
            )
        ]
    if found.damage is not None:
        return [
            fail(f"{file} is damaged: {found.damage}", "stop the bot and restore a backup: trucmang restore")
        ]
    if found.read_only:
        return [fail(f"nothing can be written to {file}", "mount its disk for writing, or make it writable")]
    known = schema.versions()
    if found.version is None:
        return [fail(f"{file} has no schema", "trucmang db upgrade")]
    if found.version not in known:
        mend = "run the newer release that wrote it, or restore a backup of this one"
        return [fail(f"{file} has schema {found.version}, which this release does not know", mend)]
    if found.version != max(known):
        return [
            warn(
                f"{file} has schema {found.version}, not {max(known)}", "trucmang db upgrade; run does it too"
            )
        ]
    return []


def judge_room(file: Path, free: int) -> list[Finding]:
    """Judge how much room is left."""
    said = f"{free // 1_000_000} MB are free where {file} is"
    if free < LEAST:
        return [fail(said, f"free {LITTLE // 1_000_000} MB, or move the database")]
    return [warn(said, "a year takes 300 MB, and a backup as much again")] if free < LITTLE else []


def _may(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=EFFECTIVE)
