"""The workbook an office fills in: as it is, filled in, and with what it offers."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from locales.spreadsheet import defused, risky
from locales.voice import Voice
from operations.take_inventory import take_inventory
from storage.engine import Storage
from storage.inventory.changes import Count
from storage.inventory.examples import EXAMPLES
from storage.inventory.headers import SHEETS, TITLES, sheet_called
from storage.inventory.read import read
from storage.inventory.template import write_template, write_text
from storage.inventory.values import take
from storage.schema import upgrade
from tests.storage.inventory.office import SMALL

AT = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("template") / "empty.db"
    asyncio.run(upgrade(f"sqlite+aiosqlite:///{path}"))
    return path.read_bytes()


@pytest.fixture
async def storage(tmp_path: Path, empty: bytes) -> AsyncIterator[Storage]:
    (tmp_path / "x.db").write_bytes(empty)
    async with Storage(f"sqlite+aiosqlite:///{tmp_path / 'x.db'}") as opened:
        yield opened


@pytest.fixture
def template(tmp_path: Path) -> Path:
    write_template(tmp_path / "mẫu.xlsx", Voice.of("vi", "Asia/Ho_Chi_Minh"))
    return tmp_path / "mẫu.xlsx"


def filled(path: Path, first_row: int) -> Path:
    """Fill the small inventory in, from *first_row* on: below the example or over it."""
    book = load_workbook(path)
    for sheet, (names, *rows) in SMALL.items():
        page, columns = book[TITLES[sheet][0]], [column.name for column in SHEETS[sheet]]
        for number, row in enumerate(rows, first_row):
            for column in range(1, len(columns) + 1):
                page.cell(number, column).value = None
            for name, value in zip(names, row, strict=True):
                page.cell(number, columns.index(name) + 1).value = value or None
    book.save(path)
    return path


async def test_the_template_as_it_is_writes_nothing_and_says_why(storage: Storage, template: Path) -> None:
    changes = await take_inventory(storage, template, AT)
    assert changes.nothing
    assert changes.notes == (
        *(f"{sheet}: row 2 is an example and was not read" for sheet in SHEETS),
        "Hướng dẫn: not read, it is none of the sheets",
    )


@pytest.mark.parametrize("first_row", [2, 3], ids=["over the example", "below the example"])
async def test_the_template_filled_in_is_taken(storage: Storage, template: Path, first_row: int) -> None:
    changes = await take_inventory(storage, filled(template, first_row), AT)
    assert changes.sheets == {name: Count(added=len(rows) - 1) for name, rows in SMALL.items()}
    examples = [note for note in changes.notes if "example" in note]
    assert len(examples) == (0 if first_row == 2 else len(SHEETS))


def test_every_column_has_its_own_header_an_example_and_a_meaning(template: Path) -> None:
    assert {sheet: list(columns) for sheet, columns in EXAMPLES.items()} == {
        sheet: [column.name for column in columns] for sheet, columns in SHEETS.items()
    }
    reading = read(template)
    assert reading.problems == ()
    for table in reading.tables:
        assert table.headers == {column.name: column.headers[0] for column in SHEETS[table.sheet]}


@pytest.mark.parametrize("sheet", EXAMPLES)
def test_every_example_and_every_choice_is_a_value(sheet: str) -> None:
    for column, example in EXAMPLES[sheet].items():
        take(sheet, column, str(example.cell))
        taken = {take(sheet, column, choice) for choice in example.choices}
        assert len(taken) == len(example.choices)


def test_the_office_is_offered_what_it_may_choose_from_and_sees_the_headers(template: Path) -> None:
    book = load_workbook(template)
    offered = {
        sheet: [each.formula1 for each in book[TITLES[sheet][0]].data_validations.dataValidation]
        for sheet in SHEETS
    }
    assert offered["people"] == ['"Trực ban,Cán bộ,Đội,Lãnh đạo,Quản trị"']
    assert offered["channels"] == ['"Chính,Dự phòng"', '"Nhanh,Cân bằng,Bền"']
    assert offered["units"][0].startswith('"tỉnh,thành phố')
    for page in (book[TITLES[sheet][0]] for sheet in SHEETS):
        assert page.freeze_panes == "B2"
        assert page["A1"].font.bold
        assert page.column_dimensions["A"].width > 8


def test_the_guide_explains_every_column_and_is_no_sheet_of_ours(template: Path) -> None:
    guide = load_workbook(template)["Hướng dẫn"]
    told = {(row[0], row[1]) for row in guide.iter_rows(values_only=True)}
    assert {(TITLES[s][0], column.headers[0]) for s, columns in SHEETS.items() for column in columns} <= told
    assert sheet_called(guide.title) is None


@pytest.mark.parametrize("words", ["=1+1", "=HYPERLINK(1)", "+84912", "-x", "@SUM(A1)", "\tx", "xã"])
def test_a_text_stays_a_text_on_its_way_out_and_comes_back_the_same(tmp_path: Path, words: str) -> None:
    book = Workbook()
    page = book.worksheets[0]
    write_text(page.cell(1, 1), words)
    book.save(tmp_path / "x.xlsx")
    cell = load_workbook(tmp_path / "x.xlsx").worksheets[0]["A1"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", words, risky(words))


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("-x", "'-x"),
        ("-12,5", "-12,5"),
        ("+84912", "+84912"),
        ("-", "'-"),
        ("", ""),
    ],
)
def test_a_text_in_csv_is_no_formula_and_a_number_stays_one(words: str, kept: str) -> None:
    assert defused(words) == kept
