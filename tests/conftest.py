"""What the tests of storage and operations share: databases by copy, a clock value, and a small office."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from storage.engine import Storage
from storage.schema import upgrade


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """An empty database as bytes: migrating takes longer than any test."""
    path = tmp_path_factory.mktemp("migrated") / "empty.db"
    asyncio.run(upgrade(f"sqlite+aiosqlite:///{path}"))
    return path.read_bytes()


@pytest.fixture
def url(tmp_path, migrated):
    """The URL of an empty database of its own."""
    path = tmp_path / "desk.db"
    path.write_bytes(migrated)
    return f"sqlite+aiosqlite:///{path}"


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
