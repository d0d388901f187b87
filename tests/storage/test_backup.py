"""Backups: made beside a writer, whole or not at all, and put back only where that is safe."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from storage import policies, schema
from storage.backup import BackupError, backup, examine, rotate
from storage.engine import Storage
from tests.storage.disk import listing, no_file_longer_than

AT = datetime(2025, 11, 24, 2, 15, 40, tzinfo=UTC)
LATER = AT + timedelta(days=1)


@pytest.fixture
def database(tmp_path, url):
    return tmp_path / "desk.db"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups"


async def test_a_backup_made_while_the_bot_writes_holds_whole_transactions(url, folder):
    async with Storage(url) as storage:
        stop = asyncio.Event()

        async def write():
            number = 0
            while not stop.is_set():
                async with storage.begin() as session:
                    for name in ("summary_at", "relapse_window"):
                        await policies.change(session, name, {"summary_at": "07:30"}.get(name, number), AT)
                number += 1
            return number

        writer = asyncio.create_task(write())
        copies = [await asyncio.to_thread(backup, url, folder, AT + timedelta(seconds=s)) for s in range(5)]
        stop.set()
        written = await writer
    counts = [examine(copy).rows["policies"] for copy in copies]
    assert all(each % 2 == 0 for each in counts)
    assert counts == sorted(counts)
    assert written > 0


def test_a_backup_is_one_file_named_by_its_time_and_readable_by_its_owner_alone(url, folder):
    path = backup(url, folder, AT)
    assert listing(folder) == [path.name] == ["trucmang-20251124-021540.db"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_backup_holds_what_is_committed_and_not_yet_in_the_file_itself(url, database, folder):
    with closing(sqlite3.connect(database, isolation_level=None)) as kept_open:
        kept_open.execute("PRAGMA wal_autocheckpoint=0")
        kept_open.execute(
            "INSERT INTO policies (name, version, value, at) VALUES ('a', 1, '1', '2025-11-24')"
        )
        contents = examine(backup(url, folder, AT))
    assert contents.rows["policies"] == 1
    assert contents.schema in schema.versions()


def test_without_a_database_there_is_no_backup_and_none_is_made(tmp_path, folder):
    with pytest.raises(BackupError, match=r"there is no database .*nowhere\.db"):
        backup(f"sqlite+aiosqlite:///{tmp_path / 'nowhere.db'}", folder, AT)
    assert listing(tmp_path) == []


def test_a_folder_that_cannot_be_made_is_one_sentence(url, tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(BackupError, match=r"no backup was made in .*taken.*exists"):
        backup(url, tmp_path / "taken", AT)


def test_a_backup_that_finds_no_room_leaves_nothing_behind(url, folder):
    with no_file_longer_than(64 * 1024), pytest.raises(BackupError, match="no backup was made in"):
        backup(url, folder, AT)
    assert listing(folder) == []


def test_rotation_keeps_the_newest_and_touches_nothing_of_others(folder):
    folder.mkdir()
    days = [f"trucmang-202511{day:02}-021540.db" for day in range(1, 21)]
    others = [
        "trucmang-20240101-000000.db.txt",
        "trucmang-2025.db",
        "my trucmang-20240101-000000.db",
        "notes",
    ]
    cut_off, under_way = "trucmang-20251105-021540.db.partial", "trucmang-20251121-021540.db.partial"
    for name in (*days, *others, cut_off, under_way):
        (folder / name).touch()
    assert [each.name for each in rotate(folder)] == [*days[:6], cut_off]
    assert listing(folder) == sorted([*days[6:], *others, under_way])
