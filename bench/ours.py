"""Ours: `trucmang run` with its defaults, a process of its own within the box."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from bot.box import Box
from tests.journeys.process import Process

HEALTH = "http://127.0.0.1:8080/healthz"
PATIENCE = 60

# How soon a silence is to be told, as the environment says it.
PROFILES = {"nhanh": {"TRUCMANG_PROBE_SECONDS": "2"}, "can_bang": {}}


@asynccontextmanager
async def ours(box: Box, profile: str = "can_bang") -> AsyncIterator[list[int]]:
    """Run the bot until the block ends; it begins once every line was heard, with the ids of processes."""
    folder = Path(box.settings.database_file).parent
    async with Process(folder, _environment(box) | PROFILES[profile]) as process:
        await all_up(box)
        yield [process.id]
        await process.stop()


async def all_up(box: Box) -> None:
    """Wait until every channel is held to be connected, and all that was to be said of it has been said."""
    wanted = {"up": len(box.inventory.channels or ())}
    async with asyncio.timeout(PATIENCE):
        while True:
            now = await _health()
            if now["figures"]["channels"] == wanted and not now["outbox_depth"]:
                return
            await asyncio.sleep(0.2)


async def incidents() -> int:
    """Return how many incidents are live."""
    return sum((await _health())["figures"]["incidents"].values())


async def _health() -> dict[str, Any]:
    async with ClientSession() as session, session.get(HEALTH) as answer:
        told: dict[str, Any] = await answer.json()
        return told


def _environment(box: Box) -> dict[str, str]:
    settings = box.settings
    return {
        "TRUCMANG_TELEGRAM_TOKEN": box.telegram.token,
        "TRUCMANG_TELEGRAM_BASE_URL": settings.telegram_base_url,
        "TRUCMANG_DATABASE_URL": settings.database_url,
        "TRUCMANG_ONCALL_CHAT": str(settings.oncall_chat),
        "TRUCMANG_ANCHORS": ",".join(settings.anchors),
    }
