"""A line is worked on as planned: its silence rings nobody, until the works are over and it is still out."""

import asyncio
from datetime import timedelta

from incidents.maintenance import Fixed, Scope, Window
from incidents.model import LineState
from operations.maintain import Planned, end, plan
from tests.journeys.conftest import Scene
from tests.journeys.people import HA, XA


async def works(stage: Scene, code: str) -> Window:
    """Plan work on the line from now on, for an hour."""
    async with stage.app.desk.look() as act:
        (line,) = (id_ for id_, each in act.directory.live_channels.items() if each.code == code)
    now = stage.clock()
    rule = Fixed(now, now + timedelta(hours=1))
    planned = await plan(stage.app.desk, rule, Scope(channels=frozenset({line})), "thay tủ quang")
    assert isinstance(planned, Planned)
    return planned.window


async def test_works_ring_nobody_until_they_are_over(stage: Scene) -> None:
    ha = stage.person(HA)
    await ha.starts()
    window = await works(stage, XA)
    (line,) = window.scope.channels
    await stage.cut(XA)
    async with asyncio.timeout(10):
        while stage.app.patrol.watch.states[line] is not LineState.DOWN:
            await asyncio.sleep(0.05)
    said = await stage.asks(ha, "/trangthai than xa", "Thần Xa")
    assert "🔴 Kênh X05725: mất kết nối" in said
    assert "🔧 Đang bảo trì đến " in said
    assert ": thay tủ quang" in said
    assert await stage.asks(ha, "/suco") == "Không có phiếu sự cố nào đang mở."
    assert stage.oncall.bot_messages == []

    await end(stage.app.desk, window.id)
    await stage.app.patrol.upkeep()  # as it does by itself every ten seconds
    card = await stage.card()
    assert card.text.startswith("🔴 SC-0001 · Xã Thần Xa (Huyện Võ Nhai) mất kết nối\n")
    assert stage.oncall.bot_messages == [card]
