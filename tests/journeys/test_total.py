"""No anchor is set and every line falls silent: one message, that says what is not known."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.journeys.conftest import Scene, scene
from tests.journeys.people import XA


@pytest.fixture
async def unanchored() -> AsyncIterator[Scene]:
    async with scene(anchored=False) as opened:
        yield opened


async def test_a_total_loss_is_one_message_within_seconds(unanchored: Scene) -> None:
    stage, lines = unanchored, list(unanchored.box.network.lines)
    await stage.cut(*lines)
    async with asyncio.timeout(12):
        card = await stage.card("Mất toàn bộ hoặc mất giám sát")
    await stage.oncall.wait(lambda _: "214/214 kênh" in card.text, 15)
    assert "chưa rõ các kênh mất kết nối thật hay hệ thống mất giám sát" in card.text
    assert [[b.text for b in row] for row in card.buttons] == [
        ["Tiếp nhận", "Giao đội"],
        ["Chi tiết", "Thêm…"],
    ]

    await stage.heal(*set(lines) - {XA})
    rest = await stage.card("SC-0002")
    assert rest.text.startswith("🔴 SC-0002 · Xã Thần Xa (Huyện Võ Nhai) mất kết nối\n")
    await stage.oncall.wait(lambda _: card.text.startswith("🟢"), 15)
    assert stage.oncall.bot_messages == [card, rest]
