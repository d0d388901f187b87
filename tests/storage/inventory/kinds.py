"""Every kind of bad inventory, with the words its refusal must hold."""

from datetime import date, datetime

from tests.storage.inventory.broken import (
    Write,
    a_bomb,
    a_bomb_that_lies,
    a_document,
    a_second_sheet,
    cell,
    csv,
    encoded,
    file,
    hide_all,
    laughs,
    merge,
    part,
    put,
    rows,
    sheet_xml,
    spoilt,
    torn,
)
from tests.storage.inventory.office import SMALL, folder, text, workbook

DAY, MOMENT = date(2026, 3, 2), datetime(2026, 3, 2, 7, 30)  # noqa: DTZ001 - a sheet knows no zone
UNITS = "code,name,kind,parent\n"
HEAVY: dict[str, tuple[Write, str]] = {
    "50 MB of CSV": (csv(b" " * 50_000_000), "a file of at most 8 MB"),
    "50 MB of workbook": (file("i.xlsx", b"PK\x03\x04" + bytes(50_000_000)), "a file of at most 8 MB"),
    "a quarter of a gigabyte when unpacked": (a_bomb, "a workbook of at most 16 MB unpacked"),
    "a zip that lies of its size": (a_bomb_that_lies, "an .xlsx workbook"),
    "a million cells": (sheet_xml(f"<row>{'<c><v>1</v></c>' * 60}</row>" * 16_000), "about 200000 cells"),
    "10,000 columns in a workbook": (
        sheet_xml(f"<row>{'<c><v>1</v></c>' * 10_000}</row>" * 100),
        "about 200000 cells",
    ),
    "as many cells as may be": (
        sheet_xml(f"<row>{'<c><v>1</v></c>' * 50}</row>" * 2_000),
        "a row of headers",
    ),
    "a hundred thousand styles": (
        part("xl/styles.xml", lambda xml: xml.replace("</cellXfs>", "<xf/>" * 200_000 + "</cellXfs>")),
        "about 200000 cells",
    ),
    "entities of entities": (part("xl/workbook.xml", laughs), "an .xlsx workbook"),
    "a cell in the last row": (spoilt(put("units", "A1048576", "x")), "at most 20000 rows"),
    "a row beyond the last": (
        sheet_xml('<row r="999999999"><c r="A999999999"><v>1</v></c></row>'),
        "a row of headers",
    ),
    "a merge of the whole sheet": (
        sheet_xml("", '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        "10000 merged cells",
    ),
    "10,000 columns in CSV": (csv(UNITS + "1,a,xã,T" + ",x" * 10_000), "at most 64 columns"),
    "10,000 columns in every row": (csv((UNITS.strip() + ",x" * 10_000 + "\n") * 380), "at most 64 columns"),
    "a line of eight million commas": (csv(UNITS + "," * 7_900_000 + "\n1,a,b,NONE"), "the code of a unit"),
    "a cell of seven million letters": (csv(UNITS + "1," + "x" * 7_000_000 + ",c,\n"), "well-formed CSV"),
    "a quote that is never closed": (csv(UNITS + '1,"' + "x\n" * 3_000_000), "well-formed CSV"),
    "too many rows": (csv(UNITS + "1,a,b,\n" * 20_000), "at most 20000 rows"),
    "a fault in every cell": (csv(UNITS + "a b,,,?\n" * 8_000), "a code of at most 64 characters"),
    "a chain of 5,000 parents": (
        csv(UNITS + "0,a,b,4999\n" + "".join(f"{n},a,b,{n - 1}\n" for n in range(1, 5_000))),
        "lead back to itself",
    ),
}
LIGHT: dict[str, tuple[Write, str]] = {
    "a circle of units": (cell("units", 2, "parent", "05725"), "a parent that does not lead back to itself"),
    "a unit above itself": (cell("units", 4, "parent", "05725"), "(05725 → 05725)"),
    "a circle of uplinks": (
        cell("channels", 2, "uplink", "X05725"),
        "an uplink that does not lead back to itself",
    ),
    "a unit's code twice": (
        rows("units", ["170", "Khác", "huyện", "T", "2023", "", "", "", ""]),
        "row 3 has it already",
    ),
    "a channel's code twice": (cell("channels", 4, "code", "X05725"), "row 3 has it already"),
    "an account twice": (cell("people", 4, "telegram_id", 1001), "row 2 has it already"),
    "an unknown unit": (cell("channels", 3, "unit", "99999"), "the code of a unit"),
    "an unknown parent": (cell("units", 4, "parent", "99999"), "the code of a unit"),
    "an unknown carrier": (cell("channels", 3, "carrier", "VMS"), "the code of a carrier"),
    "an unknown uplink": (cell("channels", 3, "uplink", "NONE"), "the code of a channel"),
    "an unknown team": (cell("people", 3, "team", "NONE"), "the code of a team"),
    "an address without a scheme": (
        cell("channels", 3, "probes", "10.70.1.1"),
        "does not start with a known scheme",
    ),
    "a network for a host": (
        cell("channels", 3, "probes", "icmp://10.70.1.0/24"),
        "has a path, but ICMP has none",
    ),
    "a password in a probe": (
        cell("channels", 3, "probes", "http://a:b@10.0.0.1/"),
        "a user name or a password",
    ),
    "a port of 70000": (cell("channels", 3, "probes", "tcp://10.0.0.1:70000"), "no number from 1 to 65535"),
    "a mistyped address": (cell("channels", 3, "probes", "icmp://10.70.1.256"), "neither an IP address"),
    "a private note in a number": (cell("channels", 3, "bandwidth_mbps", "20 (chị Lan: 0912…)"), "a number"),
    "a note for an id": (cell("people", 4, "telegram_id", "hỏi lại"), "a whole number"),
    "a group of thousands": (cell("channels", 3, "bandwidth_mbps", "1.000"), "without groups of thousands"),
    "an id shown in powers of ten": (cell("teams", 2, "chat_id", "-1.002E+12"), "its digits written out"),
    "a formula": (cell("units", 4, "name", "=CONCATENATE(A1;B1)"), "a value, not a formula"),
    "a formula in CSV": (csv(UNITS + "T,=1+1,tỉnh,\n"), "a value, not a formula"),
    "an error": (cell("units", 4, "name", "#REF!"), "a value, not an error"),
    "a day for a code": (cell("units", 4, "code", DAY), "a text or a number, not a date"),
    "a moment for a number": (cell("channels", 3, "priority", MOMENT), "a text or a number, not a date"),
    "a truth for a number": (cell("channels", 3, "priority", True), "a whole number"),
    "merged cells": (spoilt(merge("C2:C4")), "one value in each cell, not merged cells"),
    "only hidden sheets": (spoilt(hide_all), "at least one of the sheets"),
    "two sheets for one": (spoilt(a_second_sheet), "one sheet for channels"),
    "a header twice": (spoilt(put("channels", "J1", "Mã kênh")), "one column only for code"),
    "no header": (
        lambda place: workbook(place / "i.xlsx", {"units": SMALL["units"][1:]}),
        "a row of headers",
    ),
    "a column missing": (
        lambda place: workbook(place / "i.xlsx", {"units": [["code", "name"], ["1", "a"]]}),
        "a column kind",
    ),
    "an empty sheet": (lambda place: workbook(place / "i.xlsx", {"units": []}), "a row of headers"),
    "a name of 501 letters": (cell("units", 4, "name", "x" * 501), "at most 500 characters"),
    "an unknown role": (cell("people", 4, "role", "giám đốc"), "one of truc_ban"),
    "half a place on the map": (cell("units", 4, "longitude", ""), "a longitude, since there is a latitude"),
    "another planet": (cell("units", 4, "latitude", "121.85"), "degrees from -90 to 90"),
    "a fault in UTF-16": (encoded("utf-16", "units", 4, "latitude", "bắc"), "found «bắc», expected a number"),
    "a fault in Windows-1258": (
        csv(f"{UNITS}T,Tỉnh,,\n".replace("ỉ", "i").encode("windows-1258")),
        "may not be empty",
    ),
    "half a letter of UTF-16": (csv(b"\xff\xfec\x00o\x00d"), "text in UTF-8"),
    "NUL bytes": (csv(f"{UNITS}T,{'Tỉnh' * 100}\0,tỉnh,\n"), "text in UTF-8"),
    "a picture by the name of CSV": (
        csv(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4),
        "units",
    ),
    "a comma unquoted": (csv(UNITS + "T,Tỉnh, Thái Nguyên,tỉnh,T\n"), "a comma unquoted?"),
    "half a workbook": (torn(0.5), "an .xlsx workbook"),
    "all but the end of a workbook": (torn(0.98), "an .xlsx workbook"),
    "an empty workbook": (file("i.xlsx", b""), "an .xlsx workbook"),
    "an .xls renamed": (
        file("i.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)),
        "an .xlsx workbook",
    ),
    "a document renamed": (a_document, "an .xlsx workbook"),
    "an old workbook": (file("i.xls", b"\xd0\xcf\x11\xe0"), "a folder of CSV files or one .xlsx"),
    "a sheet of broken XML": (sheet_xml("<row><c>"), "an .xlsx workbook"),
    "a sheet that is not in the file": (
        part("xl/workbook.xml", lambda xml: xml.replace("rId1", "rId9")),
        "an .xlsx workbook",
    ),
    "nothing there": (lambda place: place / "gone", "a folder or a file that exists"),
    "an empty folder": (lambda place: folder(place / "i", {}), "at least one of the sheets"),
    "one file that is CSV": (file("units.csv", UNITS.encode()), "a folder of CSV files or one .xlsx"),
    "two files for one sheet": (
        lambda place: (
            csv(text(SMALL["units"]), "Đơn vị.csv")(place) and folder(place / "i", {"units": SMALL["units"]})
        ),
        "one file for units",
    ),
}
