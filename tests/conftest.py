"""What the tests of storage and operations share: databases by copy, a clock value, and a small office."""

import asyncio
import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings

from storage.engine import Storage
from storage.schema import upgrade
from tests.storage import county as large
from tests.storage import rows

settings.register_profile("unhurried", deadline=None)  # the machine may be shared
settings.load_profile("unhurried")


def pytest_xdist_auto_num_workers() -> int:
    """Return how many tests run at a time: most of a journey is waiting, so three at least."""
    return max(3, os.cpu_count() or 1)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """An empty database as bytes: migrating takes longer than any test."""
    path = tmp_path_factory.mktemp("migrated") / "empty.db"
    asyncio.run(upgrade(f"sqlite+aiosqlite:///{path}"))
    return path.read_bytes()


@pytest.fixture(scope="session")
def furnished(tmp_path_factory, migrated):
    """A database with the small province of tests/storage/rows.py, as bytes."""
    path = tmp_path_factory.mktemp("furnished") / "province.db"
    path.write_bytes(migrated)
    asyncio.run(_furnish(f"sqlite+aiosqlite:///{path}", rows.furnish))
    return path.read_bytes()


@pytest.fixture(scope="session")
def settled(tmp_path_factory, migrated):
    """A database with the four districts of tests/storage/county.py, as bytes."""
    path = tmp_path_factory.mktemp("settled") / "county.db"
    path.write_bytes(migrated)
    asyncio.run(_furnish(f"sqlite+aiosqlite:///{path}", large.furnish))
    return path.read_bytes()


async def _furnish(url, furnish):
    async with Storage(url) as opened:
        await furnish(opened)


@pytest.fixture
def url(tmp_path, migrated):
    """The URL of an empty database of its own."""
    path = tmp_path / "desk.db"
    path.write_bytes(migrated)
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture
async def province(tmp_path, furnished):
    """A database of its own with the small province."""
    path = tmp_path / "province.db"
    path.write_bytes(furnished)
    async with Storage(f"sqlite+aiosqlite:///{path}") as opened:
        yield opened


@pytest.fixture
async def county(tmp_path, settled):
    """A database of its own with the four districts."""
    path = tmp_path / "county.db"
    path.write_bytes(settled)
    async with Storage(f"sqlite+aiosqlite:///{path}") as opened:
        yield opened


@pytest.fixture
async def store(url):
    async with Storage(url) as opened:
        yield opened


class Clock:
    """The civil time and the monotonic one, which go on only when told."""

    def __init__(self):
        self.at = datetime(2025, 11, 24, 3, 0, tzinfo=UTC)  # 10:00 in Việt Nam
        self.now = 1000.0

    def __call__(self):
        return self.at

    def on(self, **span):
        """Let time go on; return the civil time."""
        passed = timedelta(**span)
        self.at += passed
        self.now += passed.total_seconds()
        return self.at


@pytest.fixture
def clock():
    return Clock()
