"""A healthy installation: a real database, an anchor on the loopback and the sandbox's Telegram."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from operations.take_inventory import take_inventory
from sandbox.telegram import TelegramServer
from storage import people, schema
from storage.engine import Storage
from tests.bot.doctor.clinic import ONCALL, TEAM, TOKEN, WEB, Clinic, url
from tests.storage.inventory.office import SMALL, folder


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database with the small inventory, which takes longer to make than any check to do."""
    place = tmp_path_factory.mktemp("doctor")
    asyncio.run(_fill(place))
    return (place / "filled.db").read_bytes()


async def _fill(place: Path) -> None:
    where = url(place / "filled.db")
    await schema.upgrade(where)
    async with Storage(where) as storage:
        await take_inventory(storage, folder(place / "office", SMALL), datetime(2026, 3, 2, tzinfo=UTC))
        async with storage.begin() as session:
            await people.seed_chat(session, ONCALL, "truc_ban", "Trực ban")
    with sqlite3.connect(place / "filled.db") as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # one file, to be copied
    connection.close()


@pytest.fixture
async def clinic(tmp_path: Path, filled: bytes, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Clinic]:
    for name in os.environ:
        if name.startswith("TRUCMANG_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "trucmang.db"
    file.write_bytes(filled)
    listener = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    anchor = f"tcp://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
    async with TelegramServer(token=TOKEN) as server, listener:
        owner = server.world.person(1001, "Nguyễn Thị Hà")
        oncall = server.world.group(ONCALL, "Trực ban", [owner])
        server.world.group(TEAM, "VNPT Võ Nhai", [owner], bot_status="member")
        values = {
            "telegram_token": TOKEN,
            "telegram_base_url": server.base_url,
            "database_url": url(file),
            "oncall_chat": ONCALL,
            "admins": "1101",
            "anchors": anchor,
            "web_token": WEB,
        }
        made = Clinic(file, server, oncall, anchor, monkeypatch, values)
        yield made
        for each in made.held:
            each.close()
