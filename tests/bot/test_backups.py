"""Backups from the command line and by the timetable, and databases that an older release leaves alone."""

import json
from datetime import UTC, datetime

import pytest
import structlog

from bot.app import App
from bot.backups import nightly
from bot.cli import main
from bot.settings import Settings
from bot.timetable import timetable
from locales.voice import Voice
from operations.desk import Desk
from storage.backup import examine
from storage.lock import hold
from storage.schema import SchemaTooNewError
from tests.storage.disk import run

AT = datetime(2025, 11, 23, 19, 15, 40, tzinfo=UTC)  # 02:15:40 of the 24th in Việt Nam
TOO_NEW = "the database has schema 9999, which this release"


@pytest.fixture
def database(tmp_path, url):
    return tmp_path / "desk.db"


@pytest.fixture
def settings(url):
    return Settings.load(_env_file=None, telegram_token="1:x", database_url=url)


@pytest.fixture
def trucmang(monkeypatch, capsys, tmp_path, url):
    """Run the command line on that database; return the exit code and what was said on both streams."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TRUCMANG_{name.upper()}", raising=False)
    monkeypatch.setenv("TRUCMANG_DATABASE_URL", url)
    monkeypatch.chdir(tmp_path)

    def type_in(*arguments):
        with pytest.raises(SystemExit) as ended:
            main([str(each) for each in arguments])
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return type_in


def made_by_a_newer_release(database):
    run(database, "UPDATE alembic_version SET version_num = '9999'")


def test_a_backup_goes_beside_the_database_or_where_it_is_told_to(trucmang, tmp_path):
    for folder, arguments in (("backups", ()), ("elsewhere", ("--to", tmp_path / "elsewhere"))):
        code, out, _ = trucmang("backup", *arguments)
        (made,) = (tmp_path / folder).iterdir()
        assert (code, out) == (0, f"The backup is {made}.\n")
        examine(made)


def test_what_a_backup_held_is_restored_and_said(trucmang, database, tmp_path):
    trucmang("backup")
    (made,) = (tmp_path / "backups").iterdir()
    run(database, "INSERT INTO carriers (code, name) VALUES ('V', 'V')")
    code, out, _ = trucmang("restore", made)
    assert code == 0
    assert f"{database} is {made} now: schema " in out
    assert "0 channels, 0 people, 0 incidents." in out
    assert f"What it was before is kept as {database}.replaced-" in out
    assert run(database, "SELECT * FROM carriers") == []


def test_a_restore_while_a_bot_runs_is_one_line(trucmang, database, tmp_path):
    trucmang("backup")
    (made,) = (tmp_path / "backups").iterdir()
    with hold(database):
        code, _, err = trucmang("restore", made)
    assert code == 2
    assert err.startswith("trucmang: nothing was restored: another bot, process ")
    assert len(err.splitlines()) == 1


def test_a_backup_that_has_nowhere_to_go_says_how_to_name_a_place(trucmang, monkeypatch):
    monkeypatch.setenv("TRUCMANG_BACKUP_DIR", "off")
    code, _, err = trucmang("backup")
    assert (code, err) == (
        2,
        "trucmang: no backup was made: TRUCMANG_BACKUP_DIR is off; say where to with --to\n",
    )


@pytest.mark.parametrize("command", [("db", "upgrade"), ("check",)])
def test_an_older_release_leaves_a_newer_database_alone_and_says_so(trucmang, database, command):
    made_by_a_newer_release(database)
    before = database.read_bytes()
    code, _, err = trucmang(*command)
    assert code == 2
    assert err.startswith(f"trucmang: {TOO_NEW}")
    assert len(err.splitlines()) == 1
    assert database.read_bytes() == before


async def test_a_bot_of_an_older_release_does_not_start_on_a_newer_database(settings, database):
    made_by_a_newer_release(database)
    with pytest.raises(SchemaTooNewError, match=TOO_NEW):
        async with App(settings).open():
            pass
    with hold(database):
        assert run(database, "SELECT * FROM runs") == []


async def test_the_night_makes_a_backup_at_a_quarter_past_two_and_keeps_a_fortnight(
    settings, store, tmp_path
):
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in range(1, 20):
        (folder / f"trucmang-202511{day:02}-021540.db").touch()
    desk = Desk(store, lambda: AT, Voice.of("vi", "Asia/Ho_Chi_Minh"))
    (job,) = (each for each in timetable(desk, settings).get_jobs() if each.name == "backup")
    assert job.trigger.get_next_fire_time(None, AT.replace(hour=12)) == AT
    await job.func(*job.args)
    kept = sorted(each.name for each in folder.iterdir())
    assert len(kept) == 14
    assert kept[-1] == "trucmang-20251124-021540.db"


async def test_no_nightly_backup_is_made_where_it_is_off(settings, tmp_path):
    assert await nightly(settings.model_copy(update={"backup_dir": "off"}), AT) is None
    assert not (tmp_path / "backups").exists()


async def test_a_nightly_backup_that_fails_is_logged_and_stops_nothing(settings, tmp_path):
    (tmp_path / "backups").write_text("in the way")
    with structlog.testing.capture_logs() as logs:
        assert await nightly(settings, AT) is None
    (line,) = logs
    assert (line["event"], line["log_level"]) == ("backup.failed", "error")
    assert "no backup was made in" in json.dumps(line)
