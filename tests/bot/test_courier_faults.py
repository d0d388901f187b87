"""The courier when the database locks under it, or the clock is set back: nothing twice, nothing late."""

import asyncio
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest
from structlog.testing import capture_logs
from telegram import Bot

from bot.courier import Courier
from locales.voice import Voice
from operations.desk import Desk
from sandbox.telegram import TelegramServer
from storage import letters
from storage.engine import Storage
from storage.tables import Letter
from tests.storage.disk import locked

ROOM = -100


class Scene:
    """A courier between a database and a group."""

    def __init__(self, database, storage, clock, server, bot):
        self.database, self.storage, self.clock, self.server = database, storage, clock, server
        self.group = server.world.group(ROOM, "Trực ban")
        self.courier = Courier(Desk(storage, clock, Voice.of("vi", "Asia/Ho_Chi_Minh")), bot)

    async def post(self, text):
        at = self.clock.at
        async with self.storage.begin() as session:
            content = {"text": text, "buttons": []}
            await letters.post(
                session, Letter(chat=ROOM, kind="text", content=content, created=at, not_before=at)
            )

    async def depth(self):
        async with self.storage.read() as session:
            return await letters.depth(session)

    @asynccontextmanager
    async def at_work(self):
        work = asyncio.create_task(self.courier.run())
        try:
            yield work
        finally:
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work

    def locked(self):
        return locked(self.database)


@pytest.fixture
async def scene(tmp_path, url, clock):
    async with (
        Storage(url, busy=0.05) as storage,
        TelegramServer() as server,
        Bot(server.token, base_url=server.base_url) as bot,
    ):
        yield Scene(tmp_path / "desk.db", storage, clock, server, bot)


async def until(condition):
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.02)


async def sent_and_then_locked(scene):
    """Post a letter that arrives and whose answer comes when the database is locked: return the gate."""
    gate = scene.server.faults.gate(method="sendMessage", delivered=True)
    await scene.post("một")
    scene.courier.wake()
    await gate.reached.wait()
    return gate


async def test_a_letter_that_arrived_is_not_sent_again_while_that_cannot_be_written(scene):
    async with scene.at_work():
        gate = await sent_and_then_locked(scene)
        with capture_logs() as logs, scene.locked():
            gate.open()
            await until(lambda: sum(line["event"] == "outbox.unwritable" for line in logs) == 2)
        async with asyncio.timeout(10):
            while await scene.depth():
                await asyncio.sleep(0.02)
    assert [each.text for each in scene.group.bot_messages] == ["một"]


async def test_a_courier_that_cannot_write_stops_all_the_same(scene):
    async with scene.at_work() as work:
        gate = await sent_and_then_locked(scene)
        with capture_logs(), scene.locked():
            gate.open()
            await until(lambda: scene.storage.fault is not None)
            work.cancel()
            async with asyncio.timeout(10):
                await asyncio.wait([work])
    assert await scene.depth() == 1


async def test_a_letter_of_before_the_clock_was_set_back_goes_at_once(scene, clock):
    await scene.post("một")
    clock.at -= timedelta(hours=1)
    async with scene.at_work():
        assert (await scene.group.next_message(timeout=10)).text == "một"
