import zipfile
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from storage.inventory.headers import SHEETS, columns_by_header, key
from storage.inventory.read import read
from storage.inventory.table import ROWS
from tests.storage.inventory.office import SMALL, folder, small, text, workbook


def values(reading):
    """Return what was read as plain text, by sheet."""
    return {
        table.sheet: [{name: cell.text for name, cell in each.cells.items()} for each in table.records]
        for table in reading.tables
    }


def expected(reading):
    return [problem.expected for problem in reading.problems]


def test_a_folder_and_a_workbook_read_alike(tmp_path):
    one = read(folder(tmp_path / "csv", SMALL))
    other = read(workbook(tmp_path / "inventory.xlsx", SMALL))
    assert values(one) == values(other)
    assert one.problems == other.problems == ()
    assert values(one).keys() == SHEETS.keys()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_way_a_spreadsheet_saves_csv_is_read(tmp_path, encoding, delimiter):
    assert values(read(folder(tmp_path / "x", SMALL, encoding, delimiter))) == values(
        read(folder(tmp_path / "y", SMALL))
    )


def test_windows_1258_is_read_and_said(tmp_path):
    rows = [["code", "name", "kind", "parent"], ["05725", "Tha\u0302\u0300n Xa", "xa\u0303", ""]]
    (tmp_path / "units.csv").write_bytes(text(rows).replace("a\u0302", "â").encode("windows-1258"))
    reading = read(tmp_path)
    assert reading.tables[0].records[0].cells["kind"].text == "xa\u0303"
    assert reading.notes == ("units.csv: read as windows-1258, for it is no UTF-8",)


def test_headers_are_found_below_the_offices_own_heading_in_any_order_and_spelling(tmp_path):
    rows = [
        ["DANH MỤC KÊNH TRUYỀN", "", ""],
        ["", "", ""],
        ["ĐƠN VỊ ", "ghi chú", "Ma kenh (*)"],
        ["05725", "x", "X05725"],
    ]
    reading = read(workbook(tmp_path / "i.xlsx", {"Kênh truyền": rows}))
    assert values(reading) == {"channels": [{"code": "X05725", "unit": "05725"}]}
    assert reading.tables[0].records[0].row == 4
    assert reading.notes == ("channels: not read: ghi chú",)


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_header_means_two_columns_of_a_sheet(sheet):
    ways = [key(way) for column in SHEETS[sheet] for way in {column.name, *column.headers}]
    assert len(columns_by_header(sheet)) == len(set(ways)) == len(ways)


def test_rows_that_are_empty_are_passed_over(tmp_path):
    sheets = small()
    sheets["carriers"].insert(1, ["", " ", "", "", ""])
    table = next(each for each in read(folder(tmp_path, sheets)).tables if each.sheet == "carriers")
    assert [each.row for each in table.records] == [3]


def test_a_code_keeps_the_zeros_that_its_format_shows(tmp_path):
    book = Workbook()
    book.worksheets[0].title = "units"
    for row in (["code", "name", "kind", "parent"], [5725, "Thần Xa", "xã", None]):
        book.worksheets[0].append(row)
    book.worksheets[0]["A2"].number_format = "00000"
    book.save(tmp_path / "i.xlsx")
    assert values(read(tmp_path / "i.xlsx"))["units"][0]["code"] == "05725"


def test_hidden_and_foreign_sheets_are_not_read_and_that_is_said(tmp_path):
    path = workbook(tmp_path / "i.xlsx", {**SMALL, "Hướng dẫn": [["x"]]})
    book = load_workbook(path)
    book["people"].sheet_state = "hidden"
    book.save(path)
    reading = read(path)
    assert "people" not in values(reading)
    assert reading.notes == (
        "people: not read, the sheet is hidden",
        "Hướng dẫn: not read, it is none of the sheets",
    )


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("=A2", "a value, not a formula"),
        (date(2025, 1, 1), "a text or a number, not a date"),
        ("#N/A", "a value, not an error"),
    ],
)
def test_a_cell_that_is_no_value_says_so(tmp_path, value, wanted):
    sheets = small()
    sheets["carriers"][1][2] = value
    table = next(
        each for each in read(workbook(tmp_path / "i.xlsx", sheets)).tables if each.sheet == "carriers"
    )
    assert table.records[0].cells["hotline"].fault == wanted


def test_merged_cells_say_so(tmp_path):
    path = workbook(tmp_path / "i.xlsx", SMALL)
    book = load_workbook(path)
    book["channels"].merge_cells("C2:C4")
    book.save(path)
    table = next(each for each in read(path).tables if each.sheet == "channels")
    assert {each.cells["carrier"].fault for each in table.records} == {
        "one value in each cell, not merged cells"
    }


def broken(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "wanted"),
    [
        ("x.xlsx", b"", "an .xlsx workbook"),
        ("x.xlsx", b"PK\x03\x04 torn", "an .xlsx workbook"),
        ("x.xlsx", b"\xd0\xcf\x11\xe0 with a password", "an .xlsx workbook"),
        ("x.xlsx", b" " * 8_000_001, "at most 8 MB"),
        ("x.xls", b"", "a folder of CSV files or one .xlsx workbook"),
        ("units.csv", b"", "a folder of CSV files or one .xlsx workbook"),
    ],
)
def test_a_file_that_is_no_workbook_says_what_is_expected(tmp_path, name, data, wanted):
    assert wanted in expected(read(broken(tmp_path, name, data)))[0]


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"", "a row of headers such as code, name, kind, parent"),
        (b"a,b\n1,2\n", "a row of headers such as code, name, kind, parent"),
        (b"code,name\n1,2\n", "a column kind"),
        (b"code,code,name,kind,parent\n", "one column only for code"),
        (b'code,name,kind,parent\n1,"a\n2,b', "well-formed CSV"),
        (b"code,name,kind,parent\n1,S\xe1\xff\x00\x81,x,y", "text in UTF-8"),
        (b"code,name,kind,parent\n1,a, b,x,T\n", "4 cells, as many as headers"),
        (b" " * 8_000_001, "at most 8 MB"),
        (b"code,name,kind,parent\n" + b"1,2,3,4\n" * ROWS, f"at most {ROWS} rows"),
    ],
)
def test_a_csv_file_that_cannot_be_read_says_what_is_expected(tmp_path, data, wanted):
    broken(tmp_path, "units.csv", data)
    assert wanted in expected(read(tmp_path))[0]


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "i.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 17_000_000)
    assert expected(read(tmp_path / "i.xlsx")) == ["a workbook of at most 16 MB unpacked"]


def test_a_merge_of_the_whole_sheet_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "i.xlsx", "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", '<mergeCell ref="A1:XFD1048576"/>')
    assert expected(read(tmp_path / "i.xlsx")) == ["no more than 10000 merged cells"]


def test_nothing_there_is_said(tmp_path):
    assert expected(read(tmp_path / "gone")) == ["a folder or a file that exists"]
    assert "at least one of the sheets" in expected(read(tmp_path))[0]


def test_two_files_for_one_sheet_are_a_problem(tmp_path):
    folder(tmp_path, SMALL)
    (tmp_path / "Kênh.csv").write_text(text(SMALL["channels"]), "utf-8")
    assert expected(read(tmp_path)) == ["one file for channels; Kênh.csv is one already"]
