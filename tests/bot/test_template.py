"""`trucmang template`: a workbook to fill in, never over another file."""

from pathlib import Path

import pytest

from bot.cli import main


def trucmang(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(each) for each in arguments])
    return int(ended.value.code or 0)


def test_the_template_is_written_where_it_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert trucmang("template") == 0
    assert trucmang("template", tmp_path / "mẫu.xlsx") == 0
    assert {each.name for each in tmp_path.iterdir()} == {"trucmang-template.xlsx", "mẫu.xlsx"}
    assert "then trucmang import" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "words"),
    [("there.xlsx", "is there already"), ("x.csv", "ends in .xlsx"), ("gone/x.xlsx", "could not be written")],
)
def test_no_file_is_written_over_and_what_is_wrong_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, words: str
) -> None:
    (tmp_path / "there.xlsx").write_text("mine", "utf-8")
    assert trucmang("template", tmp_path / name) == 2
    assert words in capsys.readouterr().err
    assert (tmp_path / "there.xlsx").read_text("utf-8") == "mine"
