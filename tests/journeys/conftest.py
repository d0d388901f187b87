"""Journeys run the real bot in the sandbox: real packets, a real database, the real Telegram library."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from bot.app import App, civil_now
from bot.box import Box, open_box
from incidents.model import LineState
from sandbox.telegram import Group, Message, Person, TelegramServer
from storage import policies
from storage.engine import Storage
from tests.schema import check

# Lines that lose nothing, so that a silence is proven as soon as it is long enough.
SWIFT = {"can_bang": {"guard": 1.0, "settle": 2.0, "bad_loss": 0.01, "bursts": 0.1, "confidence": 0.9}}


class Clock:
    """The real clock, set to another time by the test."""

    shift = timedelta()

    def __call__(self) -> datetime:
        return civil_now() + self.shift

    def jump(self, to: datetime) -> None:
        self.shift = to - civil_now()


@dataclass(frozen=True)
class Scene:
    """A bot at work, and everybody around it."""

    box: Box
    app: App
    clock: Clock

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
async def staged(summary_at: str = "23:59") -> AsyncIterator[Box]:
    """Open a box that decides swiftly, and in which every request must be valid.

    The day's summary comes late enough to fall into no other journey, and a return needs no further proof.
    """
    async with open_box(partial(TelegramServer, checker=check), probe_seconds=0.5) as box:
        async with Storage(box.settings.database_url) as storage, storage.begin() as session:
            at = box.telegram.world.clock()
            await policies.seed(session, at)
            await policies.change(session, "profiles", SWIFT, at)
            await policies.change(session, "common", {"settle": 2}, at)
            await policies.change(session, "evidence", {"good": 0, "over": 0}, at)
            await policies.change(session, "summary_at", summary_at, at)
        yield box
        assert box.telegram.violations == []


@asynccontextmanager
async def scene(summary_at: str = "23:59", *, anchored: bool = True) -> AsyncIterator[Scene]:
    """Open such a box with a bot at work in it; without anchors it cannot tell whether it sees."""
    clock = Clock()
    async with staged(summary_at) as staged_box:
        known = {} if anchored else {"anchors": ()}
        box = replace(staged_box, settings=staged_box.settings.model_copy(update=known))
        async with box.app_at(clock).open() as app:
            await _all_heard(app)
            yield Scene(box, app, clock)


async def _all_heard(app: App) -> None:
    """Wait for the first answer of every line."""
    async with asyncio.timeout(20):
        while not app.patrol.watch.states or LineState.UNKNOWN in app.patrol.watch.states.values():
            await asyncio.sleep(0.05)


@pytest.fixture
async def stage() -> AsyncIterator[Scene]:
    async with scene() as opened:
        yield opened
