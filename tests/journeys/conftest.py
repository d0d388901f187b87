"""Journeys run the real bot in the sandbox: real packets, a real database, the real Telegram library."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import pytest

from bot.app import App
from bot.box import Box, open_box
from sandbox.telegram import Group, Message, Person, TelegramServer
from storage import policies
from storage.engine import Storage
from tests.schema import check

SWIFT = {"misses": 3, "guard": 1.0, "replies": 3, "quick": 0.2, "settle": 2.0}


@dataclass(frozen=True)
class Scene:
    """A bot at work, and everybody around it."""

    box: Box
    app: App

    @property
    def oncall(self) -> Group:
        return self.box.oncall

    def person(self, id_: int) -> Person:
        return self.box.people[id_]

    async def cut(self, *codes: str) -> None:
        await self.box.network.cut(*codes)

    async def heal(self, *codes: str) -> None:
        await self.box.network.heal(*codes)

    async def card(self, containing: str = "mất kết nối") -> Message:
        """The next new message of the bot in the on-call group."""
        return await self.oncall.next_message(containing=containing, timeout=15)

    async def asks(self, person: Person, words: str, containing: str = "", group: Group | None = None) -> str:
        """Have *person* say *words* and return what the bot answers."""
        typed = await person.says(words, chat=group)
        chat = group or person.chat
        return (await chat.next_message(after=typed, containing=containing, timeout=10)).text


@asynccontextmanager
async def scene(detection: dict[str, float] | None = None) -> AsyncIterator[Scene]:
    """Open a box with a bot in it whose every request must be valid."""
    async with open_box(partial(TelegramServer, checker=check), probe_seconds=0.5) as box:
        async with Storage(box.settings.database_url) as storage, storage.begin() as session:
            at = box.telegram.world.clock()
            await policies.seed(session, at)
            await policies.change(session, "detection", detection or SWIFT, at)
        async with box.app.open() as app:
            yield Scene(box, app)
        assert box.telegram.violations == []


@pytest.fixture
async def stage() -> AsyncIterator[Scene]:
    async with scene() as opened:
        yield opened
