"""`trucmang understand`: what messages are taken to mean, as a table."""

import pytest

from bot.cli import main


@pytest.fixture
def told(tmp_path, monkeypatch, capsys):
    """Run the command where there is no database, and return what it printed and its exit code."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRUCMANG_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'none.db'}")

    def run(*arguments: object) -> tuple[str, str, int]:
        with pytest.raises(SystemExit) as ended:
            main(["understand", *map(str, arguments)])
        said = capsys.readouterr()
        return said.out, said.err, int(ended.value.code or 0)

    return run


def test_a_message_is_told_with_its_unit_and_district(told, tmp_path):
    out, _, code = told("than sa mat dien roi")
    text, intent, unit, district, confidence = out.removesuffix("\n").split("\t")
    assert (text, intent, unit, district) == (
        "than sa mat dien roi",
        "mat_dien",
        "Xã Thần Xa",
        "Huyện Võ Nhai",
    )
    assert 0.9 < float(confidence) <= 1
    assert code == 0
    assert not (tmp_path / "none.db").exists()  # nothing is made where only a question was asked


def test_a_file_is_told_line_by_line(told, tmp_path):
    file = tmp_path / "messages.txt"
    file.write_text("mất mạng\r\n\nquân chu\tmất điện\u2028nhé\n", "utf-8")
    out, _, _ = told("--file", file)
    rows = [line.split("\t") for line in out.removesuffix("\n").split("\n")]
    assert [len(row) for row in rows] == [5, 5, 5]
    assert rows[0][1] == "mat_ket_noi"
    assert rows[2][2] == "Thị trấn Quân Chu|Xã Quân Chu"


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"\n",
        b"m\r\nn",
        b"\xef\xbb\xbfa\n\n\nb\n",
        b"a\x00b\rc\x1ed\tb\xff\xfe\n",
        b"x" * 100_000,
        "e\u2029m\x85n".encode(),
    ],
    ids=range(7),
)
def test_whatever_a_file_holds_each_line_of_it_is_told_in_one(told, tmp_path, given):
    file = tmp_path / "messages.txt"
    file.write_bytes(given)
    out, _, code = told("--file", file)
    rows = out.splitlines()
    assert code == 0
    assert len(rows) == given.count(b"\n") + bool(given) - given.endswith(b"\n")
    assert all(row.count("\t") == 4 for row in rows)


@pytest.mark.parametrize("arguments", [(), ("mất mạng", "--file", "x.txt")])
def test_one_of_a_message_and_a_file_is_expected(told, arguments):
    out, err, code = told(*arguments)
    assert (out, code) == ("", 2)
    assert "expected a message, or --file" in err


def test_a_file_that_is_not_there_is_one_line(told):
    _, err, code = told("--file", "nowhere.txt")
    assert code == 2
    assert "nowhere.txt could not be read" in err
