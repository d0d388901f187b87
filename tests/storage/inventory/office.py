"""An office with a small inventory, which it keeps as a folder of CSV files or as one workbook."""

import csv
from copy import deepcopy
from io import StringIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Sheets = dict[str, list[list[Any]]]

SMALL: Sheets = {
    "units": [
        ["code", "name", "kind", "parent", "edition", "sla_class", "address", "latitude", "longitude"],
        ["T", "Tỉnh Thái Nguyên", "tỉnh", "", "2023", "tinh", "", "", ""],
        ["170", "Huyện Võ Nhai", "huyện", "T", "2023", "huyen", "", "", ""],
        ["05725", "Thần Xa", "xã", "170", "2023", "mien_nui", "Xóm Trung Sơn", "21.85", "105.93"],
        ["05716", "Đình Cả", "thị trấn", "170", "2023", "mien_nui", "", "", ""],
    ],
    "carriers": [
        ["code", "name", "hotline", "respond_minutes", "restore_minutes"],
        ["VNPT", "VNPT", "0208.000.0001", "15", "480"],
    ],
    "teams": [
        ["code", "name", "carrier", "chat_id", "covers"],
        ["VN", "VNPT Võ Nhai", "VNPT", "-1002000000170", "170"],
    ],
    "channels": [
        ["code", "unit", "carrier", "kind", "uplink", "probes", "bandwidth_mbps", "priority", "profile"],
        ["H170U", "170", "VNPT", "chinh", "", "icmp://10.70.0.1", "50", "2", ""],
        ["X05725", "05725", "VNPT", "chinh", "H170U", "icmp://10.70.1.1;tcp://10.70.1.1:443", "20", "3", ""],
        ["X05716", "05716", "VNPT", "chinh", "H170U", "icmp://10.70.1.2", "20", "3", ""],
    ],
    "services": [
        ["code", "name", "aliases", "unit", "owner", "contact", "chat_id", "probes"],
        [
            "MC",
            "Một cửa điện tử",
            "một cửa;igate",
            "T",
            "Tổ một cửa",
            "0208.000.3001",
            "-1002",
            "icmp://10.30.0.1",
        ],
    ],
    "people": [
        ["telegram_id", "name", "role", "unit", "team", "phone"],
        ["1001", "Nguyễn Thị Hà", "truc_ban", "T", "", ""],
        ["1301", "Nông Văn Thắng", "doi", "", "VN", ""],
        ["1401", "Triệu Văn Nam", "can_bo", "05725", "", "0208.000.1401"],
    ],
    "shifts": [
        ["date", "from", "to", "first", "second"],
        ["05/01/2026", "07:30", "17:00", "Nguyễn Thị Hà", ""],
        ["05/01/2026", "17:00", "07:30", "1001", ""],
    ],
}


def small() -> Sheets:
    """Return the small inventory, to be changed at will."""
    return deepcopy(SMALL)


def changed(sheet: str, row: int, column: str, value: Any) -> Sheets:
    """Return the small inventory with one cell changed; rows are numbered as the sheet shows them."""
    sheets = small()
    sheets[sheet][row - 1][sheets[sheet][0].index(column)] = value
    return sheets


def without_column(sheet: str, column: str) -> list[list[Any]]:
    """Return a sheet without one column."""
    index = SMALL[sheet][0].index(column)
    return [row[:index] + row[index + 1 :] for row in SMALL[sheet]]


def text(rows: list[list[Any]], delimiter: str = ",") -> str:
    """Return a sheet as CSV."""
    file = StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue()


def folder(path: Path, sheets: Sheets, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """Keep the sheets as a folder of CSV files."""
    path.mkdir(parents=True, exist_ok=True)
    for name, rows in sheets.items():
        (path / f"{name}.csv").write_bytes(text(rows, delimiter).encode(encoding))
    return path


def workbook(path: Path, sheets: Sheets) -> Path:
    """Keep the sheets as one workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([value if value != "" else None for value in row])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path
