"""One .xlsx workbook: visible sheets read cell by cell, within bounds that no zip bomb passes."""

import re
import warnings
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import product
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812  (an exception)

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from storage.inventory.headers import sheet_called
from storage.inventory.problem import Problem
from storage.inventory.table import ROWS, Cell, Line, Reading, tabulate

BYTES: Final = 8_000_000
UNPACKED: Final = 16_000_000
COLUMNS: Final = 64
MERGED: Final = 10_000  # cells: openpyxl makes an object of each
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


def read_workbook(path: Path) -> Reading:
    """Read every visible sheet whose name is ours."""
    if path.stat().st_size > BYTES:
        return _wrong(path.name, f"a file of at most {BYTES // 1_000_000} MB")
    try:
        if too_large := _too_large(path):
            return _wrong(path.name, too_large)
        with warnings.catch_warnings(action="ignore"):  # of decorations that are not read
            book = load_workbook(path, keep_links=False)
    except BROKEN:
        return _wrong(path.name, "an .xlsx workbook without a password, as Excel or LibreOffice saves it")
    return _read_sheets(book)


def _wrong(name: str, expected: str) -> Reading:
    return Reading(problems=(Problem(name, None, None, None, expected),))


def _too_large(path: Path) -> str | None:
    """Say what was expected, before anything is unpacked whole."""
    with ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > UNPACKED:
            return f"a workbook of at most {UNPACKED // 1_000_000} MB unpacked"
        merged = 0
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                merged += sum(_size(each.decode()) for each in MERGE.findall(archive.read(name)))
    return f"no more than {MERGED} merged cells" if merged > MERGED else None


def _size(area: str) -> int:
    first_column, first_row, last_column, last_row = _bounds(area)
    return (last_column - first_column + 1) * (last_row - first_row + 1)


def _bounds(area: str) -> Area:
    first_column, first_row, last_column, last_row = range_boundaries(area)
    assert first_column is not None
    assert first_row is not None
    assert last_column is not None
    assert last_row is not None
    return first_column, first_row, last_column, last_row


def _read_sheets(book: Workbook) -> Reading:
    found = Reading()
    taken: set[str] = set()
    for worksheet in book.worksheets:
        sheet = sheet_called(worksheet.title)
        if sheet is None:
            found += Reading(notes=(f"{worksheet.title}: not read, it is none of the sheets",))
        elif worksheet.sheet_state != "visible":
            found += Reading(notes=(f"{worksheet.title}: not read, the sheet is hidden",))
        elif sheet in taken:
            found += _wrong(worksheet.title, f"one sheet for {sheet}")
        else:
            taken.add(sheet)
            found += tabulate(sheet, _lines(worksheet))
    return found


def _lines(worksheet: Worksheet) -> list[Line]:
    merged = {place for each in worksheet.merged_cells.ranges for place in _places(_bounds(str(each)))}
    rows = worksheet.iter_rows(
        max_row=min(worksheet.max_row, ROWS + 1), max_col=min(worksheet.max_column, COLUMNS)
    )
    return [Line(number, [_cell(cell, merged) for cell in row]) for number, row in enumerate(rows, 1)]


def _places(area: Area) -> Iterator[tuple[int, int]]:
    first_column, first_row, last_column, last_row = area
    return product(range(first_row, last_row + 1), range(first_column, last_column + 1))


def _cell(cell: Any, merged: set[tuple[int, int]]) -> Cell:
    text = _text(cell)
    if (cell.row, cell.column) in merged:
        return Cell(text, "one value in each cell, not merged cells")
    if cell.data_type == "f":
        return Cell(str(cell.value), "a value, not a formula")
    if cell.data_type == "e":
        return Cell(text, "a value, not an error")
    if isinstance(cell.value, date | time | timedelta):
        return Cell(text, "a text or a number, not a date")
    return Cell(text)


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, int) and LEADING_ZEROS.fullmatch(cell.number_format or ""):
        return str(value).zfill(len(cell.number_format))
    return str(value).strip()
