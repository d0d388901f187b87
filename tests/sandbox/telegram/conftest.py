"""A box with one person and one group, and a caller that speaks plain HTTP to it."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from sandbox.telegram import Group, Person, TelegramServer

Call = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
async def call(server: TelegramServer) -> AsyncIterator[Call]:
    """Call a method with a form, nested values as JSON, as bot libraries do."""
    async with aiohttp.ClientSession() as session:

        async def post(method: str, **params: Any) -> dict[str, Any]:
            form = {name: v if isinstance(v, str) else json.dumps(v) for name, v in params.items()}
            async with session.post(f"{server.base_url}{server.token}/{method}", data=form) as response:
                answer = await response.json()
            assert response.status == answer.get("error_code", 200)
            return answer

        yield post


@pytest.fixture
async def an(server: TelegramServer) -> Person:
    """A person who has pressed Start, with nothing left for the bot to fetch."""
    person = server.world.person(11, "Nguyễn Văn An", phone="+84900000011")
    await person.starts()
    server.world.updates.pending.clear()
    return person


@pytest.fixture
def group(server: TelegramServer, an: Person) -> Group:
    return server.world.group(-1001, "Trực mạng tỉnh", [an])
