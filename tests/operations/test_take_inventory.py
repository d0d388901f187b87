import asyncio
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from operations.take_inventory import take_inventory, take_rows
from storage import directory
from storage.engine import Storage
from storage.inventory.changes import Count, TooManyRetiredError
from storage.inventory.problem import InventoryError
from storage.inventory.sample import FOLDER, load_sample
from storage.schema import upgrade
from storage.tables import (
    Carrier,
    Channel,
    Chat,
    Cover,
    Person,
    Posting,
    Series,
    Service,
    Team,
    Unit,
    Vantage,
)
from tests.storage.inventory.office import SMALL, changed, folder, small, without_column, workbook

AT = datetime(2025, 11, 24, 7, 30, tzinfo=UTC)
LATER = AT + timedelta(days=1)
LAST = AT + timedelta(days=2)
TABLES = (Carrier, Channel, Chat, Cover, Person, Series, Team, Unit, Vantage)


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """An empty database; migrating takes longer than any import."""
    path = tmp_path_factory.mktemp("schema") / "empty.db"
    asyncio.run(upgrade(f"sqlite+aiosqlite:///{path}"))
    return path.read_bytes()


@pytest.fixture
def new(tmp_path, empty):
    """Open new databases."""

    def open_new(name):
        path = tmp_path / f"{name}.db"
        path.write_bytes(empty)
        return Storage(f"sqlite+aiosqlite:///{path}")

    return open_new


@pytest.fixture
async def storage(new):
    async with new("trucmang") as opened:
        yield opened


@pytest.fixture
def take(storage, tmp_path):
    async def take_sheets(sheets, at=AT, **options):
        return await take_inventory(storage, folder(tmp_path / f"{at:%d}", sheets), at, **options)

    return take_sheets


async def contents(storage):
    """Return everything that an import may write."""
    async with storage.read() as session:
        return {
            table.__tablename__: [row.model_dump() for row in await session.exec(select(table))]
            for table in TABLES
        }


async def one(storage, table, **values):
    async with storage.read() as session:
        return (await session.exec(select(table).filter_by(**values))).one()


async def series_of(storage, code):
    channel = await one(storage, Channel, code=code)
    async with storage.read() as session:
        rows = await session.exec(select(Series).where(Series.channel_id == channel.id).order_by(Series.id))
        return [(each.id, each.url, each.retired_at) for each in rows]


async def test_a_folder_and_a_workbook_leave_the_same_database(new, tmp_path):
    left = []
    for name, path in (("a", folder(tmp_path / "csv", SMALL)), ("b", workbook(tmp_path / "i.xlsx", SMALL))):
        async with new(name) as opened:
            await take_inventory(opened, path, AT)
            left.append(await contents(opened))
    assert left[0] == left[1]


async def test_everything_is_written_with_its_references(storage, take):
    changes = await take(SMALL)
    assert {sheet: count.added for sheet, count in changes.sheets.items()} == {
        "units": 4,
        "carriers": 1,
        "teams": 1,
        "channels": 3,
        "services": 1,
        "people": 3,
        "shifts": 2,
    }
    commune, district = await one(storage, Unit, code="05725"), await one(storage, Unit, code="170")
    channel, uplink = await one(storage, Channel, code="X05725"), await one(storage, Channel, code="H170U")
    team = await one(storage, Team, code="VN")
    assert (commune.name, commune.folded, commune.parent_id) == ("Xã Thần Xa", "xa than xa", district.id)
    assert (channel.unit_id, channel.uplink_id) == (commune.id, uplink.id)
    assert [url for _, url, _ in await series_of(storage, "X05725")] == [
        "icmp://10.70.1.1",
        "tcp://10.70.1.1:443",
    ]
    officer = await one(storage, Person, telegram_id=1401)
    assert officer.unit_id is None
    assert (await one(storage, Posting, person_id=officer.id)).unit_id == commune.id
    assert (await one(storage, Person, telegram_id=1301)).team_id == team.id
    assert (await one(storage, Cover, team_id=team.id)).unit_id == district.id


