"""One bot at a time: the lock beside the database, held by real processes."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import contextmanager, suppress

import pytest

from bot.app import App
from bot.settings import Settings
from storage.lock import LockedError, hold

HOLDER = """
import sys
from pathlib import Path
from storage.lock import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_bot(database):
    """A process of its own that holds the lock until it is told to end."""
    command = [sys.executable, "-c", HOLDER, str(database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            with suppress(BrokenPipeError):
                process.stdin.close()


@pytest.fixture
def database(tmp_path):
    return tmp_path / "desk.db"


def test_a_second_bot_is_told_which_process_has_the_database_and_what_to_do(database):
    with another_bot(database) as other, pytest.raises(LockedError) as refused, hold(database):
        pass
    assert str(refused.value) == (
        f"another bot, process {other.pid}, works on {database}: stop that one first, "
        "or give this one a database of its own (TRUCMANG_DATABASE_URL)"
    )


def test_the_lock_of_a_killed_bot_is_free_at_once(database):
    with another_bot(database) as other:
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
        with hold(database):
            assert (database.parent / "desk.db.lock").read_text() == f"{os.getpid()}\n"


def test_two_bots_in_one_process_are_two(database):
    with hold(database), pytest.raises(LockedError, match=f"process {os.getpid()}"), hold(database):
        pass


def test_the_lock_is_free_again_after_it_was_held(database):
    for _ in range(2):
        with hold(database):
            pass


async def test_a_bot_does_not_migrate_a_database_that_another_works_on(tmp_path, database):
    settings = Settings.load(
        _env_file=None, telegram_token="1:x", database_url=f"sqlite+aiosqlite:///{database}"
    )
    with another_bot(database), pytest.raises(LockedError):
        async with App(settings).open():
            pass
    assert not database.exists()


async def test_a_bot_gives_the_lock_back_when_it_cannot_start(database):
    sqlite3.connect(database).close()
    database.write_text("a letter, not a database. " * 100)
    settings = Settings.load(
        _env_file=None, telegram_token="1:x", database_url=f"sqlite+aiosqlite:///{database}"
    )
    with pytest.raises(Exception, match="not a database"):
        async with App(settings).open():
            pass
    with hold(database):
        pass
