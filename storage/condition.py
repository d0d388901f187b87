"""The condition of a database file: whether it is whole, ours to write, and of which schema."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

SHOWN = 3  # faults: one is enough to restore a backup


@dataclass(frozen=True, slots=True)
class Condition:
    """What was seen; *version* is that of the schema, None where there is none."""

    version: str | None = None
    damage: str | None = None
    locked: bool = False
    read_only: bool = False


def condition(file: Path, wait: float) -> Condition:
    """Look at the whole of a database that is there; a lock of another is waited for so long."""
    uri = f"{file.absolute().as_uri()}?mode=rw"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None)) as connection:
            return _look(connection)
    except sqlite3.OperationalError as error:
        return _refused(error)
    except sqlite3.DatabaseError as error:
        return Condition(damage=str(error))


def _look(connection: sqlite3.Connection) -> Condition:
    wrong = [row[0] for row in connection.execute(f"PRAGMA integrity_check({SHOWN})")]
    if wrong != ["ok"]:
        return Condition(damage=wrong[0])
    version = _version(connection)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        return _refused(error, version)
    return Condition(version)


def _version(connection: sqlite3.Connection) -> str | None:
    known = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'").fetchone()
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    return None if row is None else str(row[0])


def _refused(error: sqlite3.OperationalError, version: str | None = None) -> Condition:
    code = error.sqlite_errorcode & 0xFF  # the primary code of an extended one
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Condition(version, locked=True)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return Condition(version, read_only=True)
    return Condition(version, damage=str(error))
