"""Restoring: a backup put in the place of the database, which is kept aside under a name that says so."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.backup import BackupError, Contents, copied, examine, known
from storage.files import database_file, flush, give, journals, put_in_place
from storage.lock import LockedError, hold


@dataclass(frozen=True, slots=True)
class Restored:
    """What the database holds now, and where the replaced one is kept; None where there was none."""

    contents: Contents
    aside: Path | None


def restore(url: str, backup: Path, at: datetime) -> Restored:
    """Put *backup* in the place of the database at *url*; where that cannot be, nothing is changed."""
    database = database_file(url)
    contents = known(backup, examine(backup))
    try:
        with hold(database), copied(backup, Path(f"{database}.restoring")) as copy:
            aside = None
            if database.exists():
                aside = _set_aside(database, at)
                copy.chmod(database.stat().st_mode & 0o777)
                give(copy, database)
            else:
                give(copy, database.absolute().parent)
            put_in_place(copy, database)
            return Restored(contents, aside)
    except LockedError as error:
        raise BackupError(f"nothing was restored: {error}") from error
    except (sqlite3.Error, OSError) as error:
        raise BackupError(f"nothing was restored: {error}") from error


def _set_aside(database: Path, at: datetime) -> Path:
    """Give the database a second name; it keeps its own until the moment another takes its place."""
    aside = Path(f"{database}.replaced-{at:%Y%m%d-%H%M%S}")
    journal, journal_aside = Path(f"{database}-wal"), Path(f"{aside}-wal")
    os.link(database, aside)
    try:
        if journal.exists():  # a database too damaged to be opened loses it in the attempt
            os.link(journal, journal_aside)
        if _fold(database):
            journal_aside.unlink(missing_ok=True)
    except BaseException:
        for each in (aside, journal_aside):
            each.unlink(missing_ok=True)
        raise
    flush(aside.parent)
    for each in journals(database):  # they would be taken for the new one's
        each.unlink(missing_ok=True)
    return aside


def _fold(database: Path) -> bool:
    """Bring what was committed into the file itself, or return that it is damaged.

    This needs the database for itself alone, and so shows at once whether it is in use.
    """
    in_use = BackupError(f"nothing was restored: another process has {database} open")
    try:
        with closing(sqlite3.connect(database, timeout=1.0, isolation_level=None)) as connection:
            if connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
                raise in_use
            connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            raise in_use from error
        if isinstance(error, sqlite3.OperationalError):
            raise
        return False
    return True
