"""Restoring: a backup takes the place of the database only where that is safe, and loses nothing."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.backup import BackupError, backup
from storage.lock import hold
from storage.restore import restore
from tests.storage.disk import count, listing, no_file_longer_than, note, run

AT = datetime(2025, 11, 24, 2, 15, 40, tzinfo=UTC)
LATER = AT + timedelta(days=1)


@pytest.fixture
def database(tmp_path, url):
    return tmp_path / "desk.db"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups"


def test_a_restored_database_is_as_it_was_and_the_replaced_one_is_kept_aside(url, database, folder):
    note(database, "before")
    copy = backup(url, folder, AT)
    note(database, "after")
    restored = restore(url, copy, LATER)
    assert run(database, "SELECT name FROM policies") == [("before",)]
    assert restored.aside == Path(f"{database}.replaced-20251125-021540")
    assert run(restored.aside, "SELECT name FROM policies ORDER BY id") == [("before",), ("after",)]
    assert restored.contents.rows["policies"] == 1
    assert copy.exists()


def test_what_a_killed_bot_left_in_the_journal_goes_aside_and_not_into_the_restored(url, database, folder):
    copy = backup(url, folder, AT)
    with closing(sqlite3.connect(database, isolation_level=None)) as killed:
        killed.execute("PRAGMA wal_autocheckpoint=0")
        killed.execute("INSERT INTO policies (name, version, value, at) VALUES ('a', 1, '1', '2025-11-24')")
        left = {each.name: each.read_bytes() for each in database.parent.glob("desk.db*")}
    for name, content in left.items():
        (database.parent / name).write_bytes(content)
    aside = restore(url, copy, LATER).aside
    assert (count(database), count(aside)) == (0, 1)
    assert not list(database.parent.glob("*-wal"))


def test_a_damaged_database_is_replaced_and_kept_aside_with_its_journal(url, database, folder):
    copy = backup(url, folder, AT)
    database.write_bytes(b"damaged" * 1000)
    Path(f"{database}-wal").write_bytes(b"its journal")
    aside = restore(url, copy, LATER).aside
    assert count(database) == 0
    assert aside.read_bytes() == b"damaged" * 1000
    assert Path(f"{aside}-wal").read_bytes() == b"its journal"
    assert not Path(f"{database}-wal").exists()


def test_where_there_is_no_database_the_backup_becomes_one(tmp_path, url, folder):
    new = tmp_path / "new.db"
    restored = restore(f"sqlite+aiosqlite:///{new}", backup(url, folder, AT), LATER)
    assert restored.aside is None
    assert count(new) == 0


def test_a_restored_database_may_be_read_by_whoever_might_before(url, database, folder):
    copy = backup(url, folder, AT)
    database.chmod(0o640)
    restore(url, copy, LATER)
    assert database.stat().st_mode & 0o777 == 0o640


def damaged(path):
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 20] = b"\xa5" * (4096 * 17)
    path.write_bytes(content)


def of_a_newer_release(path):
    run(path, "UPDATE alembic_version SET version_num = '9999'")


def no_database(path):
    path.write_text("a letter, not a database. " * 100)


def of_something_else(path):
    path.unlink()
    run(path, "CREATE TABLE songs (name TEXT)")


def gone(path):
    path.unlink()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (damaged, "is damaged|is no sound database"),
        (of_a_newer_release, "has schema 9999, which this release does not know"),
        (no_database, "is no sound database of this bot: file is not a database"),
        (of_something_else, "is no sound database of this bot: no such table: alembic_version"),
        (gone, "there is no file"),
    ],
)
def test_a_backup_that_is_not_sound_is_refused_and_the_database_stays(url, database, folder, spoil, sentence):
    copy = backup(url, folder, AT)
    spoil(copy)
    before = listing(database.parent), database.read_bytes()
    with pytest.raises(BackupError, match=sentence):
        restore(url, copy, LATER)
    assert (listing(database.parent), database.read_bytes()) == before


def test_nothing_is_restored_while_a_bot_holds_the_lock(url, database, folder):
    copy = backup(url, folder, AT)
    note(database, "kept")
    with hold(database), pytest.raises(BackupError, match=r"nothing was restored: another bot, process \d+"):
        restore(url, copy, LATER)
    assert count(database) == 1


def test_nothing_is_restored_while_another_program_has_the_database_open(url, database, folder):
    copy = backup(url, folder, AT)
    note(database, "kept")
    with closing(sqlite3.connect(database)) as shell:
        shell.execute("PRAGMA journal_mode=WAL")
        shell.execute("SELECT * FROM policies").fetchall()
        with pytest.raises(BackupError, match=r"another process has .* open"):
            restore(url, copy, LATER)
    assert count(database) == 1
    assert not list(database.parent.glob("desk.db.re*"))


def test_a_restore_that_finds_no_room_leaves_the_database_as_it_was(url, database, folder):
    copy = backup(url, folder, AT)
    note(database, "kept")
    with no_file_longer_than(64 * 1024), pytest.raises(BackupError, match="nothing was restored"):
        restore(url, copy, LATER)
    assert count(database) == 1
    assert not list(database.parent.glob("desk.db.re*"))
