import asyncio
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import Settings
from storage import schema
from storage.inventory.sample import FOLDER as SAMPLE

COMMANDS = {
    (): ("run", "demo", "import", "check", "db"),
    ("run",): ("SIGTERM",),
    ("demo",): ("--tour", "--port", "no token"),
    ("import",): ("CSV", ".xlsx", "--dry-run", "--yes"),
    ("check",): ("codes", "exit 1", "--count", "--json"),
    ("doctor",): ("how to mend it", "exit 1"),
    ("invite",): ("--role", "--unit", "--team", "--days", "--png", "QR"),
    ("template",): (".xlsx",),
    ("maintenance",): ("add", "list", "end", "extend"),
    ("maintenance", "add"): ("--from", "--within", "--weekly", "--monthly", "--for", "--reason"),
    ("db",): ("upgrade",),
    ("db", "upgrade"): ("newest schema",),
}


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one line on standard error."""
        lines = self.err.splitlines()
        assert len(lines) == 1, lines
        return lines[0]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory) -> Path:
    """An empty database; migrating takes longer than any command."""
    path = tmp_path_factory.mktemp("cli") / "empty.db"
    asyncio.run(schema.upgrade(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
def here(monkeypatch, tmp_path, migrated) -> Path:
    """A directory with an empty database and no settings."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TRUCMANG_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)
    shutil.copy(migrated, tmp_path / "trucmang.db")
    return tmp_path


@pytest.fixture
def trucmang(here, capsys):
    """Run the command line as the shell would."""

    def run(*arguments: object) -> Said:
        with pytest.raises(SystemExit) as ended:
            main([str(each) for each in arguments])
        said = capsys.readouterr()
        return Said(int(ended.value.code or 0), said.out, said.err)

    return run


def channels(folder: Path, *rows: str) -> Path:
    folder.mkdir()
    (folder / "units.csv").write_text("code,name,kind,parent\nT,Tỉnh T,tỉnh,\n", "utf-8")
    (folder / "channels.csv").write_text("\n".join(["code,unit,probes", *rows]), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("command", "words"), COMMANDS.items(), ids=lambda each: " ".join(each) or "trucmang"
)
def test_help_says_what_a_command_does_and_takes(trucmang, command, words) -> None:
    said = trucmang(*command, "--help")
    assert said.code == 0
    assert f"Usage: {' '.join(('trucmang', *command))}" in said.out
    assert not [word for word in words if word not in said.out]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nope",), "No such command 'nope': see trucmang --help"),
        (("db", "nope"), "No such command 'nope': see trucmang db --help"),
        (("import",), "Missing argument 'path': see trucmang import --help"),
        (("import", "x", "--nope"), "No such option: --nope"),
        (("demo", "--port", "http"), "Invalid value for '--port'"),
        (("demo", "--port", "70000"), "Invalid value for '--port'"),
    ],
)
def test_what_is_typed_wrongly_is_one_line(trucmang, arguments, words) -> None:
    said = trucmang(*arguments)
    assert said.code == 2
    assert words in said.line
    assert said.out == ""


@pytest.mark.parametrize("command", [("run",), ("import", SAMPLE), ("check",), ("db", "upgrade")])
def test_a_wrong_setting_is_one_line_before_anything_is_done(trucmang, monkeypatch, command) -> None:
    monkeypatch.setenv("TRUCMANG_ONCALL_CHAT", "abc")
    said = trucmang(*command)
    assert said.code == 2
    assert said.line.startswith("trucmang: TRUCMANG_ONCALL_CHAT: expected a chat's id")


def test_a_name_that_is_no_setting_is_warned_of(trucmang, monkeypatch) -> None:
    monkeypatch.setenv("TRUCMANG_LOCAL", "vi")
    said = trucmang("db", "upgrade")
    assert said.code == 0
    assert "is TRUCMANG_LOCALE meant?" in said.line


