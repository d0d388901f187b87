"""The lock beside the database: one bot at a time works on it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.files import give


class LockedError(Exception):
    """Another process holds the lock; the sentence names it and says how to mend it."""


@contextmanager
def hold(database: Path) -> Iterator[None]:
    """Hold the lock of *database*, or raise LockedError.

    The kernel lets go of it when the process dies, however it dies; so the file itself stays for ever,
    for a lock on a file that somebody may delete keeps nobody out.
    """
    descriptor = os.open(f"{database}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(descriptor, database)
        give(descriptor, database.absolute().parent)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, database: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() or "unknown"
        raise LockedError(
            f"another bot, process {holder}, works on {database}: stop that one first, "
            "or give this one a database of its own (TRUCMANG_DATABASE_URL)"
        ) from None


def is_held(database: Path) -> bool:
    """Return whether a bot works on *database* now."""
    try:
        descriptor = os.open(f"{database}.lock", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
