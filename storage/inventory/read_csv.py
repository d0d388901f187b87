"""A folder of CSV files as an office saves them: UTF-8, UTF-16 or Windows-1258; comma, semicolon or tab."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Final

from storage.inventory.headers import columns_by_header, key, sheet_called
from storage.inventory.problem import Problem
from storage.inventory.table import COLUMNS, EMPTY, ROWS, TITLE_ROWS, Cell, Line, Reading, tabulate

BYTES: Final = 8_000_000
LONGEST_HEADING: Final = 4000  # characters of a line that tell its delimiter
DELIMITERS: Final = ",;\t"
FORMULA: Final = "a value, not a formula"


def read_folder(folder: Path) -> Reading:
    """Read every CSV file whose name is that of a sheet."""
    found = Reading()
    taken: dict[str, str] = {}
    for path in sorted(each for each in folder.iterdir() if not each.name.startswith(".")):
        sheet = sheet_called(path.stem) if path.suffix.lower() == ".csv" and path.is_file() else None
        if sheet is None:
            found += Reading(notes=(f"{path.name}: not read, it is none of the sheets",))
        elif sheet in taken:
            expected = f"one file for {sheet}; {taken[sheet]} is one already"
            found += Reading(problems=(Problem(path.name, None, None, None, expected),))
        else:
            taken[sheet] = path.name
            found += _read_file(sheet, path)
    return found


def _read_file(sheet: str, path: Path) -> Reading:
    if path.stat().st_size > BYTES:
        return _wrong(sheet, None, f"a file of at most {BYTES // 1_000_000} MB")
    decoded = _decoded(path.read_bytes())
    if decoded is None:
        return _wrong(sheet, None, "text in UTF-8 (save as «CSV UTF-8»)")
    text, encoding = decoded
    lines: list[Line] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=_delimiter(sheet, text), strict=True):
            if any(value.strip() for value in row[COLUMNS:]):
                return _wrong(sheet, len(lines) + 1, f"at most {COLUMNS} columns")
            lines.append(Line(len(lines) + 1, [_cell(value) for value in row[:COLUMNS]]))
            if len(lines) > ROWS:
                break
    except csv.Error as error:
        return _wrong(sheet, len(lines) + 1, f"well-formed CSV ({error})")
    notes = () if encoding.startswith("utf") else (f"{path.name}: read as {encoding}, for it is no UTF-8",)
    return tabulate(sheet, lines, ragged=False) + Reading(notes=notes)


def _wrong(sheet: str, row: int | None, expected: str) -> Reading:
    return Reading(problems=(Problem(sheet, row, None, None, expected),))


def _cell(value: str) -> Cell:
    text = value.strip()
    if text.startswith("="):
        return Cell(text, FORMULA)
    return Cell(text) if text else EMPTY


def _decoded(data: bytes) -> tuple[str, str] | None:
    """Return the text and its encoding; the marks of Excel's ways of saving come first."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else (text, encoding)
    return None


def _encodings(data: bytes) -> Iterator[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield "utf-16"
        return
    start = data[:200]
    if b"\0" in start:  # UTF-16 without its mark: ASCII letters leave every other byte empty
        yield "utf-16-le" if start[1::2].count(0) >= start[::2].count(0) else "utf-16-be"
        return
    yield "utf-8-sig"
    yield "windows-1258"


def _delimiter(sheet: str, text: str) -> str:
    """Return the delimiter under which the first lines show the most headers."""
    known = columns_by_header(sheet)
    lines = [line[:LONGEST_HEADING] for line in islice(StringIO(text), TITLE_ROWS)]

    def headers(delimiter: str) -> int:
        return max((sum(key(part) in known for part in line.split(delimiter)) for line in lines), default=0)

    return max(DELIMITERS, key=headers)
