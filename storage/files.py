"""Files that must outlive a power cut: made for their owner alone, flushed, and renamed into place."""

import os
from pathlib import Path

from sqlalchemy import make_url


def database_file(url: str) -> Path:
    """Return the file that the database at *url* is in."""
    name = make_url(url).database
    assert name, "the settings let no other database through"
    return Path(name)


def journals(database: Path) -> list[Path]:
    """Return where SQLite keeps what is not yet in the file itself."""
    return [Path(f"{database}-wal"), Path(f"{database}-shm")]


def make_private(path: Path) -> None:
    """Make *path*, which must be new, for its owner alone to read."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600))


def flush(path: Path) -> None:
    """Have the file, or the names in the folder, on the disk itself before returning."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put_in_place(new: Path, path: Path) -> None:
    """Give *new* the name *path*: after a power cut either the old file or the whole new one is there."""
    flush(new)
    new.replace(path)
    flush(path.parent)


def give(path: Path | int, like: Path) -> None:
    """Where root works for a service: have *path* belong to whoever *like* belongs to."""
    if os.geteuid() == 0:
        owner = like.stat()
        os.chown(path, owner.st_uid, owner.st_gid)
