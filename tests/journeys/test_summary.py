"""The morning's summary: one letter a day to each who should have it."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from operations.summarise import summarise
from sandbox.telegram import Chat, Message
from tests.journeys.conftest import Scene, scene
from tests.journeys.people import HA, LAN, XA


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
    return [
        each
        for each in chat.bot_messages
        if f"tính đến {at:%H:%M %d/%m/%Y}" in each.text.split("\n")[0] and "Báo cáo" in each.text
    ]


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
    assert letter.text.splitlines()[1] == (
        "Đến 07:30, còn 1/178 đơn vị cấp xã mất kết nối, chưa rõ nguyên nhân (Võ Nhai 1/15)."
    )
    assert "SC-" not in letter.text
    await summary_at(stage, at + timedelta(minutes=1))
    await stage.asks(lan, "/trogiup", "Các lệnh")
    assert summaries(lan.chat, at) == [letter]


async def test_a_late_start_still_reports(stage: Scene) -> None:
    await summary_at(stage, next_at(stage, 9, 0))
    letter = await stage.oncall.next_message(containing="tính đến 09:00")
    assert "toàn bộ 214 đơn vị thông suốt; hôm qua không có sự cố." in letter.text


async def test_the_figures_can_be_had_at_any_time(stage: Scene) -> None:
    lan = stage.person(LAN)
    await lan.starts()
    answer = await stage.asks(lan, "/baocao", "Báo cáo mạng")
    assert "toàn bộ 214 đơn vị thông suốt" in answer
    assert "không có đơn vị nào" in await stage.asks(lan, "/hayloi", "30 ngày")
    assert "Báo cáo tháng" in await stage.asks(lan, "/baocaothang", "Báo cáo tháng")


async def test_a_picture_follows_and_the_sheet_of_all_channels_can_be_had(stage: Scene) -> None:
    lan = stage.person(LAN)
    await lan.starts()
    await stage.cut(XA)
    await stage.card()
    await summary_at(stage, next_at(stage, 7, 30))
    picture = await lan.chat.next_message(containing="24 giờ, tính đến 07:30", timeout=20)
    assert picture.kind == "photo"
    await lan.taps(picture, "Chi tiết")
    told = await lan.chat.next_message(containing="1 sự cố trong 24 giờ", timeout=10)
    assert "chưa rõ nguyên nhân" in told.text
    assert (await lan.taps(picture, "Tất cả kênh (tệp)")).text == "Đang vẽ, xin chờ giây lát."
    sheet = await lan.chat.next_message(after=told, containing="24 giờ, tính đến 07:30", timeout=20)
    assert sheet.kind == "document"


async def test_files_are_given_in_private_alone(stage: Scene) -> None:
    refused = await stage.asks(stage.person(HA), "/xuatfile", "chat riêng", group=stage.oncall)
    assert refused.startswith("Tệp chỉ gửi trong chat riêng")
