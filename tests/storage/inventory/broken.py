"""Inventories as they should not be: each function writes one below a folder and returns its path."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from tests.storage.inventory.office import SMALL, changed, folder, small, workbook

Write = Callable[[Path], Path]
SHEET = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>{}</worksheet>'


def cell(sheet: str, row: int, column: str, value: Any) -> Write:
    """The small inventory as a workbook, with one cell changed."""
    return lambda place: workbook(place / "i.xlsx", changed(sheet, row, column, value))


def rows(sheet: str, *more: list[Any]) -> Write:
    """The small inventory as CSV, with rows added to a sheet."""

    def write(place: Path) -> Path:
        sheets = small()
        sheets[sheet] += more
        return folder(place / "i", sheets)

    return write


def csv(content: str | bytes, name: str = "units.csv") -> Write:
    """A folder with one CSV file."""

    def write(place: Path) -> Path:
        (place / "i").mkdir()
        (place / "i" / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return place / "i"

    return write


def file(name: str, content: bytes) -> Write:
    """One file that is no folder."""

    def write(place: Path) -> Path:
        (place / name).write_bytes(content)
        return place / name

    return write


def encoded(encoding: str, sheet: str, row: int, column: str, value: str) -> Write:
    """The small inventory as CSV in another encoding, with one cell changed."""
    return lambda place: folder(place / "i", changed(sheet, row, column, value), encoding)


def spoilt(spoil: Callable[[Workbook], object]) -> Write:
    """The small inventory as a workbook that somebody went on to work in."""

    def write(place: Path) -> Path:
        path = workbook(place / "i.xlsx", SMALL)
        book = load_workbook(path)
        spoil(book)
        book.save(path)
        return path

    return write


def part(name: str, content: str | Callable[[str], str]) -> Write:
    """A workbook with one part of its archive replaced or changed."""

    def write(place: Path) -> Path:
        path = workbook(place / "i.xlsx", {"units": SMALL["units"]})
        with zipfile.ZipFile(path) as archive:
            parts = {each: archive.read(each).decode() for each in archive.namelist()}
        parts[name] = content if isinstance(content, str) else content(parts[name])
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for each, data in parts.items():
                archive.writestr(each, data)
        return path

    return write


def sheet_xml(body: str, after: str = "") -> Write:
    """A workbook whose only sheet is this XML."""
    return part("xl/worksheets/sheet1.xml", SHEET.format(body, after))


def torn(share: float) -> Write:
    """A workbook of which only a share arrived."""

    def write(place: Path) -> Path:
        path = workbook(place / "i.xlsx", SMALL)
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])
        return path

    return write


def a_document(place: Path) -> Path:
    """A word processor's document by the name of a workbook."""
    with zipfile.ZipFile(place / "i.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return place / "i.xlsx"


def a_bomb(place: Path) -> Path:
    """A workbook that unpacks to a quarter of a gigabyte."""
    with (
        zipfile.ZipFile(place / "i.xlsx", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(256):
            member.write(bytes(1 << 20))
    return place / "i.xlsx"


def a_bomb_that_lies(place: Path) -> Path:
    """A workbook that says it unpacks to little."""
    path = place / "i.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(30 << 20))
    size = (30 << 20).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (1000).to_bytes(4, "little")))
    return path


def laughs(workbook_xml: str) -> str:
    """Entities of entities: a page of XML that would fill a disk."""
    entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    start = f'<!DOCTYPE x [<!ENTITY l0 "ha">{entities}]><workbook'
    return workbook_xml.replace("<workbook", start, 1).replace("<sheets>", "<sheets>&l11;", 1)


def hide_all(book: Workbook) -> None:
    for sheet in book.worksheets:
        sheet.sheet_state = "veryHidden"
    book.create_sheet("Bìa").append(["x"])


def merge(where: str) -> Callable[[Workbook], object]:
    return lambda book: book["channels"].merge_cells(where)


def put(sheet: str, where: str, value: Any) -> Callable[[Workbook], object]:
    def write(book: Workbook) -> None:
        book[sheet][where] = value

    return write


def a_second_sheet(book: Workbook) -> None:
    book.create_sheet("Kênh truyền").append(["Mã kênh", "Mã đơn vị"])
