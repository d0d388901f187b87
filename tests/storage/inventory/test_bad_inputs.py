"""Every bad inventory gets its clear error, soon and in little memory, and leaves the database as it was."""

import asyncio
import sqlite3
import tracemalloc
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import pytest

from checks.target import validate
from operations.take_inventory import take_inventory
from storage.engine import Storage
from storage.inventory.check import check
from storage.inventory.known import Known
from storage.inventory.problem import InventoryError
from storage.inventory.read import read
from storage.schema import upgrade
from tests.storage.inventory.kinds import HEAVY, LIGHT
from tests.storage.inventory.office import SMALL, folder

AT = datetime(2026, 3, 2, tzinfo=UTC)
SECONDS, BYTES = 30, 200_000_000  # generous: a busy machine, and a tracer that slows everything
BAD = LIGHT | HEAVY


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    place = tmp_path_factory.mktemp("bad")
    asyncio.run(_fill(place))
    return (place / "filled.db").read_bytes()


async def _fill(place: Path) -> None:
    url = f"sqlite+aiosqlite:///{place / 'filled.db'}"
    await upgrade(url)
    async with Storage(url) as storage:
        await take_inventory(storage, folder(place / "office", SMALL), AT)


def dump(file: Path) -> str:
    with closing(sqlite3.connect(file)) as connection:
        return "\n".join(connection.iterdump())


@pytest.mark.parametrize("name", BAD)
async def test_a_bad_inventory_is_refused_with_its_reason_and_nothing_changes(
    tmp_path: Path, filled: bytes, name: str
) -> None:
    write, words = BAD[name]
    path, file = write(tmp_path), tmp_path / "trucmang.db"
    file.write_bytes(filled)
    before = dump(file)
    began = perf_counter()
    async with Storage(f"sqlite+aiosqlite:///{file}") as storage:
        with pytest.raises(InventoryError) as refused:
            await take_inventory(storage, path, AT, yes=True)
    assert perf_counter() - began < SECONDS
    assert words in str(refused.value)
    assert all(len(str(problem).splitlines()) == 1 for problem in refused.value.problems)
    assert dump(file) == before


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_inventory_takes_little_memory(tmp_path: Path, name: str) -> None:
    path = HEAVY[name][0](tmp_path)
    tracemalloc.start()
    try:
        check(read(path), Known(), validate)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < BYTES


def test_there_are_at_least_thirty_kinds() -> None:
    assert len(BAD) >= 30
