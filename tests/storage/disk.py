"""The database's files, read, written and hindered from outside the bot."""

import resource
import sqlite3
from contextlib import closing, contextmanager


def run(path, *statements):
    """Run *statements* and return the rows of the last."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return [connection.execute(each).fetchall() for each in statements][-1]


def count(path, table="policies"):
    return run(path, f"SELECT count(*) FROM {table}")[0][0]


def note(path, name):
    """Commit one more row."""
    run(path, f"INSERT INTO policies (name, version, value, at) VALUES ('{name}', 1, '1', '2025-11-24')")


def listing(folder):
    return sorted(each.name for each in folder.iterdir())


def size(path):
    return path.stat().st_size


@contextmanager
def locked(database):
    """Another connection begins to write and does not end."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def no_file_longer_than(length):
    """Have the kernel refuse to let any file of this process grow beyond *length*."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (length, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
