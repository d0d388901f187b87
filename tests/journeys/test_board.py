"""The pinned board of the on-call group: it appears, changes, and comes back when it is deleted."""

import re

from bot.boards import renew
from storage import policies
from tests.journeys.conftest import Scene
from tests.journeys.people import HA, XA


async def showing(stage: Scene, **values: object) -> None:
    """Have the board shown, edited as often as a test needs it."""
    async with stage.app.desk.act() as act:
        await policies.change(act.session, "board", {"every": 0, **values}, act.at)


async def test_the_board_is_pinned_changes_with_the_tickets_and_comes_back_when_it_is_deleted(
    stage: Scene,
) -> None:
    desk = stage.app.desk
    await showing(stage)
    await renew(desk, desk.clock())
    board = await stage.oncall.next_message(containing="Bảng trực ban", timeout=10)
    await stage.oncall.wait(lambda chat: chat.pinned == [board])
    assert re.match(r"📌 Bảng trực ban · tính đến \d\d:\d\d:\d\d\n214/214 kênh thông suốt", board.text)
    assert board.silent

    await stage.cut(XA)
    await stage.card()
    await renew(desk, desk.clock())
    await stage.oncall.wait(lambda _: "SC-0001 · Xã Thần Xa" in board.text, 10)
    assert "213/214 kênh thông suốt\n🔴 Mất kết nối: 1\nNơi mất: Võ Nhai 1/17" in board.text

    edits = board.edits
    await renew(desk, desk.clock())
    await stage.asks(stage.person(HA), "/suco", group=stage.oncall)
    assert board.edits == edits  # nothing new, and its stamp is young

    board.deleted = True
    await stage.heal(XA)
    await stage.oncall.wait(lambda chat: any("🟢" in each.text for each in chat.bot_messages), 15)
    await renew(desk, desk.clock())
    again = await stage.oncall.wait(lambda chat: [each for each in chat.pinned if not each.deleted], 10)
    assert "214/214 kênh thông suốt" in again[0].text