def test_run_without_a_token_says_where_one_comes_from(here) -> None:
    # in a process of its own: run sets up the logs of the whole process
    command = [sys.executable, "-m", "bot", "run"]
    done = subprocess.run(command, cwd=here, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    last = done.stderr.splitlines()[-1]
    assert last == "trucmang: TRUCMANG_TELEGRAM_TOKEN: no token is set; BotFather gives one"


@pytest.mark.parametrize(
    ("place", "words"), [("nowhere/trucmang.db", "there is no folder"), (".", "is not a file")]
)
def test_a_database_that_cannot_be_opened_is_one_line(trucmang, monkeypatch, place, words) -> None:
    monkeypatch.setenv("TRUCMANG_DATABASE_URL", f"sqlite+aiosqlite:///{place}")
    said = trucmang("db", "upgrade")
    assert said.code == 2
    assert said.line.startswith("trucmang: TRUCMANG_DATABASE_URL: ")
    assert words in said.line


def test_a_file_that_is_no_database_is_one_line(trucmang, here) -> None:
    (here / "trucmang.db").write_text("a letter, not a database. " * 100, "utf-8")
    said = trucmang("db", "upgrade")
    assert said.code == 2
    assert said.line == "trucmang: TRUCMANG_DATABASE_URL: the database does not serve: file is not a database"


def test_a_path_that_is_not_there_is_one_line(trucmang) -> None:
    said = trucmang("import", "nowhere")
    assert said.code == 2
    assert said.line == "trucmang: nowhere: expected a folder or a file that exists; nothing was written"


def test_every_problem_of_an_inventory_is_printed_and_nothing_is_written(trucmang, here) -> None:
    bad = channels(here / "bad", "K1,NOWHERE,icmp://10.0.0.1", "K2,T,ftp://10.0.0.2", "K2,T,")
    said = trucmang("import", bad)
    assert said.code == 2
    *problems, last = said.err.splitlines()
    assert last == "trucmang: 3 problems; nothing was written"
    assert [line.split(": ")[0] for line in problems] == [
        "channels, row 2, column «unit»",
        "channels, row 3, column «probes»",
        "channels, row 4, column «code»",
    ]
    assert "no channels yet" in trucmang("check").line


def test_the_sample_is_new_the_first_time_and_nothing_the_second(trucmang) -> None:
    first, second = trucmang("import", SAMPLE), trucmang("import", SAMPLE)
    assert (first.code, second.code) == (0, 0)
    assert _row(first, "channels") == ["214", "0", "0", "0"]
    assert "Nothing changed." not in first.out
    assert _row(second, "channels") == ["0", "0", "0", "214"]
    assert "Nothing changed." in second.out


def test_a_dry_run_says_what_would_change_and_leaves_the_inventory_as_it_was(trucmang) -> None:
    dry = trucmang("import", SAMPLE, "--dry-run")
    assert dry.code == 0
    assert _row(dry, "channels") == ["214", "0", "0", "0"]
    assert "Nothing was written" in dry.out
    assert "no channels yet" in trucmang("check").line


def test_retiring_more_than_a_tenth_asks_for_yes(trucmang, here) -> None:
    trucmang("import", channels(here / "two", "K1,T,", "K2,T,"))
    one = channels(here / "one", "K1,T,")
    refused = trucmang("import", one)
    assert refused.code == 2
    assert "--yes" in refused.line
    assert _row(trucmang("import", one, "--yes"), "channels") == ["0", "0", "1", "1"]


def test_a_check_without_an_inventory_says_how_to_get_one(trucmang) -> None:
    said = trucmang("check")
    assert said.code == 2
    assert said.line == "trucmang: the database has no channels yet: run trucmang import PATH first"


def test_a_check_of_an_unknown_channel_names_it(trucmang, here) -> None:
    trucmang("import", channels(here / "one", "K1,T,"))
    said = trucmang("check", "k1", "K7", "K8")
    assert said.code == 2
    assert said.line == "trucmang: no channel is called K7, K8"


def test_upgrade_makes_a_new_database_and_leaves_one_that_is_new_enough(trucmang, here) -> None:
    (here / "trucmang.db").unlink()
    made, again = trucmang("db", "upgrade"), trucmang("db", "upgrade")
    assert (made.code, again.code) == (0, 0)
    assert "The database is new; its schema is" in made.out
    assert "already" in again.out


def test_the_help_loads_nothing_that_only_the_commands_need() -> None:
    slow = ("sqlalchemy", "telegram", "alembic", "aiohttp", "openpyxl", "pydantic_settings", "sandbox")
    code = f"import sys, bot.cli; print([each for each in {slow} if each in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def _row(said: Said, sheet: str) -> list[str]:
    """Return the numbers of a sheet's row in the table of changes."""
    line = next(line for line in said.out.splitlines() if sheet in line)
    return [cell for cell in line.replace("│", " ").split() if cell != sheet]
