"""What the duty desk is told of a database that takes nothing, past the outbox."""

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import text
from telegram.error import NetworkError

from bot.alarm import DatabaseAlarm
from locales.voice import Voice
from operations.desk import Desk
from storage import people
from storage.engine import Storage
from storage.letters import Address
from tests.storage.disk import locked

ROOM = Address(-100)
LASTS = (
    "⚠️ <b>Cơ sở dữ liệu không ghi được từ 10:00</b>: đang bị một chương trình khác khóa.\n"
    "Hệ thống vẫn kiểm tra các kênh; phiếu, thẻ và nút bấm tạm ngừng cho đến khi khắc phục. "
    "Đề nghị báo ngay quản trị."
)
OVER = "✅ Cơ sở dữ liệu đã ghi lại bình thường sau {span} gián đoạn. Phiếu và thẻ đang được cập nhật."


class Post:
    """Takes what is said, unless Telegram is away."""

    def __init__(self):
        self.said, self.away = [], False

    async def __call__(self, where, text):
        if self.away:
            raise NetworkError("away")
        self.said.append((where, str(text)))


class Scene:
    """A desk whose database another program may lock, and its alarm, a minute of patience each."""

    def __init__(self, database, storage, clock):
        self.database, self.storage, self.clock, self.post = database, storage, clock, Post()
        desk = Desk(storage, clock, Voice.of("vi", "Asia/Ho_Chi_Minh"))
        self.alarm = DatabaseAlarm(desk, self.post, after=60.0, clock=lambda: clock.now)

    async def write(self):
        async with self.storage.begin() as session:
            await session.exec(text("SELECT 1"))

    async def check(self, **later):
        """Check after a while; return what was said."""
        self.clock.on(**later)
        self.post.said.clear()
        await self.alarm.check()
        return list(self.post.said)

    def locked(self):
        return locked(self.database)


@pytest.fixture
async def scene(tmp_path, url, clock):
    async with Storage(url, busy=0.01, clock=lambda: clock.now) as storage:
        async with storage.begin() as session:
            await people.seed_chat(session, ROOM.chat, "truc_ban")
            await people.seed_chat(session, -200, "doi")
        opened = Scene(tmp_path / "desk.db", storage, clock)
        assert await opened.check() == []
        yield opened


async def fail(scene):
    with pytest.raises(OperationalError):
        await scene.write()


async def test_a_database_that_takes_nothing_for_a_minute_is_told_once_to_the_desk(scene):
    with scene.locked():
        await fail(scene)
        assert await scene.check(seconds=59) == []
        assert await scene.check(seconds=1) == [(ROOM, LASTS)]
        await fail(scene)
        assert await scene.check(minutes=10) == []


async def test_when_it_is_over_the_desk_is_told_once_how_long_it_lasted(scene):
    with scene.locked():
        await fail(scene)
        await scene.check(minutes=85)
    await scene.write()
    assert await scene.check() == [(ROOM, OVER.format(span="1 giờ 25 phút"))]
    assert await scene.check(minutes=5) == []


async def test_a_fault_that_heals_within_the_minute_is_nobodys_business(scene):
    with scene.locked():
        await fail(scene)
        assert await scene.check(seconds=30) == []
    await scene.write()
    assert await scene.check(seconds=60) == []


async def test_what_could_not_be_told_is_told_when_telegram_is_back(scene):
    scene.post.away = True
    with scene.locked():
        await fail(scene)
        assert await scene.check(minutes=2) == []
        scene.post.away = False
        assert await scene.check(seconds=2) == [(ROOM, LASTS)]
        scene.post.away = True
    await scene.write()
    assert await scene.check() == []
    scene.post.away = False
    assert await scene.check(seconds=2) == [(ROOM, OVER.format(span="2 phút"))]


async def test_a_fault_nobody_could_be_told_of_is_not_told_to_be_over(scene):
    scene.post.away = True
    with scene.locked():
        await fail(scene)
        await scene.check(minutes=2)
    await scene.write()
    scene.post.away = False
    assert await scene.check(seconds=2) == []


async def test_a_second_fault_is_told_as_the_first_was(scene):
    for _ in range(2):
        with scene.locked():
            await fail(scene)
            assert len(await scene.check(minutes=2)) == 1
        await scene.write()
        assert len(await scene.check(minutes=1)) == 1


async def test_a_room_that_was_added_is_remembered(scene):
    async with scene.storage.begin() as session:
        await people.seed_chat(session, -101, "truc_ban")
    await scene.check(minutes=2)
    with scene.locked():
        await fail(scene)
        assert [where.chat for where, _ in await scene.check(minutes=2)] == [-100, -101]
