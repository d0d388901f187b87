"""`trucmang corrections`: what officers chose, as examples to learn from."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.cli import main
from storage import schema
from storage.engine import Storage
from storage.tables import Correction

SAID = (("mạng sao ấy", "chap_chon"), ("{unit} mất", "mat_ket_noi"), ("mạng sao ấy", "chap_chon"))
LINES = [
    "# knowledge/examples/chap_chon.txt",
    "mạng sao ấy",
    "# knowledge/examples/mat_ket_noi.txt",
    "{unit} mất",
]


async def chosen(url):
    await schema.upgrade(url)
    async with Storage(url) as storage, storage.begin() as session:
        for words, intent in SAID:
            session.add(
                Correction(at=datetime(2026, 3, 2, tzinfo=UTC), words=words, guessed="xa_giao", chosen=intent)
            )


@pytest.fixture
def told(tmp_path, monkeypatch, capsys):
    url = f"sqlite+aiosqlite:///{tmp_path / 'desk.db'}"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRUCMANG_DATABASE_URL", url)
    asyncio.run(chosen(url))

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main(["corrections", *map(str, arguments)])
        said = capsys.readouterr()
        return said.out, said.err, ended.value.code

    return run


def test_what_was_chosen_is_printed_by_the_file_it_belongs_in_each_once(told):
    out, _, code = told()
    assert (out.splitlines(), code) == (LINES, 0)


def test_it_is_written_to_a_file(told, tmp_path):
    out, _, _ = told("--out", tmp_path / "lines.txt")
    assert (tmp_path / "lines.txt").read_text("utf-8").splitlines() == LINES
    assert out.startswith("4 lines are in ")


def test_a_file_that_cannot_be_written_is_one_line(told, tmp_path):
    out, err, code = told("--out", tmp_path)
    assert (out, code) == ("", 2)
    assert "could not be written" in err
