"""An uplink dies with all behind it: one card, and after its return only who is still silent."""

import asyncio

from incidents.model import LineState
from tests.journeys.conftest import Scene
from tests.journeys.people import HA, NAM, UPLINK, XA


def behind(stage: Scene) -> list[str]:
    return [row.code for row in stage.box.inventory.channels or () if row.uplink == UPLINK]


async def test_an_uplink_cut_is_one_new_message_that_says_how_many_are_behind_it(stage: Scene) -> None:
    children = behind(stage)
    assert len(children) == 15
    await stage.cut(UPLINK, *children)
    card = await stage.card()
    assert card.edits == 0
    assert "Ủy ban nhân dân huyện Võ Nhai" in card.text
    assert "Kéo theo 15 kênh phía sau: " in card.text  # as it rang, not by a later edit
    assert stage.oncall.bot_messages == [card]


async def test_after_the_uplink_returns_only_who_is_still_silent_is_announced(stage: Scene) -> None:
    children = behind(stage)
    await stage.cut(UPLINK, *children)
    card = await stage.card()
    await stage.oncall.wait(lambda _: "Kéo theo 15 kênh" in card.text, 15)
    await stage.heal(UPLINK, *(code for code in children if code != XA))
    rest = await stage.card("Thần Xa")
    assert rest.text.startswith("🔴 SC-0002 · Xã Thần Xa (Huyện Võ Nhai) mất kết nối")
    await stage.oncall.wait(lambda _: card.text.startswith("🟢"), 15)
    assert stage.oncall.bot_messages == [card, rest]


async def test_with_silent_anchors_nothing_is_declared_and_one_notice_says_so(stage: Scene) -> None:
    await stage.cut(*stage.box.network.lines)
    notice = await stage.card("Mất giám sát")
    assert "Chưa kết luận kênh nào mất kết nối" in notice.text
    await stage.heal(*set(stage.box.network.lines) - {XA})
    back = await stage.card("Đã giám sát trở lại")
    down = await stage.card("SC-0001")
    assert stage.oncall.bot_messages == [notice, back, down]


async def test_silent_anchors_among_lines_that_answer_are_told_and_hide_no_outage(stage: Scene) -> None:
    await stage.cut("ANCHOR-1", "ANCHOR-2")
    notice = await stage.card("Các điểm mốc không phản hồi")
    await stage.cut(XA)
    down = await stage.card("SC-0001")
    await stage.heal("ANCHOR-1", "ANCHOR-2")
    back = await stage.card("Các điểm mốc đã phản hồi trở lại")
    assert stage.oncall.bot_messages == [notice, down, back]


async def test_what_is_not_seen_is_not_called_connected(stage: Scene) -> None:
    ha, nam = stage.person(HA), stage.person(NAM)
    await ha.starts()
    await nam.starts()
    reached = 20  # too few to say that we see
    lines = [code for code in stage.box.network.lines if not code.startswith("ANCHOR")]
    await stage.cut("ANCHOR-1", "ANCHOR-2", XA, *[code for code in lines if code != XA][reached:])
    await stage.card("Mất giám sát")
    async with asyncio.timeout(15):
        while list(stage.app.patrol.states.values()).count(LineState.BLIND) < 214 - reached:
            await asyncio.sleep(0.05)
    answer = await stage.asks(ha, "/trangthai", "kênh thông suốt")
    assert "20/214 kênh thông suốt\n⚫ 194 kênh mất giám sát" in answer
    assert "194 đơn vị mất giám sát." in await stage.asks(ha, "/baocao", "Báo cáo mạng")
    told = await stage.asks(nam, "/baosuco", "SC-0001")
    assert "Hệ thống chưa kiểm tra được đường truyền đến Xã Thần Xa lúc này." in told
