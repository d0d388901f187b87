"""One .xlsx workbook: visible sheets read cell by cell, within bounds that no zip bomb passes."""

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import product
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812  (an exception)

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from storage.inventory.headers import sheet_called
from storage.inventory.problem import Problem
from storage.inventory.table import COLUMNS, EMPTY, ROWS, Cell, Line, Reading, tabulate

BYTES: Final = 8_000_000
UNPACKED: Final = 16_000_000
# What is paid for is not bytes but elements: 10 µs and an object each.
TAGS: Final = 1_200_000  # in the sheets: 200,000 cells and more
OTHER_TAGS: Final = 150_000  # in styles and the like
MERGED: Final = 10_000  # cells
LAST_ROW: Final = 1_048_576  # of any workbook
MERGE = re.compile(rb"""mergeCell\s[^>]*?ref=["']([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})["']""")
LEADING_ZEROS = re.compile(r"0+")  # the number format that keeps them
BROKEN = (
    BadZipFile,
    InvalidFileException,
    ParseError,
    ZlibError,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)  # what openpyxl and zipfile raise for files that are no workbook, or only say they are

Area = tuple[int, int, int, int]  # first column, first row, last column, last row


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of the workbook; *lines* are of one that we know, and empty for any other."""

    title: str
    visible: bool
    lines: tuple[Line, ...] = ()


def read_workbook(path: Path) -> Reading:
    """Read every visible sheet whose name is ours."""
    if path.stat().st_size > BYTES:
        return _wrong(path.name, f"a file of at most {BYTES // 1_000_000} MB")
    try:
        with path.open("rb") as file, ZipFile(file) as archive:
            if too_large := _too_large(archive):
                return _wrong(path.name, too_large)
            with warnings.catch_warnings(action="ignore"):  # of decorations that are not read
                book = load_workbook(file, read_only=True, keep_links=False)
                pages = [_page(worksheet, archive) for worksheet in book.worksheets]
    except BROKEN:
        return _wrong(path.name, "an .xlsx workbook without a password, as Excel or LibreOffice saves it")
    return _read_pages(pages)


def _wrong(name: str, expected: str) -> Reading:
    return Reading(problems=(Problem(name, None, None, None, expected),))


def _too_large(archive: ZipFile) -> str | None:
    """Say what was expected, before anything is made of it."""
    if sum(entry.file_size for entry in archive.infolist()) > UNPACKED:
        return f"a workbook of at most {UNPACKED // 1_000_000} MB unpacked"
    tags = other = merged = 0
    for name in archive.namelist():
        data = archive.read(name)
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            merged += sum(_size(area) for area in _merged(data))
        if name.startswith(("xl/worksheets/", "xl/sharedStrings")):
            tags += data.count(b"<")
        elif name.endswith((".xml", ".rels")):
            other += data.count(b"<")
    if merged > MERGED:
        return f"no more than {MERGED} merged cells"
    return "no more than about 200000 cells" if tags > TAGS or other > OTHER_TAGS else None


def _merged(data: bytes) -> Iterable[Area]:
    return (_bounds(each.decode()) for each in MERGE.findall(data))


def _size(area: Area) -> int:
    first_column, first_row, last_column, last_row = area
    return (last_column - first_column + 1) * (last_row - first_row + 1)


def _bounds(area: str) -> Area:
    first_column, first_row, last_column, last_row = range_boundaries(area)
    assert first_column is not None
    assert first_row is not None
    assert last_column is not None
    assert last_row is not None
    return first_column, first_row, last_column, last_row


def _page(worksheet: Worksheet, archive: ZipFile) -> Page:
    visible = worksheet.sheet_state == "visible"
    if not visible or sheet_called(worksheet.title) is None:
        return Page(worksheet.title, visible)
    path = worksheet._worksheet_path  # type: ignore[attr-defined]  # noqa: SLF001 - read-only mode says no merges
    merged = {place for area in _merged(archive.read(path)) for place in _places(area)}
    return Page(worksheet.title, visible, tuple(_lines(worksheet, merged)))


def _lines(worksheet: Worksheet, merged: set[tuple[int, int]]) -> Iterator[Line]:
    """Yield the rows that have anything in them, up to one more than we take."""
    absent = None  # one and the same tuple stands for every row that is not there
    for number, row in enumerate(worksheet.iter_rows(max_row=LAST_ROW, max_col=COLUMNS), 1):
        if row is absent:
            continue
        cells = [_cell(cell, (number, index) in merged) for index, cell in enumerate(row, 1)]
        if all(cell.empty for cell in cells):
            absent = row
            continue
        yield Line(number, cells)
        if number > ROWS:
            return


def _places(area: Area) -> Iterator[tuple[int, int]]:
    first_column, first_row, last_column, last_row = area
    return product(range(first_row, last_row + 1), range(first_column, last_column + 1))


def _read_pages(pages: Iterable[Page]) -> Reading:
    found = Reading()
    taken: set[str] = set()
    for page in pages:
        sheet = sheet_called(page.title)
        if sheet is None:
            found += Reading(notes=(f"{page.title}: not read, it is none of the sheets",))
        elif not page.visible:
            found += Reading(notes=(f"{page.title}: not read, the sheet is hidden",))
        elif sheet in taken:
            found += _wrong(page.title, f"one sheet for {sheet}")
        else:
            taken.add(sheet)
            found += tabulate(sheet, page.lines)
    return found


def _cell(cell: Any, merged: bool) -> Cell:
    text = _text(cell)
    if merged:
        return Cell(text, "one value in each cell, not merged cells")
    if cell.data_type == "f":
        return Cell(str(cell.value), "a value, not a formula")
    if cell.data_type == "e":
        return Cell(text, "a value, not an error")
    if isinstance(cell.value, date | time | timedelta):
        return Cell(text, "a text or a number, not a date", dated=True)
    return Cell(text) if text else EMPTY


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()  # the time is what a workbook adds to a day
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, int) and LEADING_ZEROS.fullmatch(cell.number_format or ""):
        return str(value).zfill(len(cell.number_format))
    return str(value).strip()
