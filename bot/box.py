"""The box: the sandbox's network and Telegram with the sample inventory, and a bot run against them."""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from bot.app import App, civil_now
from bot.cards import words
from bot.settings import Settings
from incidents.roles import Role
from locales.voice import Voice
from operations.take_inventory import take_rows
from sandbox.network import Network
from sandbox.telegram import Group, Line, Person, TelegramServer
from storage import policies, schema
from storage.engine import Storage
from storage.inventory.rows import Inventory, PersonRow
from storage.inventory.sample import load_sample

ONCALL_CHAT = -1002000000999
ANCHORS = {"ANCHOR-1": "10.9.0.1", "ANCHOR-2": "10.9.0.2"}


@dataclass(frozen=True)
class Box:
    """What stands around the bot: its network, its Telegram, its people and groups."""

    network: Network
    telegram: TelegramServer
    inventory: Inventory
    settings: Settings
    people: dict[int, Person]
    oncall: Group
    teams: dict[str, Group]

    @property
    def app(self) -> App:
        """A bot over this box, not yet open."""
        return self.app_at(civil_now)

    def app_at(self, clock: Callable[[], datetime]) -> App:
        """Return a bot over this box that goes by *clock*, as Telegram does then."""
        self.telegram.world.clock = clock
        socket = self.network.icmp_socket
        return App(self.settings, icmp_socket=socket, clock=clock)


@asynccontextmanager
async def open_box(
    telegram: Callable[..., TelegramServer] = TelegramServer,
    *,
    port: int = 0,
    probe_seconds: float = 2.0,
    modes: Sequence[str] = ("tun", "veth", "tcp"),
    at: datetime | None = None,
) -> AsyncIterator[Box]:
    """Open a box with the sample inventory; everything in it goes when it is closed."""
    inventory = load_sample()
    lines = {row.code: _address(row.probes) for row in inventory.channels}
    lines |= {row.code: _address(row.probes) for row in inventory.services}
    with TemporaryDirectory(prefix="trucmang-") as folder:
        async with Network(lines | ANCHORS, modes=modes) as network:
            inventory = _probing(inventory, network)
            async with telegram(port=port, lines=_Lines(network, inventory)) as server:
                people, oncall, teams = _populate(server, inventory)
                settings = _settings(Path(folder), server, network, probe_seconds)
                await _import(settings, inventory, at or civil_now())
                yield Box(network, server, inventory, settings, people, oncall, teams)


def _address(probes: Iterable[str]) -> str:
    return next(urlsplit(probe).hostname or "" for probe in probes)


def _probing(inventory: Inventory, network: Network) -> Inventory:
    channels = tuple(replace(row, probes=(network.url(row.code),)) for row in inventory.channels or ())
    services = tuple(replace(row, probes=(network.url(row.code),)) for row in inventory.services)
    return replace(inventory, channels=channels, services=services)


def _settings(folder: Path, server: TelegramServer, network: Network, probe_seconds: float) -> Settings:
    """Return the box's own settings, whatever the environment says."""
    return Settings.load(
        _env_file=None,
        telegram_token=server.token,
        telegram_base_url=server.base_url,
        telegram_proxy="",
        database_url=f"sqlite+aiosqlite:///{folder / 'trucmang.db'}",
        backup_dir="backups",
        oncall_chat=ONCALL_CHAT,
        admins="",
        timezone="Asia/Ho_Chi_Minh",
        locale="vi",
        probe_seconds=probe_seconds,
        anchors=",".join(network.url(code) for code in ANCHORS),
        web_host="127.0.0.1",
        web_port=0,
        web_token="",
    )


async def _import(settings: Settings, inventory: Inventory, at: datetime) -> None:
    await schema.upgrade(settings.database_url)
    async with Storage(settings.database_url) as storage:
        await take_rows(storage, inventory, at)
        async with storage.begin() as session:
            # whoever looks into the box wants to see what is told, at any hour, and without waiting for long
            await policies.change(session, "evidence", {"good": 3, "over": 1, "steady": 60}, at)
            await policies.change(session, "quiet", {"since": "00:00", "until": "00:00"}, at)


def _populate(
    server: TelegramServer, inventory: Inventory
) -> tuple[dict[int, Person], Group, dict[str, Group]]:
    world = server.world
    rows = inventory.people or ()
    people = {
        row.telegram_id: world.person(
            row.telegram_id, row.name, phone=row.phone or "", about=_about(row, inventory)
        )
        for row in rows
    }
    staff = [people[row.telegram_id] for row in rows if row.role in (Role.ONCALL, Role.ADMIN)]
    oncall = world.group(ONCALL_CHAT, "Trực ban mạng TSLCD", staff)
    teams = {
        row.code: world.group(
            row.chat_id, row.name, [people[each.telegram_id] for each in rows if each.team == row.code]
        )
        for row in inventory.teams or ()
        if row.chat_id is not None
    }
    return people, oncall, teams


def _about(row: PersonRow, inventory: Inventory) -> str:
    """Return what the page says of a person: the role, and the unit or team."""
    voice = Voice.of("vi", "Asia/Ho_Chi_Minh")
    units = {each.key: each.name for each in inventory.units or ()}
    teams = {each.code: each.name for each in inventory.teams or ()}
    place = units[row.unit] if row.unit else teams.get(row.team or "", "")
    return f"{voice.plain(words.ROLE[Role(row.role)])} · {place}"


class _Lines:
    """The network as the demo page shows it."""

    def __init__(self, network: Network, inventory: Inventory) -> None:
        self._network = network
        units = {row.key: row for row in inventory.units or ()}
        self._rows = []
        for row in inventory.channels or ():
            unit = units[row.unit]
            area = units[unit.parent].name if unit.parent else ""
            self._rows.append((row.code, unit.name, area))
        self._rows += [(row.code, row.name, "Dịch vụ") for row in inventory.services]
        self._rows += [(code, code, "Mỏ neo") for code in ANCHORS]
        self._cut: set[str] = set()

    def lines(self) -> Sequence[Line]:
        return [Line(code, name, area, code not in self._cut) for code, name, area in self._rows]

    async def cut(self, code: str) -> None:
        await self._network.cut(code)
        self._cut.add(code)

    async def heal(self, code: str) -> None:
        await self._network.heal(code)
        self._cut.discard(code)
