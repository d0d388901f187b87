import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
    "root_packages"
]
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")], key=lambda path: path.relative_to(ROOT).as_posix()
)


def paths(text: str) -> set[str]:
    """Return what is written as a path: `bot/app.py`, `bot/cards/`."""
    return set(re.findall(r"`([a-z_]+/(?:[\w./-]*))`", text))


def test_every_package_is_a_room():
    rooms = re.findall(r"^\| `(\w+)/` \|", PAGE, flags=re.MULTILINE)
    assert {*PACKAGES, "tests"} <= set(rooms)


def test_every_folder_of_code_is_a_package_that_the_contracts_know():
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert folders == set(PACKAGES)


def test_every_path_it_names_exists():
    assert paths(PAGE)
    assert not [path for path in paths(PAGE) if not (ROOT / path).exists()]


def test_the_flow_it_draws_is_the_one_that_is_enforced():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(each["layers"] for each in contracts if each["type"] == "layers")
    assert " → ".join(layers) in PAGE


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_and_path_of_a_page_leads_somewhere(page):
    text = page.read_text("utf-8")
    links = {link.split("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link}
    assert not [link for link in links if link and not (page.parent / link).exists()]
    assert not [path for path in paths(text) if path.endswith(".py") and not (ROOT / path).exists()]
