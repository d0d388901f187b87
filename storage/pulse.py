"""The pulse of the database: whether it takes what is written, and if not, since when and why."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.exc import DatabaseError, DataError, DBAPIError, IntegrityError, ProgrammingError

NOT_ITS_FAULT = (IntegrityError, ProgrammingError, DataError)  # what was asked of it was wrong


class Ailment(StrEnum):
    """What is wrong with a database."""

    LOCKED = "locked"  # another process does not let go of it
    FULL = "full"  # no room on the disk
    READ_ONLY = "read_only"
    DAMAGED = "damaged"
    DISK = "disk"  # it does not read, write or find the file


@dataclass(frozen=True, slots=True)
class Fault:
    """An ailment that lasts since *since*, in seconds of the monotonic clock."""

    ailment: Ailment
    since: float


class Pulse:
    """What became of the last transaction of one writer."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.fault: Fault | None = None

    @contextmanager
    def felt(self) -> Iterator[None]:
        """Learn from the transaction within; what it raises is raised."""
        began = self._clock()
        try:
            yield
        except DatabaseError as error:
            if not isinstance(error, NOT_ITS_FAULT):
                since = began if self.fault is None else self.fault.since
                self.fault = Fault(ailment(error), since)
            raise
        else:
            self.fault = None


def ailment(error: DBAPIError) -> Ailment:
    """Return what SQLite says is wrong; an error of no known kind is the disk's."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    return _AILMENTS.get(0 if code is None else code & 0xFF, Ailment.DISK)


_AILMENTS = {
    sqlite3.SQLITE_BUSY: Ailment.LOCKED,
    sqlite3.SQLITE_LOCKED: Ailment.LOCKED,
    sqlite3.SQLITE_FULL: Ailment.FULL,
    sqlite3.SQLITE_READONLY: Ailment.READ_ONLY,
    sqlite3.SQLITE_CORRUPT: Ailment.DAMAGED,
    sqlite3.SQLITE_NOTADB: Ailment.DAMAGED,
}
