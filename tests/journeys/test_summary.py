"""The morning's summary: one letter a day to each who should have it."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from operations.summarise import summarise
from sandbox.telegram import Chat, Message
from tests.journeys.conftest import Scene, scene
from tests.journeys.people import LAN, XA


@pytest.fixture
async def stage() -> AsyncIterator[Scene]:
    async with scene(summary_at="07:30") as opened:
        yield opened


def next_at(stage: Scene, hour: int, minute: int) -> datetime:
    """When it is that hour next in the desk's zone: after all that has happened, and within a day of it."""
    local = stage.clock().astimezone(stage.app.desk.voice.zone)
    at = local.replace(hour=hour, minute=minute, second=30, microsecond=0)
    return at if at - local > timedelta(minutes=5) else at + timedelta(days=1)


async def summary_at(stage: Scene, at: datetime) -> None:
    stage.clock.jump(at)
    await summarise(stage.app.desk, stage.clock(), stage.app.desk.voice.zone)


def summaries(chat: Chat, at: datetime) -> list[Message]:
    return [each for each in chat.bot_messages if f"{at:%d/%m/%Y}" in each.text.split("\n")[0]]


async def test_the_summary_says_who_is_out_and_comes_once(stage: Scene) -> None:
    lan = stage.person(LAN)
    await lan.starts()
    await stage.cut(XA)
    await stage.card()
    at = next_at(stage, 7, 30)
    await summary_at(stage, at - timedelta(minutes=2))
    assert summaries(lan.chat, at) == []
    await summary_at(stage, at)
    letter = await lan.chat.next_message(containing="tính đến 07:30")
    assert letter.text.splitlines()[1] == "Còn 1/214 kênh mất kết nối (Võ Nhai 1/17)."
    assert "1 sự cố mới, 0 đã khắc phục; đang mở 1, chưa tiếp nhận 1." in letter.text
    await summary_at(stage, at + timedelta(minutes=1))
    await stage.asks(lan, "/trogiup", "Các lệnh")
    assert summaries(lan.chat, at) == [letter]


async def test_a_late_start_still_reports(stage: Scene) -> None:
    await summary_at(stage, next_at(stage, 9, 0))
    letter = await stage.oncall.next_message(containing="tính đến 09:00")
    assert "Toàn bộ 214 kênh thông suốt." in letter.text


async def test_the_figures_can_be_had_at_any_time(stage: Scene) -> None:
    lan = stage.person(LAN)
    await lan.starts()
    answer = await stage.asks(lan, "/baocao", "Báo cáo mạng")
    assert "Toàn bộ 214 kênh thông suốt." in answer
    assert "Tỷ lệ sẵn sàng: 100,00%" in answer
