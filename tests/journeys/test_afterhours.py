"""A commune switches its cabinet off, as on every evening: nobody is called, unless a storm is on."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from incidents.model import LineState
from storage import directory, intervals
from storage.engine import Storage
from storage.intervals import Change
from tests.journeys.conftest import Clock, Scene, _all_heard, staged
from tests.journeys.people import HA, XA

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WEDNESDAY = date(2031, 10, 15)  # far from holidays, and after all the box has written
OFF, ON = time(17, 40), time(7, 0)


def at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, ZONE)


async def accustom(url: str) -> None:
    """Have the line been switched off on each workday of three weeks."""
    days = [WEDNESDAY - timedelta(days=ago) for ago in range(21, 0, -1)]
    work = [day for day in days if day.weekday() < 5]
    async with Storage(url) as storage:
        async with storage.read() as session:
            channels = (await directory.read(session)).live_channels
        (line,) = (id_ for id_, each in channels.items() if each.code == XA)
        changes = [Change(line, LineState.UP, at(work[0] - timedelta(days=1), ON), "replied")]
        for day, following in zip(work, [*work[1:], WEDNESDAY], strict=True):
            changes.append(Change(line, LineState.DOWN, at(day, OFF), "silent"))
            changes.append(Change(line, LineState.UP, at(following, ON), "replied"))
        async with storage.begin() as session:
            await intervals.append(session, changes)


@pytest.fixture
async def stage() -> AsyncIterator[Scene]:
    clock = Clock()
    clock.jump(at(WEDNESDAY, time(17, 38)))
    async with staged() as box:
        await accustom(box.settings.database_url)
        async with box.app_at(clock).open() as app:
            await _all_heard(app)
            yield Scene(box, app, clock)


async def switched_off(stage: Scene) -> None:
    await stage.cut(XA)
    async with asyncio.timeout(10):
        while LineState.DOWN not in stage.app.patrol.watch.states.values():
            await asyncio.sleep(0.05)


async def test_the_usual_switching_off_rings_nobody_and_is_said_and_a_storm_order_has_it_ring(
    stage: Scene,
) -> None:
    ha = stage.person(HA)
    await ha.starts()
    await switched_off(stage)
    said = (await stage.asks(ha, "/trangthai than xa", "Thần Xa")).splitlines()
    assert "🌙 Kênh X05725: tắt nguồn ngoài giờ từ 17:38" in said
    assert "Xã Thần Xa tắt nguồn ngoài giờ như thường lệ (17:38). Kiểm tra lại lúc 07:30 16/10." in said
    assert "Đã tắt 15/15 buổi gần đây, thường từ 17:20 đến 18:00." in said
    assert await stage.asks(ha, "/suco") == "Không có phiếu sự cố nào đang mở."
    assert "1 đơn vị tắt nguồn ngoài giờ" in await stage.asks(ha, "/baocao", "Báo cáo")
    assert stage.oncall.bot_messages == []

    answer = await stage.asks(ha, "/trucbao tất cả đến 06:00", "trực bão")
    assert answer.splitlines() == [
        "Tỉnh Thái Nguyên: trực bão đến 06:00 16/10",
        "Trong thời gian này mọi lần mất kết nối đều được báo, không coi là tắt nguồn ngoài giờ.",
        "1 đơn vị đang tắt nguồn, sẽ được báo khi bắt đầu: Xã Thần Xa.",
    ]
    await stage.app.patrol.upkeep()  # as it does by itself every ten seconds
    card = await stage.card()
    assert card.text.startswith("🔴 SC-0001 · Xã Thần Xa (Huyện Võ Nhai) mất kết nối\n")
    assert "Im lặng từ 17:38, được coi là tắt nguồn ngoài giờ đến " in card.text


async def test_what_is_still_silent_past_its_usual_hour_opens_a_ticket(stage: Scene) -> None:
    await switched_off(stage)
    stage.clock.jump(at(WEDNESDAY + timedelta(days=1), time(7, 29)))
    await stage.app.patrol.upkeep()
    assert stage.oncall.bot_messages == []
    stage.clock.jump(at(WEDNESDAY + timedelta(days=1), time(7, 30, 5)))
    await stage.app.patrol.upkeep()
    card = await stage.card()
    assert card.text.splitlines()[1:3] == [
        "Từ 07:30 · kênh X05725 · VNPT",
        "Im lặng từ 17:38 15/10, quá giờ mở máy thường lệ 07:30",
    ]


async def test_a_meeting_of_a_district_is_kept_listed_and_ended(stage: Scene) -> None:
    ha = stage.person(HA)
    await ha.starts()
    said = await stage.asks(ha, "/hop Võ Nhai từ 18:00 đến 21:00", "họp")
    assert said.splitlines()[0] == "Huyện Võ Nhai: họp từ 18:00 đến 21:00"
    typed = await ha.says("/theodoi")
    known = await ha.chat.next_message(after=typed, containing="Đang theo dõi ngoài giờ", timeout=10)
    assert known.text.splitlines()[1:] == ["Huyện Võ Nhai: họp từ 18:00 đến 21:00"]
    answer = await ha.taps(known, "Thôi: Huyện Võ Nhai")
    assert answer.text.startswith("Đã thôi theo dõi")
    assert await stage.asks(ha, "/theodoi") == "Chưa có lệnh theo dõi ngoài giờ nào."
    assert "Từ mấy giờ đến mấy giờ?" in await stage.asks(ha, "/theodoi Thần Xa", "mấy giờ")
