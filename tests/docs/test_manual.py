import re
from pathlib import Path

import pytest

from bot.gate import DESK, EVERYONE, READERS
from bot.routes import ADMINS, COMMANDS, FIELD, OFFICERS, REPORTERS, STAFF, TAPS, TEAMS
from locales.catalogue import translations

MANUAL = (Path(__file__).parents[2] / "docs" / "manual.vi.md").read_text("utf-8")
WHO = {
    EVERYONE: "mọi người",
    OFFICERS: "đầu mối xã",
    REPORTERS: "đầu mối xã, trực ban, quản trị",
    DESK: "trực ban, quản trị",
    READERS: "trực ban, quản trị, lãnh đạo",
    STAFF: "trực ban, quản trị, lãnh đạo, đội kỹ thuật",
    TEAMS: "đội kỹ thuật",
    FIELD: "đội kỹ thuật, trực ban, quản trị",
    ADMINS: "quản trị",
}


def table(heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading, without its own two lines."""
    section = MANUAL.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_the_manual_has_every_command_as_the_routes_have_it():
    say = translations("vi").gettext
    expected = [
        [
            f"`/{each.name}`",
            " ".join(f"`/{alias}`" for alias in each.aliases),
            WHO[each.roles],
            say(each.description),
        ]
        for each in COMMANDS
    ]
    assert table("Các lệnh") == expected


def test_the_manual_has_every_button_and_who_may_press_it():
    rows = {verb.strip("`"): who for _, verb, who, _ in table("Các nút")}
    assert rows == {each.verb: WHO[each.roles] for each in TAPS}


@pytest.mark.parametrize("label", ["Take it", "Hand to a team", "On the way", "Close the ticket"])
def test_the_manual_calls_a_button_what_it_is_called_in_chat(label):
    assert translations("vi").gettext(label) in [row[0] for row in table("Các nút")]


def test_the_manual_names_no_command_that_is_not_there():
    known = {name for each in COMMANDS for name in (each.name, *each.aliases)}
    assert set(re.findall(r"`/(\w+)", MANUAL)) <= known