async def test_the_chat_of_a_team_is_known_and_no_other(storage, take):
    await take(SMALL)
    chat = await one(storage, Chat)
    assert (chat.transport, chat.chat, chat.topic, chat.role, chat.title) == (
        "telegram",
        -1002000000170,
        0,
        "doi",
        "VNPT Võ Nhai",
    )


async def test_importing_twice_changes_nothing(storage, take):
    await take(SMALL)
    before = await contents(storage)
    changes = await take(SMALL, LATER)
    assert changes.nothing
    assert changes.sheets["channels"] == Count(unchanged=3)
    assert await contents(storage) == before


async def test_the_sample_goes_in_twice_without_a_change(storage):
    first = await take_inventory(storage, FOLDER, AT)
    assert first.sheets["channels"] == Count(added=214)
    assert (await take_rows(storage, load_sample(), LATER)).nothing


async def test_the_sample_goes_in_with_other_probes(storage):
    sample = load_sample()
    channels = tuple(
        replace(row, probes=(f"tcp://127.0.0.1:{port}",)) for port, row in enumerate(sample.channels, 1)
    )
    await take_rows(storage, replace(sample, channels=channels), AT)
    assert [url for _, url, _ in await series_of(storage, "T01")] == ["tcp://127.0.0.1:1"]


async def test_nothing_is_written_unless_all_is_right(storage, take):
    await take(SMALL)
    before = await contents(storage)
    sheets = changed("people", 4, "role", "?")
    sheets["units"][3][1] = "Tên khác"
    with pytest.raises(InventoryError) as refused:
        await take(sheets, LATER)
    assert [str(each) for each in refused.value.problems] == [
        "people, row 4, column «role»: found «?», expected one of truc_ban, can_bo, doi, lanh_dao, quan_tri"
    ]
    assert await contents(storage) == before


async def test_a_dry_run_tells_the_changes_and_writes_nothing(storage, take):
    before = await contents(storage)
    changes = await take(SMALL, dry_run=True)
    assert changes.sheets["channels"] == Count(added=3)
    assert await contents(storage) == before


async def test_a_missing_sheet_leaves_what_is_known(storage, take):
    await take(SMALL)
    before = await contents(storage)
    assert (await take({"people": SMALL["people"]}, LATER)).nothing
    assert await contents(storage) == before


@pytest.mark.parametrize(
    ("sheet", "column"),
    [
        ("units", "edition"),
        ("units", "address"),
        ("units", "latitude"),
        ("carriers", "hotline"),
        ("teams", "chat_id"),
        ("teams", "covers"),
        ("channels", "carrier"),
        ("channels", "kind"),
        ("channels", "uplink"),
        ("channels", "probes"),
        ("channels", "bandwidth_mbps"),
        ("people", "unit"),
        ("people", "team"),
        ("people", "phone"),
    ],
)
async def test_a_missing_column_leaves_what_is_known(storage, take, sheet, column):
    await take(SMALL)
    before = await contents(storage)
    assert (await take({sheet: without_column(sheet, column)}, LATER)).nothing
    assert await contents(storage) == before


async def test_an_empty_cell_clears_what_is_known(storage, take):
    await take(SMALL)
    sheets = changed("units", 4, "address", "")
    sheets["channels"][2][4] = sheets["channels"][2][6] = sheets["teams"][1][4] = ""
    changes = await take(sheets, LATER)
    channel = await one(storage, Channel, code="X05725")
    assert (await one(storage, Unit, code="05725")).address is None
    assert (channel.uplink_id, channel.bandwidth_mbps) == (None, None)
    assert (await contents(storage))["covers"] == []
    assert [changes.sheets[each].changed for each in ("units", "teams", "channels")] == [1, 1, 1]


async def test_a_channel_that_is_gone_is_retired_with_its_series(storage, take):
    await take(SMALL)
    sheets = small()
    del sheets["channels"][3]
    changes = await take(sheets, LATER, yes=True)
    assert changes.sheets["channels"] == Count(retired=1, unchanged=2)
    assert (await one(storage, Channel, code="X05716")).retired_at == LATER
    assert [retired for _, _, retired in await series_of(storage, "X05716")] == [LATER]


