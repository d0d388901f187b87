"""A small town for a bot in a process of its own: areas with an on-call chat and a team each, and people."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import select

from bot.app import civil_now
from operations.take_inventory import take_rows
from sandbox.network import Network
from sandbox.telegram import Group, Person, TelegramServer
from storage import policies, schema
from storage.engine import Storage
from storage.inventory.headers import SHEETS
from storage.inventory.rows import CarrierRow, ChannelRow, Inventory, PersonRow, TeamRow, UnitKey, UnitRow
from storage.tables import Chat, Unit
from tests.journeys.conftest import SWIFT
from tests.schema import check

EDITION = "2025"
TOP = UnitKey(EDITION, "T")
ANCHORS = ("ANCHOR-1", "ANCHOR-2")
DUTY, OFFICER, FIELD = 1001, 1401, 1300
ONCALL_CHATS, TEAM_CHATS = -1003000000000, -1003000001000


@dataclass(frozen=True)
class Town:
    """What stands around the bot: *lines* are the channels by area, *oncall* and *teams* the chats."""

    folder: Path
    url: str
    telegram: TelegramServer
    network: Network
    lines: tuple[tuple[str, ...], ...]
    oncall: tuple[Group, ...]
    teams: tuple[Group, ...]
    duty: Person
    officer: Person  # of the first line's unit

    @property
    def env(self) -> dict[str, str]:
        """The environment of the bot."""
        return {
            "TRUCMANG_TELEGRAM_TOKEN": self.telegram.token,
            "TRUCMANG_TELEGRAM_BASE_URL": self.telegram.base_url,
            "TRUCMANG_DATABASE_URL": self.url,
            "TRUCMANG_PROBE_SECONDS": "0.5",
            "TRUCMANG_ANCHORS": ",".join(self.network.url(code) for code in ANCHORS),
            "TRUCMANG_WEB_PORT": "0",
        }

    def chats_of(self, code: str) -> tuple[Group, Group]:
        """The on-call chat and the team's chat of a line."""
        area = next(area for area, codes in enumerate(self.lines) if code in codes)
        return self.oncall[area], self.teams[area]


@asynccontextmanager
async def open_town(folder: Path, *, areas: int, lines: int) -> AsyncIterator[Town]:
    """Open a town of *areas* with so many *lines* each; its inventory is imported."""
    codes = tuple(tuple(f"X{area}{line:02}" for line in range(lines)) for area in range(areas))
    every = [*ANCHORS, *(code for area in codes for code in area)]
    addresses = {code: f"10.9.{number // 250}.{number % 250 + 1}" for number, code in enumerate(every)}
    url = f"sqlite+aiosqlite:///{folder / 'trucmang.db'}"
    async with Network(addresses, modes=("tcp",)) as network, TelegramServer(checker=check) as telegram:
        duty = telegram.world.person(DUTY, "Nguyễn Thị Hà")
        officer = telegram.world.person(OFFICER, "Triệu Văn Nam")
        field = [telegram.world.person(FIELD + area, f"Thợ {area}") for area in range(areas)]
        oncall = [telegram.world.group(ONCALL_CHATS - area, f"Trực {area}", [duty]) for area in range(areas)]
        teams = [
            telegram.world.group(TEAM_CHATS - area, f"Đội {area}", [field[area]]) for area in range(areas)
        ]
        await _import(url, codes, {code: network.url(code) for code in every})
        yield Town(folder, url, telegram, network, codes, tuple(oncall), tuple(teams), duty, officer)
        assert telegram.violations == []


async def _import(url: str, codes: tuple[tuple[str, ...], ...], probes: Mapping[str, str]) -> None:
    await schema.upgrade(url)
    at = civil_now()
    async with Storage(url) as storage:
        await take_rows(storage, _inventory(codes, probes), at)
        async with storage.begin() as session:
            await policies.seed(session, at)
            await policies.change(session, "profiles", SWIFT, at)
            await policies.change(session, "board", {"shown": False}, at)
            # what is lost together stays apart: each line is to have its own ticket and cards
            await policies.change(session, "common", {"least": 1000, "many": 1000}, at)
            await policies.change(session, "quiet", {"since": "00:00", "until": "00:00"}, at)  # at any hour
            for unit in await session.exec(select(Unit).where(Unit.kind == "huyện")):
                area = int(unit.code.removeprefix("H"))
                session.add(Chat(chat=ONCALL_CHATS - area, role="truc_ban", unit_id=unit.id))


def _inventory(codes: tuple[tuple[str, ...], ...], probes: Mapping[str, str]) -> Inventory:
    """Return an inventory in which every line is of a unit of its own, with the same code."""
    key = {code: UnitKey(EDITION, code) for area in codes for code in area}
    areas = [UnitKey(EDITION, f"H{area}") for area in range(len(codes))]
    units = [UnitRow(TOP, "Tỉnh Thử", "tỉnh")]
    units += [UnitRow(each, f"Huyện {area}", "huyện", TOP) for area, each in enumerate(areas)]
    for area, lines in zip(areas, codes, strict=True):
        units += [UnitRow(key[code], f"Xã {code}", "xã", area) for code in lines]
    people = [
        PersonRow(DUTY, "Nguyễn Thị Hà", "truc_ban"),
        PersonRow(OFFICER, "Triệu Văn Nam", "can_bo", unit=key[codes[0][0]]),
    ]
    people += [PersonRow(FIELD + area, f"Thợ {area}", "doi", team=f"D{area}") for area in range(len(codes))]
    return Inventory(
        columns={name: frozenset(column.name for column in columns) for name, columns in SHEETS.items()},
        units=tuple(units),
        carriers=(CarrierRow("VNPT", "VNPT"),),
        teams=tuple(
            TeamRow(f"D{area}", f"Đội {area}", "VNPT", TEAM_CHATS - area, (each,))
            for area, each in enumerate(areas)
        ),
        channels=tuple(ChannelRow(code, unit, "VNPT", probes=(probes[code],)) for code, unit in key.items()),
        people=tuple(people),
    )
