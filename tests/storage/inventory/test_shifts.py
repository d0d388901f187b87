"""The roster as a sheet: days and hours as they are written, people by name or number, weeks apart."""

from datetime import date, datetime, time

import pytest
from sqlmodel import select

from operations.take_inventory import take_inventory
from storage.inventory.changes import Count
from storage.inventory.problem import InventoryError
from storage.tables import Person, Shift
from tests.storage.inventory.office import SMALL, folder, small, workbook

HEADERS = ["Ngày", "Từ", "Đến", "Trực chính", "Trực phụ"]
AT = datetime.fromisoformat("2026-03-02T01:00:00+00:00")
FIRST, HA = ["24/11/2026", "07:30", "17:00", "Nguyễn Thị Hà", ""], 1001


async def take(store, place, *rows, kept=folder):
    return await take_inventory(store, kept(place, {"shifts": [HEADERS, *rows]}), AT)


async def roster(store):
    async with store.read() as session:
        people = {row.id: row.telegram_id for row in await session.exec(select(Person))}
        rows = await session.exec(select(Shift).order_by(Shift.day, Shift.begins))
        return [
            (row.day, row.begins, row.ends, people.get(row.first_id), people.get(row.second_id))
            for row in rows
        ]


@pytest.fixture
async def office(store, tmp_path):
    await take_inventory(store, folder(tmp_path / "office", {**SMALL, "shifts": SMALL["shifts"][:1]}), AT)
    return store


@pytest.mark.parametrize(
    ("row", "day", "begins", "ends"),
    [
        (["24/11/2026", "07:30", "17:00"], date(2026, 11, 24), time(7, 30), time(17)),
        (["2026-11-24", "7h30", "17h"], date(2026, 11, 24), time(7, 30), time(17)),
        (["4-1-2027", "17g00", "24:00"], date(2027, 1, 4), time(17), time()),
    ],
)
async def test_days_and_hours_are_read_as_they_are_written(office, tmp_path, row, day, begins, ends):
    await take(office, tmp_path / "a", [*row, "nguyễn thị hà", "1001"])
    assert await roster(office) == [(day, begins, ends, HA, HA)]


async def test_a_workbook_s_own_dates_and_hours_are_read(office, tmp_path):
    row = [datetime(2026, 11, 24), time(7, 30), time(17), 1001, ""]  # noqa: DTZ001 - a sheet knows no zone
    await take(office, tmp_path / "a.xlsx", row, kept=workbook)
    assert await roster(office) == [(date(2026, 11, 24), time(7, 30), time(17), HA, None)]


async def test_a_sheet_is_the_whole_roster_of_its_days_and_of_no_others(office, tmp_path):
    later = ["01/12/2026", "07:30", "17:00", "1001", ""]
    await take(office, tmp_path / "a", FIRST, ["24/11/2026", "17:00", "07:30", "", ""], later)
    changes = await take(office, tmp_path / "b", ["24/11/2026", "07:30", "18:00", "1001", ""])
    assert changes.sheets["shifts"] == Count(changed=1, retired=1)
    assert [(row[0].day, row[2].hour) for row in await roster(office)] == [(24, 18), (1, 17)]
    assert (await take(office, tmp_path / "c", later)).nothing


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["31/11/2026", "07:30", "17:00", "", ""], "a day of the calendar"),
        (["mai", "07:30", "17:00", "", ""], "a day such as 24/11/2026"),
        (["25/11/2026", "sáng", "17:00", "", ""], "an hour such as 07:30"),
        (["25/11/2026", "07:30", "24:30", "", ""], "an hour from 00:00 to 24:00"),
        (["25/11/2026", "07:30", "", "", ""], "a value: it may not be empty"),
        (["25/11/2026", "07:30", "17:00", "Ai Đó", ""], "one person of the desk"),
        (["25/11/2026", "07:30", "17:00", "1401", ""], "one person of the desk"),  # an officer
        (["24/11/2026", "16:00", "20:00", "", ""], "an hour after the shift of row 2 has ended"),
        (["24/11/2026", "07:30", "20:00", "", ""], "an hour after the shift of row 2 has ended"),
    ],
)
async def test_what_is_wrong_with_a_roster_is_said(office, tmp_path, row, expected):
    with pytest.raises(InventoryError, match=expected):
        await take(office, tmp_path / "a", FIRST, row)
    assert await roster(office) == []


async def test_a_name_that_two_share_is_nobody_s(store, tmp_path):
    sheets = small()
    sheets["people"].append(["1002", "Nguyễn Thị Hà", "truc_ban", "T", "", ""])
    with pytest.raises(InventoryError, match="if nobody shares it"):
        await take_inventory(store, folder(tmp_path / "a", sheets), AT)
