"""The workbook an office fills in: our sheets, each with its headers, an example and drop-downs."""

from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from locales.marker import N_
from locales.spreadsheet import risky
from locales.voice import Voice
from storage.inventory.examples import EXAMPLES, MARK, Example
from storage.inventory.headers import SHEETS, TITLES, Column

AnyCell = Cell | MergedCell

ROWS: Final = 2000  # that have drop-downs: ten times a province
WIDEST: Final = 40
HEADER: Final = PatternFill("solid", fgColor="1F4E78")
MUST: Final = PatternFill("solid", fgColor="C00000")
GREY: Final = Font(italic=True, color="808080")
GUIDE: Final = (
    N_("Fill in the seven sheets and leave their first row as it is. Save as .xlsx."),
    N_("A red header: every row needs that cell. Others may stay empty."),
    N_("A row whose first cell begins with «Ví dụ» is an example and is not read: replace or delete it."),
    N_("Write values, not formulas; do not merge cells; one thing in a row."),
    N_("Try it first: trucmang import FILE --dry-run says what is wrong and what would change."),
)


def write_template(path: Path, voice: Voice) -> None:
    """Write the empty workbook to *path*."""
    book = Workbook()
    for worksheet in book.worksheets:
        book.remove(worksheet)
    for sheet in SHEETS:
        _write_sheet(book.create_sheet(TITLES[sheet][0]), sheet)
    _write_guide(book.create_sheet(voice.plain("Guide")), voice)
    book.save(path)


def write_text(cell: AnyCell, text: str) -> None:
    """Write *text* so that it stays a text, whatever it begins with."""
    cell.value = text
    cell.data_type = "s"  # openpyxl would make a formula of «=…»
    cell.quotePrefix = risky(text)


def _write_sheet(worksheet: Worksheet, sheet: str) -> None:
    for index, column in enumerate(SHEETS[sheet], 1):
        example = EXAMPLES[sheet][column.name]
        _write_header(worksheet.cell(1, index), column)
        _write_example(worksheet.cell(2, index), example, first=index == 1)
        letter = get_column_letter(index)
        dimension = worksheet.column_dimensions[letter]
        dimension.width = min(
            WIDEST, 4 + max(len(column.headers[0]), len(str(worksheet.cell(2, index).value)))
        )
        if isinstance(example.cell, str):
            dimension.number_format = "@"  # a code keeps its zeros, an id its digits
        if example.choices:
            _offer(worksheet, f"{letter}2:{letter}{ROWS}", example)
    worksheet.freeze_panes = "B2"


def _write_header(cell: AnyCell, column: Column) -> None:
    write_text(cell, column.headers[0])
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = MUST if column.filled else HEADER
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def _write_example(cell: AnyCell, example: Example, *, first: bool) -> None:
    if first:
        write_text(cell, f"{MARK}: {example.cell}")
    elif isinstance(example.cell, str):
        write_text(cell, example.cell)
    else:
        cell.value = example.cell
    cell.font = GREY


def _offer(worksheet: Worksheet, where: str, example: Example) -> None:
    offered = DataValidation(
        type="list",
        formula1=f'"{",".join(example.choices)}"',
        allow_blank=True,
        showErrorMessage=not example.free,
    )
    worksheet.add_data_validation(offered)
    offered.add(where)


def _write_guide(worksheet: Worksheet, voice: Voice) -> None:
    rows: list[tuple[str, ...]] = [(voice.plain(each),) for each in GUIDE]
    rows += [
        (),
        (voice.plain("Sheet"), voice.plain("Column"), voice.plain("Meaning"), voice.plain("Example")),
    ]
    rows += [
        (TITLES[sheet][0], column.headers[0], voice.plain(each.meaning), str(each.cell))
        for sheet, columns in SHEETS.items()
        for column in columns
        for each in (EXAMPLES[sheet][column.name],)
    ]
    for number, row in enumerate(rows, 1):
        for index, text in enumerate(row, 1):
            write_text(worksheet.cell(number, index), text)
    for letter, width in zip("ABCD", (14, 22, 90, 40), strict=True):
        worksheet.column_dimensions[letter].width = width
    for cell in worksheet[len(GUIDE) + 2]:
        cell.font = Font(bold=True)