@pytest.mark.parametrize("channels", [SMALL["channels"], without_column("channels", "probes")])
async def test_a_channel_that_returns_is_the_same_one_with_its_series(storage, take, channels):
    await take(SMALL)
    before = await contents(storage)
    await take({"channels": SMALL["channels"][:3]}, LATER, yes=True)
    changes = await take({"channels": channels}, LAST)
    assert changes.sheets["channels"] == Count(changed=1, unchanged=2)
    assert await contents(storage) == before


async def test_a_probe_that_is_gone_is_retired_and_one_that_returns_keeps_its_id(storage, take):
    await take(SMALL)
    (icmp, url, _), (tcp, other, _) = await series_of(storage, "X05725")
    await take(changed("channels", 3, "probes", "icmp://10.70.1.1;https://10.70.1.1/"), LATER)
    after = await series_of(storage, "X05725")
    assert after[:2] == [(icmp, url, None), (tcp, other, LATER)]
    assert after[2][1:] == ("https://10.70.1.1/", None)
    await take(SMALL, LAST)
    assert (await series_of(storage, "X05725"))[:2] == [(icmp, url, None), (tcp, other, None)]


async def test_more_than_a_tenth_of_the_channels_is_asked_about(storage, take):
    await take(SMALL)
    before = await contents(storage)
    with pytest.raises(TooManyRetiredError, match="1 of 3 live channels would be retired") as asked:
        await take({"channels": SMALL["channels"][:3]}, LATER)
    assert asked.value.retiring == ("X05716",)
    assert await contents(storage) == before


async def test_a_tenth_of_the_channels_goes_without_asking(storage):
    sample = load_sample()
    await take_rows(storage, sample, AT)
    kept = replace(sample, channels=sample.channels[:-21])  # of 214
    assert (await take_rows(storage, kept, LATER)).sheets["channels"].retired == 21


async def test_a_unit_that_is_gone_is_retired_and_comes_back(storage, take):
    sheets = small()
    sheets["units"].append(["05719", "Sảng Mộc", "xã", "170", "2023", "", "", "", ""])
    await take(sheets)
    assert (await take(SMALL, LATER)).sheets["units"] == Count(retired=1, unchanged=4)
    assert (await one(storage, Unit, code="05719")).retired_at == LATER
    assert (await take(sheets, LAST)).sheets["units"] == Count(changed=1, unchanged=4)
    assert (await one(storage, Unit, code="05719")).retired_at is None


async def test_a_unit_that_is_gone_stays_while_a_channel_or_a_person_needs_it(storage, take):
    await take(SMALL)
    sheets = {"units": SMALL["units"][:3]}  # the communes are left out
    assert (await take(sheets, LATER)).sheets["units"].retired == 0
    sheets["channels"] = SMALL["channels"][:2]
    assert (await take(sheets, LAST, yes=True)).sheets["units"].retired == 1
    assert (await one(storage, Unit, code="05725")).retired_at is None  # an officer's
    assert (await one(storage, Unit, code="05716")).retired_at == LAST


async def test_a_unit_above_one_that_stays_stays_too(storage, take):
    await take(SMALL)
    changes = await take(
        {"units": [SMALL["units"][0], ["X", "Xã Xa", "xã", "", "2023", "", "", "", ""]]}, LATER
    )
    assert changes.sheets["units"] == Count(added=1)


async def test_units_of_another_edition_are_left_alone(storage, take):
    await take(SMALL)
    rows = [SMALL["units"][0], ["T", "Thái Nguyên", "tỉnh", "", "2025", "", "", "", ""]]
    assert (await take({"units": rows}, LATER)).sheets["units"] == Count(added=1)
    assert len((await contents(storage))["units"]) == 5


async def test_people_are_never_retired_by_an_import(storage, take):
    await take(SMALL)
    assert (await take({"people": SMALL["people"][:2]}, LATER)).nothing
    assert len((await contents(storage))["people"]) == 3


