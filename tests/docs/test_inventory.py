import re
from pathlib import Path

import pytest

from checks.target import validate
from storage.inventory.check import check
from storage.inventory.headers import SHEETS, TITLES
from storage.inventory.known import Known
from storage.inventory.read import read
from storage.inventory.rows import Inventory

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("inventory.md", "inventory.vi.md")


def sections(page: str) -> dict[str, str]:
    """Return the text of a page by the sheets that its headings name."""
    parts = re.split(r"^### `(\w+)`", (DOCS / page).read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows(section: str) -> dict[str, tuple[set[str], str]]:
    """Return the headers, and what is needed of the column, by the columns that a section names."""
    found = re.findall(r"^\| `(\w+)` \| ([^|]*) \| ([^|]*) \|", section, flags=re.MULTILINE)
    return {name: (set(headers.split(", ")), needed) for name, headers, needed in found}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_every_sheet_with_its_titles(page):
    said = sections(page)
    assert list(said) == list(SHEETS)
    assert not [
        title for sheet, titles in TITLES.items() for title in titles if f"«{title}»" not in said[sheet]
    ]


@pytest.mark.parametrize(
    ("page", "needs"), [("inventory.md", ("filled", "column")), ("inventory.vi.md", ("có giá trị", "có cột"))]
)
@pytest.mark.parametrize("sheet", SHEETS)
def test_a_page_has_every_column_with_its_headers_and_whether_it_is_needed(page, needs, sheet):
    expected = {
        column.name: (set(column.headers), needs[0] if column.filled else needs[1] if column.must else "")
        for column in SHEETS[sheet]
    }
    assert rows(sections(page)[sheet]) == expected


@pytest.mark.parametrize("page", PAGES)
def test_the_example_is_taken_as_it_stands(page, tmp_path):
    block = next(
        each for each in (DOCS / page).read_text("utf-8").split("```") if each.startswith("\nunits.csv")
    )
    files: dict[str, list[str]] = {}
    for line in block.strip().splitlines():
        name, row = line[:16].strip(), line[16:]
        files.setdefault(name or list(files)[-1], []).append(row)
    for name, lines in files.items():
        (tmp_path / name).write_text("\n".join(lines), "utf-8")
    inventory = check(read(tmp_path), Known(), validate)
    assert isinstance(inventory, Inventory), inventory
    assert (len(inventory.units), len(inventory.channels), len(inventory.people)) == (3, 2, 1)
