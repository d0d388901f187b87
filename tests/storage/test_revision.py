"""The inventory is kept in memory, and read again as soon as anybody has changed it."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from operations.take_inventory import take_rows
from storage import letters, schema
from storage.directory import Inventory
from storage.engine import Storage
from storage.inventory.sample import load_sample
from storage.tables import Team

AT = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
async def url(tmp_path: Path) -> str:
    url = f"sqlite+aiosqlite:///{tmp_path / 'a.db'}"
    await schema.upgrade(url)
    async with Storage(url) as storage:
        await take_rows(storage, load_sample(), AT)
    return url


async def test_an_unchanged_inventory_is_read_once(url: str) -> None:
    inventory = Inventory()
    async with Storage(url) as storage:
        async with storage.read() as session:
            first = await inventory.read(session)
        async with storage.read() as session:
            assert await inventory.read(session) is first
    assert len(first.live_channels) == 214


async def test_a_changed_row_is_seen_by_the_next_act(url: str) -> None:
    inventory = Inventory()
    async with Storage(url) as storage:
        async with storage.read() as session:
            first = await inventory.read(session)
        async with storage.begin() as session:
            team = await session.get(Team, 1)
            assert team is not None
            team.name = "Đội khác"
            session.add(team)
        async with storage.read() as session:
            assert (await inventory.read(session)).teams[1].name == "Đội khác"
    assert first.teams[1].name != "Đội khác"


async def test_a_change_that_is_undone_is_not_seen(url: str) -> None:
    inventory = Inventory()
    async with Storage(url) as storage:
        with suppress(RuntimeError):
            async with storage.begin() as session:
                await letters.move_chat(session, -1002000000170, -5)
                raise RuntimeError
        async with storage.read() as session:
            teams = (await inventory.read(session)).teams.values()
    assert -5 not in {team.chat_id for team in teams}


async def test_an_import_by_another_process_is_seen(url: str) -> None:
    inventory = Inventory()
    async with Storage(url) as storage, Storage(url) as other:
        async with storage.read() as session:
            first = await inventory.read(session)
        await take_rows(other, load_sample(), AT)
        async with storage.read() as session:
            assert await inventory.read(session) is not first
