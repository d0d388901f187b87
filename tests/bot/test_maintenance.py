"""`trucmang maintenance`: work planned, listed, extended and ended at the command line."""

import asyncio
from datetime import timedelta

import pytest

from bot.app import civil_now
from bot.cli import main
from bot.settings import Settings
from operations.take_inventory import take_rows
from storage import schema
from storage.engine import Storage
from storage.inventory.sample import load_sample


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    place = tmp_path_factory.mktemp("maintenance") / "sample.db"
    asyncio.run(_fill(f"sqlite+aiosqlite:///{place}"))
    return place.read_bytes()


async def _fill(url):
    await schema.upgrade(url)
    async with Storage(url) as storage:
        await take_rows(storage, load_sample(), civil_now())


@pytest.fixture
def trucmang(tmp_path, sample, monkeypatch, capsys):
    """Run `trucmang maintenance` over the sample province; return its exit code and what it said."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TRUCMANG_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "trucmang.db").write_bytes(sample)

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main(("maintenance", *arguments))
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return run


def local(**ahead):
    """Return the local time so far ahead, as it is typed."""
    return f"{(civil_now() + timedelta(**ahead)).astimezone(Settings().voice.zone):%Y-%m-%d %H:%M}"


def add(trucmang, *when, what=("--unit", "Xã Thần Xa"), reason="thay tủ quang"):
    return trucmang("add", *what, *when, "--reason", reason)


def row(trucmang, number, *options):
    """Return the cells of a window's row in the list; a narrow terminal breaks them into lines."""
    rows = []
    for line in trucmang("list", *options)[1].splitlines():
        cells = [cell.strip() for cell in line.strip("│").split("│")]
        if "│" in line and cells[0]:
            rows.append(cells)
        elif "│" in line:
            rows[-1] = [f"{cell} {more}".strip() for cell, more in zip(rows[-1], cells, strict=True)]
    return next((cells for cells in rows if cells[0] == str(number)), None)


def test_without_work_the_list_says_so(trucmang):
    assert trucmang("list") == (0, "No work is planned.\n", "")


def test_what_is_planned_is_said_and_listed(trucmang):
    start, end = local(days=2), local(days=2, hours=4)
    code, out, err = add(trucmang, "--from", start, "--to", end)
    assert (code, out, err) == (0, f"Window 1 covers Xã Thần Xa (1 channel): {start} – {end}.\n", "")
    assert row(trucmang, 1) == ["1", "Xã Thần Xa", f"{start} – {end}", "planned", "thay tủ quang"]


def test_a_reason_is_shown_as_it_was_written(trucmang):
    add(trucmang, "--weekly", "thu 01:00", "--for", "2h", reason="thay [tủ] {quang}")
    assert row(trucmang, 1)[4] == "thay [tủ] {quang}"


def test_channels_are_named_by_their_codes_in_any_case(trucmang):
    what = ("--channel", "x05725", "--channel", "X05713")
    code, out, _ = add(trucmang, "--within", local(days=2), local(days=3), "--for", "90m", what=what)
    assert code == 0
    assert "covers X05713, X05725 (2 channels): 1h30m from the first silence within" in out
    assert row(trucmang, 1)[3] == "waits for a silence"


@pytest.mark.parametrize("unit", ["05725", "2023/05725", "than xa", "xã Thần Xa"])
def test_a_unit_is_named_as_people_do(trucmang, unit):
    assert (
        "Xã Thần Xa (1 channel)"
        in add(trucmang, "--weekly", "thu 01:00", "--for", "2h", what=("--unit", unit))[1]
    )


def test_a_unit_covers_the_channels_of_all_below_it(trucmang):
    what = ("--unit", "huyện võ nhai")
    assert (
        "Huyện Võ Nhai (17 channels)"
        in add(trucmang, "--monthly", "last sun 01:00", "--for", "2h", what=what)[1]
    )


def test_many_names_are_shortened(trucmang):
    channels = [each for code in ("X05713", "X05716", "X05719", "X05725") for each in ("--channel", code)]
    assert (
        "X05713, X05716, X05719 and 1 more (4 channels)"
        in add(trucmang, "--weekly", "thu 01:00", "--for", "2h", what=channels)[1]
    )


def test_what_is_allowed_but_said_is_a_line_each(trucmang):
    add(trucmang, "--from", local(hours=2), "--for", "3h")
    code, _, err = add(trucmang, "--from", local(hours=-1), "--for", "5h")
    assert code == 0
    assert err.splitlines() == [
        "trucmang: a part of that time is past: the window counts from now",
        "trucmang: less notice than is owed even for urgent work: call the units now",
        "trucmang: other work is planned on some of these channels at that time: window 1",
    ]


def test_work_is_extended_ended_and_then_over(trucmang):
    add(trucmang, "--from", local(), "--for", "2h")
    later = local(hours=3)
    assert trucmang("extend", "1", "--to", later) == (0, f"Window 1 lasts until {later}.\n", "")
    assert row(trucmang, 1)[3] == f"runs until {later}"
    code, out, _ = trucmang("end", "1")
    assert (code, out.startswith("Window 1 ended at ")) == (0, True)
    assert row(trucmang, 1) is None
    assert row(trucmang, 1, "--past")[3] == "over"


def test_a_series_is_withdrawn_when_it_is_said(trucmang):
    add(trucmang, "--monthly", "last sun 01:00", "--for", "2h", "--from", local(days=1)[:10])
    code, _, err = trucmang("end", "1")
    assert (code, "--series" in err) == (2, True)
    code, out, _ = trucmang("end", "1", "--series")
    assert (code, out) == (0, "Window 1 is withdrawn: nothing of it takes place from now on.\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("add", "--unit", "T", "--from", "2020-01-01 22:00", "--for", "2h", "--reason", "x"),
            "over already",
        ),
        (("add", "--from", "2020-01-01 22:00", "--for", "2h", "--reason", "x"), "expected --unit NAME"),
        (
            ("add", "--unit", "T", "--weekly", "thu 01:00", "--for", "2h", "--reason", " "),
            "--reason: expected",
        ),
        (("add", "--unit", "T", "--weekly", "thu 01:00", "--for", "2h"), "Missing option '--reason'"),
        (("add", "--unit", "T", "--weekly", "thu 01:00", "--reason", "x"), "--weekly needs --for"),
        (
            ("add", "--unit", "Hà Nội", "--weekly", "thu 01:00", "--for", "2h", "--reason", "x"),
            "no unit is called Hà Nội",
        ),
        (
            ("add", "--unit", "tan thinh", "--weekly", "thu 01:00", "--for", "2h", "--reason", "x"),
            "Xã Tân Thịnh (2023/05548)",
        ),
        (
            ("add", "--channel", "NOPE", "--weekly", "thu 01:00", "--for", "2h", "--reason", "x"),
            "no channel is called NOPE",
        ),
        (("end", "9"), "there is no such window"),
        (("end", "x"), "see trucmang maintenance end --help"),
        (("extend", "9", "--to", "2026-12-01"), "--to: expected a time"),
        (("extend", "9"), "Missing option '--to'"),
    ],
)
def test_what_is_wrong_is_one_line_and_nothing_is_planned(trucmang, arguments, words):
    code, out, err = trucmang(*arguments)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert words in err
    assert trucmang("list")[1] == "No work is planned.\n"
