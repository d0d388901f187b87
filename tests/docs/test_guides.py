import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer
from typer.exceptions import TyperException

from bot.cli import cli
from bot.routes import COMMANDS
from bot.settings import NAMED, PREFIX, Settings

ROOT = Path(__file__).parents[2]
GUIDES = ("docs/operators.vi.md", "docs/developers.md")
PAGES = (*GUIDES, *sorted(path.name for path in ROOT.glob("README*.md")))
TOP = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}

# pages of web/server.py, and what one says to BotFather
NOT_OURS = {"healthz", "metrics", "newbot", "revoke", "setprivacy", "setjoingroups"}

FENCED = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True)
class Page:
    """What a page shows as code: lines to type, and words within its sentences."""

    lines: list[str]
    spans: list[str]


def read(name: str) -> Page:
    text = (ROOT / name).read_text("utf-8")
    blocks = [body for language, body in FENCED.findall(text) if language == "sh"]
    return Page(
        [line.strip() for body in blocks for line in body.splitlines()],
        INLINE.findall(FENCED.sub("", text)),
    )


def arguments(line: str) -> list[str] | None:
    """Return what *line* gives to trucmang, or None where it runs something else."""
    words = shlex.split(line, comments=True)
    if words[:2] == ["docker", "compose"]:  # the service is called trucmang, too
        words = words[words.index("trucmang") + 1 :] if "trucmang" in words else []
    if not words or Path(words[0]).name != "trucmang":
        return None
    return words[1:]


def parse(given: list[str], *, whole: bool = True) -> str | None:
    """Return what the real command line finds wrong; without *whole* a command's bare name will do."""
    command, rest, path = typer.main.get_command(cli), list(given), ["trucmang"]
    while (group := getattr(command, "commands", None)) is not None and rest:
        if rest == ["--help"]:
            return None
        if rest[0] not in group:
            return f"no command {rest[0]}"
        command = group[rest[0]]
        path.append(rest.pop(0))
    if not rest and not whole:
        return None
    try:
        command.make_context(" ".join(path), rest)
    except TyperException as error:
        return error.format_message()
    return None


def typed(name: str) -> dict[str, str | None]:
    """Return every command line of a page with what is wrong with it."""
    page = read(name)
    found = {line: parse(given) for line in page.lines if (given := arguments(line)) is not None}
    spans = [each for each in page.spans if re.match(r"(\.venv/bin/)?trucmang( |$)", each)]
    return found | {each: parse(shlex.split(each)[1:], whole=False) for each in spans}


@pytest.mark.parametrize("name", PAGES)
def test_every_command_line_is_one_that_the_program_takes(name):
    lines = typed(name)
    assert lines
    assert {line: wrong for line, wrong in lines.items() if wrong} == {}


@pytest.mark.parametrize(
    "given",
    [["fly"], ["import"], ["import", "a", "--dry"], ["invite", "--role", "king"], ["db", "downgrade"]],
)
def test_a_line_that_the_program_does_not_take_is_found(given):
    assert parse(given)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("/opt/trucmang/bin/trucmang doctor", ["doctor"]),
        ("trucmang import a.xlsx   # twice", ["import", "a.xlsx"]),
        ("docker compose exec trucmang trucmang invite --role doi", ["invite", "--role", "doi"]),
        ("docker compose logs -f trucmang", None),
        ("systemctl enable --now trucmang", None),
        ("# trucmang", None),
    ],
)
def test_command_lines_are_found(line, expected):
    assert arguments(line) == expected


def test_the_operators_guide_has_every_command():
    commands = typer.main.get_command(cli).commands
    every = {
        f"{name} {sub}".rstrip()
        for name, each in commands.items()
        for sub in getattr(each, "commands", {"": None})
    }
    said = " ".join(typed(GUIDES[0]))
    # the demo is shown as `make demo`
    assert [name for name in sorted(every) if f"trucmang {name}" not in said] == ["demo"]


@pytest.mark.parametrize("name", PAGES)
def test_every_name_of_a_setting_is_one(name):
    said = set(re.findall(rf"{PREFIX}([A-Z]\w*)", (ROOT / name).read_text("utf-8")))
    one_of_many = {each for each in said if each.startswith(tuple(NAMED.values()))}
    assert said - one_of_many <= {field.upper() for field in Settings.model_fields}


@pytest.mark.parametrize("name", PAGES)
def test_every_path_of_the_project_is_there(name):
    page = read(name)
    words = {*page.spans, *(word for line in page.lines for word in line.split())}
    said = {word for word in words if re.fullmatch(r"\w+/[\w./-]*", word) and word.split("/")[0] in TOP}
    assert not [each for each in said if not (ROOT / each).exists()]


def test_every_name_of_the_code_that_developers_read_is_in_it():
    code = "\n".join(path.read_text("utf-8") for top in TOP for path in (ROOT / top).rglob("*.py"))
    said = {each.split("(")[0] for each in read("docs/developers.md").spans}
    names = {each for each in said if re.fullmatch(r"_?[A-Za-z]\w+", each)}
    assert names
    assert not [each for each in names if not re.search(rf"\b{each}\b", code)]


@pytest.mark.parametrize("name", PAGES)
def test_every_command_of_the_chat_is_one(name):
    said = {found[1] for each in read(name).spans if (found := re.match(r"/([a-z_]+)(?: |$)", each))}
    assert said
    assert said <= {called for each in COMMANDS for called in (each.name, *each.aliases)} | NOT_OURS


@pytest.mark.parametrize("name", PAGES)
def test_every_target_of_make_is_one(name):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    page = read(name)
    said = {found[1] for each in (*page.lines, *page.spans) if (found := re.search(r"\bmake ([a-z]+)", each))}
    assert said <= targets


@pytest.mark.parametrize("readme", ["README.md", "README.vi.md"])
def test_a_readme_leads_to_the_guides(readme):
    text = (ROOT / readme).read_text("utf-8")
    assert not [guide for guide in GUIDES if f"]({guide})" not in text]
