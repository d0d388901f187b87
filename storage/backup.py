"""Backups: whole copies of the database, made while it is written to and read back before they count."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage import schema
from storage.files import database_file, journals, make_private, put_in_place

KEPT = 14  # nights
BUSY_SECONDS = 5.0
NAME = re.compile(r"trucmang-\d{8}-\d{6}\.db")
PARTIAL = ".partial"  # what a copy is called until it is whole


class BackupError(Exception):
    """No backup was made, or none was restored; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database was found to hold: its schema, and the rows of each table."""

    schema: str
    rows: dict[str, int]


def backup(url: str, to: Path, at: datetime) -> Path:
    """Copy the database at *url* into the folder *to* and return the copy; the bot may write meanwhile."""
    database, path = database_file(url), to / f"trucmang-{at:%Y%m%d-%H%M%S}.db"
    if not database.is_file():
        raise BackupError(f"no backup was made: there is no database {database}")
    with _sentence(f"no backup was made in {to}"):
        to.mkdir(mode=0o700, parents=True, exist_ok=True)
        with copied(database, Path(f"{path}{PARTIAL}")) as copy:
            put_in_place(copy, path)
    return path


def rotate(folder: Path, keep: int = KEPT) -> list[Path]:
    """Delete all but the newest *keep* backups of *folder*, and nothing else; return what was deleted."""
    ours = sorted(each for each in folder.iterdir() if NAME.fullmatch(each.name.removesuffix(PARTIAL)))
    whole = [each for each in ours if not each.name.endswith(PARTIAL)]
    # a partial copy older than a whole one is of a backup that was cut off
    partial = [each for each in ours if each not in whole and whole and each < whole[-1]]
    old = [*whole[: max(len(whole) - keep, 0)], *partial]
    for each in old:
        each.unlink(missing_ok=True)
    return old


def newest(folder: Path) -> Path | None:
    """Return the newest backup in *folder*, or None."""
    if not folder.is_dir():
        return None
    return max((each for each in folder.iterdir() if NAME.fullmatch(each.name)), default=None)


def examine(path: Path) -> Contents:
    """Read the whole of a backup and return what it holds; raise BackupError where it is not sound."""
    if not path.is_file():
        raise BackupError(f"there is no file {path}")
    try:
        with closing(_open(path, "ro")) as connection:
            wrong = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            if wrong != ["ok"]:
                raise BackupError(f"{path} is damaged: {wrong[0]}")
            return _contents(connection)
    except sqlite3.Error as error:
        raise BackupError(f"{path} is no sound database of this bot: {error}") from error


def known(path: Path, contents: Contents) -> Contents:
    """Return *contents*, or raise BackupError where a newer release wrote them."""
    if contents.schema not in schema.versions():
        raise BackupError(
            f"{path} has schema {contents.schema}, which this release does not know: "
            "restore it with the newer release that made it"
        )
    return contents


@contextmanager
def copied(source: Path, target: Path) -> Iterator[Path]:
    """Copy a database that others may write to, read the copy back, and lend it; it goes unless renamed."""
    make_private(target)
    try:
        with closing(_open(source, "ro")) as original, closing(_open(target, "rw")) as copy:
            original.backup(copy)  # in one step, a snapshot: no writer waits for it, nor it for one
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        examine(target)
        yield target
    finally:
        for each in (target, *journals(target)):
            each.unlink(missing_ok=True)


def _open(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )


def _contents(connection: sqlite3.Connection) -> Contents:
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if found is None:
        raise sqlite3.DatabaseError("it has no schema version")
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    rows = {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for (name,) in tables.fetchall()
    }
    return Contents(found[0], rows)


@contextmanager
def _sentence(nothing_done: str) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise BackupError(f"{nothing_done}: {error}") from error
