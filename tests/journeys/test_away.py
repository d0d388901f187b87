"""Telegram away for minutes and for hours: one digest, no stale storm, and live again."""

import asyncio
from datetime import timedelta

import pytest

from incidents.model import LineState
from storage import intervals
from tests.journeys.conftest import Scene
from tests.journeys.people import HA, LONG, NAM, XA

GOOD, BAD = "X05716", "X05719"  # two more communes of Võ Nhai


async def until_state(stage: Scene, code: str, state: LineState) -> None:
    async with asyncio.timeout(20):
        while True:
            async with stage.app.desk.look() as act:
                latest = await intervals.latest(act.session)
                channel = next(id_ for id_, each in act.directory.channels.items() if each.code == code)
            if latest[channel].state == state:
                return
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("gone", [timedelta(minutes=10), timedelta(hours=6)])
async def test_after_a_silence_one_digest_says_what_happened_and_what_is_open(
    stage: Scene, gone: timedelta
) -> None:
    ha, nam = stage.person(HA), stage.person(NAM)
    await ha.starts()
    await nam.starts()
    await stage.cut(GOOD)
    over = await stage.card("SC-0001")
    await ha.taps(over, "Tiếp nhận")
    await stage.oncall.wait(lambda _: "đã tiếp nhận" in over.text)

    await stage.box.telegram.faults.away()
    await stage.cut(XA)
    await until_state(stage, XA, LineState.DOWN)
    await stage.heal(GOOD)
    await until_state(stage, GOOD, LineState.UP)
    await stage.cut(GOOD)  # a relapse rings: its notice waits, and is news no longer
    await until_state(stage, GOOD, LineState.DOWN)
    stage.clock.jump(stage.clock() + gone)
    await stage.box.telegram.faults.heal()

    digest = await stage.oncall.next_message(containing="Trong lúc mất kết nối với Telegram", timeout=30)
    assert "Đang mở: 2" in digest.text
    assert "🔴 SC-0001" in digest.text
    card = next(m for m in stage.oncall.bot_messages if "SC-0002" in m.text)
    await stage.oncall.wait(lambda _: over.text.startswith("🔴"))
    assert not any("lại mất kết nối" in m.text for m in stage.oncall.bot_messages)
    await ha.taps(card, "Tiếp nhận")
    await stage.oncall.wait(lambda _: "đã tiếp nhận" in card.text)


async def test_a_chat_that_blocked_the_bot_is_marked_and_an_administrator_told(stage: Scene) -> None:
    long, nam = stage.person(LONG), stage.person(NAM)
    await long.starts()
    await nam.starts()
    await stage.cut(XA)
    card = await stage.card()
    await stage.asks(nam, "/baosuco", "SC-0001")
    await nam.blocks()
    await stage.person(HA).taps(card, "Tiếp nhận")
    told = await long.chat.next_message(containing="Chưa gửi được tin đến: Triệu Văn Nam")
    assert told.text.splitlines()[1] == "Telegram báo: Forbidden: bot was blocked by the user"
