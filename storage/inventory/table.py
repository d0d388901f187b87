"""A table as it was read: cells under the columns we know, each still able to say where it stood."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from locales.folding import tidy
from storage.inventory.examples import MARK
from storage.inventory.headers import SHEETS, Column, columns_by_header, key
from storage.inventory.problem import Problem

ROWS: Final = 20_000  # of a sheet: a hundred times the province
COLUMNS: Final = 64  # what stands further right is none of ours
TITLE_ROWS: Final = 10  # above the headers, for the office's own heading
FEWEST: Final = 2  # known headers that make a row of headers


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, and what was expected where it cannot be taken for a value (a formula, a date…).

    *dated*: it is a date or an hour, which a column of such takes all the same.
    """

    text: str = ""
    fault: str | None = None
    dated: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing was written in it."""
        return not self.text and self.fault is None


EMPTY: Final = Cell()


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet, numbered as the sheet shows it."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Record:
    """A row under known columns; every column of the table has its cell."""

    row: int
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: what each known column is called there, and the rows below."""

    sheet: str
    headers: dict[str, str]
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: tables, what is wrong with them, and what was left unread."""

    tables: tuple[Table, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    def __add__(self, other: "Reading") -> "Reading":
        return Reading(self.tables + other.tables, self.problems + other.problems, self.notes + other.notes)


def tabulate(sheet: str, lines: Sequence[Line], *, ragged: bool = True) -> Reading:
    """Find the headers and return the table below them; cells outside it are a problem unless *ragged*."""
    if lines and lines[-1].number > ROWS:
        return _wrong(sheet, None, None, f"at most {ROWS} rows")
    known = columns_by_header(sheet)
    heading = max(lines[:TITLE_ROWS], key=lambda line: len(_known(line, known)), default=None)
    if heading is None or len(_known(heading, known)) < FEWEST:
        return _wrong(sheet, None, None, f"a row of headers such as {_wanted(sheet)}")
    places, problems = _places(sheet, heading, known)
    below = [line for line in lines if line.number > heading.number and not _blank(line)]
    below, notes = _without_examples(sheet, below, places)
    if not ragged:
        problems += _outside(sheet, below, len(heading.cells))
    headers = {name: tidy(heading.cells[index].text) for name, index in places.items()}
    records = tuple(Record(line.number, {each: _at(line, places[each]) for each in places}) for line in below)
    notes += _unread(sheet, heading, known)
    return Reading((Table(sheet, headers, records),), tuple(problems), notes)


def _wrong(sheet: str, row: int | None, column: str | None, expected: str) -> Reading:
    return Reading(problems=(Problem(sheet, row, column, None, expected),))


def _wanted(sheet: str) -> str:
    return ", ".join(column.name for column in SHEETS[sheet] if column.must)


def _known(line: Line, known: dict[str, Column]) -> set[str]:
    return {known[each].name for each in map(_key, line.cells) if each in known}


def _key(cell: Cell) -> str:
    return key(cell.text)


def _places(sheet: str, heading: Line, known: dict[str, Column]) -> tuple[dict[str, int], list[Problem]]:
    places: dict[str, int] = {}
    problems = []
    for index, cell in enumerate(heading.cells):
        column = known.get(_key(cell))
        if column is None:
            continue
        if column.name in places:
            expected = f"one column only for {column.name}"
            problems.append(Problem(sheet, heading.number, tidy(cell.text), tidy(cell.text), expected))
        places.setdefault(column.name, index)
    problems += [
        Problem(sheet, heading.number, None, None, f"a column {column.name}")
        for column in SHEETS[sheet]
        if column.must and column.name not in places
    ]
    return places, problems


def _without_examples(
    sheet: str, lines: list[Line], places: dict[str, int]
) -> tuple[list[Line], tuple[str, ...]]:
    """Take out the rows that our template marks as examples, and say which they were."""
    first, mark = places.get(SHEETS[sheet][0].name), f"{key(MARK)} "
    if first is None:
        return lines, ()
    examples = {line.number for line in lines if _key(_at(line, first)).startswith(mark)}
    notes = tuple(f"{sheet}: row {number} is an example and was not read" for number in sorted(examples))
    return [line for line in lines if line.number not in examples], notes


def _outside(sheet: str, lines: Sequence[Line], width: int) -> list[Problem]:
    """Return a problem for each line with something right of the headers."""
    expected = f"{width} cells, as many as headers (a comma unquoted?)"
    first = (
        (line.number, next((cell for cell in line.cells[width:] if not cell.empty), None)) for line in lines
    )
    return [Problem(sheet, number, None, cell.text, expected) for number, cell in first if cell is not None]


def _blank(line: Line) -> bool:
    return all(cell.empty for cell in line.cells)


def _at(line: Line, index: int) -> Cell:
    return line.cells[index] if index < len(line.cells) else EMPTY


def _unread(sheet: str, heading: Line, known: dict[str, Column]) -> tuple[str, ...]:
    names = [tidy(cell.text) for cell in heading.cells if _key(cell) and _key(cell) not in known]
    return (f"{sheet}: not read: {', '.join(names)}",) if names else ()
