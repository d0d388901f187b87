"""The rows of a table with their values taken; a cell that has none is a problem and is left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from storage.inventory.headers import SHEETS, Column
from storage.inventory.problem import Problem
from storage.inventory.table import Cell, Record, Table
from storage.inventory.unexpected import UnexpectedError
from storage.inventory.values import take


@dataclass(frozen=True, slots=True)
class Entry:
    """A row's values by column."""

    sheet: str
    row: int
    headers: dict[str, str]
    values: dict[str, Any]

    def get(self, column: str) -> Any:
        """Return the value, or None where the column or its value is missing."""
        return self.values.get(column)

    def problem(self, column: str, value: str, expected: str) -> Problem:
        """Return the problem that *value* is in this row."""
        return Problem(self.sheet, self.row, self.headers.get(column, column), value, expected)


def enter(table: Table) -> tuple[list[Entry], list[Problem]]:
    """Take every cell of the table."""
    problems: list[Problem] = []
    entries = []
    for record in table.records:
        values = dict(_values(table, record, problems))
        entries.append(Entry(table.sheet, record.row, table.headers, values))
    return entries, problems


def _values(table: Table, record: Record, problems: list[Problem]) -> Iterator[tuple[str, Any]]:
    for column in SHEETS[table.sheet]:
        cell = record.cells.get(column.name)
        if cell is None:
            continue
        try:
            yield column.name, _value(table.sheet, column, cell)
        except UnexpectedError as error:
            problems.append(
                Problem(table.sheet, record.row, table.headers[column.name], cell.text, str(error))
            )


def _value(sheet: str, column: Column, cell: Cell) -> Any:
    if cell.fault is not None and not (cell.dated and column.dated):
        raise UnexpectedError(cell.fault)
    value = take(sheet, column.name, cell.text)
    if column.filled and value in (None, ""):
        raise UnexpectedError("a value: it may not be empty")
    return value