async def test_a_retired_unit_cannot_be_referred_to(storage, take):
    sheets = small()
    sheets["units"].append(["05719", "Sảng Mộc", "xã", "170", "2023", "", "", "", ""])
    await take(sheets)
    await take(SMALL, LATER)
    with pytest.raises(InventoryError, match="05719"):
        await take({"people": [*SMALL["people"], ["1402", "A", "can_bo", "05719", "", ""]]}, LAST)


async def test_vietnamese_headers_import_the_same(storage, take, tmp_path):
    await take(SMALL)
    sheets = small()
    sheets["units"][0][:5] = ["Mã đơn vị", "Tên đơn vị", "Cấp", "Trực thuộc", "Phiên bản"]
    sheets["channels"][0][:4] = ["MÃ KÊNH", " Don vi ", "Nhà mạng", "Loại kênh"]
    sheets["channels"][0][6] = "Băng thông (Mbps)"
    sheets["people"][0][:4] = ["ID Telegram", "Họ và tên", "Vai trò", "Đơn vị"]
    assert (await take(sheets, LATER)).nothing


async def test_decomposed_names_import_the_same(storage, take, tmp_path):
    await take(SMALL)
    sheets = {
        name: [[unicodedata.normalize("NFD", f" {cell} ") for cell in row] for row in rows]
        for name, rows in SMALL.items()
    }
    assert (await take(sheets, LATER)).nothing


async def test_what_was_left_unread_is_told(storage, tmp_path):
    path = folder(tmp_path / "x", SMALL)
    (path / "notes.txt").touch()
    assert (await take_inventory(storage, path, AT)).notes == (
        "notes.txt: not read, it is none of the sheets",
    )


METER = "snmp://10.70.0.1/Gi0%2F1?credential=CORE"


def metered(*cells):
    """Return the small inventory with a column of meters."""
    sheets = small()
    for row, cell in zip(sheets["channels"], ("Đo băng thông", *cells), strict=True):
        row.append(cell)
    return sheets


async def test_a_meter_is_kept_until_its_cell_is_empty(storage, take):
    await take(metered("", METER, ""))
    assert (await one(storage, Channel, code="X05725")).meter == METER
    assert (await take(SMALL, LATER)).nothing
    assert (await one(storage, Channel, code="X05725")).meter == METER
    await take(metered("", "", ""), LATER)
    assert (await one(storage, Channel, code="X05725")).meter is None


async def test_what_is_no_meter_is_a_problem_of_its_cell(take):
    with pytest.raises(InventoryError) as refused:
        await take(metered("", "snmp://public@10.70.0.1/1", ""))
    (problem,) = refused.value.problems
    assert (problem.sheet, problem.row, problem.column) == ("channels", 3, "Đo băng thông")
    assert "expected snmp://host/interface?credential=NAME" in problem.expected


async def test_a_service_has_its_probes_and_whose_it_is(storage, take):
    await take(SMALL)
    service, province = await one(storage, Service, code="MC"), await one(storage, Unit, code="T")
    assert (service.aliases, service.unit_id, service.chat_id) == (["một cửa", "igate"], province.id, -1002)
    async with storage.read() as session:
        (series,) = await session.exec(select(Series).where(Series.service_id == service.id))
        inventory = await directory.read(session)
    assert (series.channel_id, series.url) == (None, "icmp://10.30.0.1")
    assert (inventory.probes_of(service.id), inventory.anchors) == ((series.id,), ())
    assert (await take(SMALL, LATER)).nothing


async def test_a_service_that_its_sheet_leaves_out_is_retired_and_comes_back_with_its_probe(storage, take):
    await take(SMALL)
    before = await one(storage, Service, code="MC")
    gone = await take({"services": SMALL["services"][:1]}, LATER)
    assert gone.sheets["services"].retired == 1
    assert (await one(storage, Service, code="MC")).retired_at == LATER
    await take({"services": SMALL["services"]}, LAST)
    back = await one(storage, Service, code="MC")
    assert (back.id, back.retired_at) == (before.id, None)
    async with storage.read() as session:
        (series,) = await session.exec(select(Series).where(Series.service_id == back.id))
    assert series.retired_at is None
