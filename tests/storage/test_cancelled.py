"""Whoever is cancelled within a transaction leaves the database free for the next."""

import asyncio
from contextlib import suppress

import pytest
from sqlalchemy import text

from storage import schema
from storage.engine import Storage

COUNT = text("UPDATE revisions SET number = number + 1")
LOOK = text("SELECT * FROM revisions")


@pytest.fixture
async def hasty(tmp_path):
    """A storage that waits for nobody for long."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'desk.db'}"
    await schema.upgrade(url)
    async with Storage(url, busy=0.5) as opened:
        yield opened


async def write(storage):
    while True:
        async with storage.begin() as session:
            await session.exec(COUNT)
            await session.exec(LOOK)


async def test_writers_cancelled_anywhere_lock_out_nobody(hasty):
    for step in range(120):
        task = asyncio.create_task(write(hasty))
        await asyncio.sleep(step * 0.0002)  # each a little further into its transactions
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        async with hasty.sampling() as connection:
            await connection.execute(COUNT)
