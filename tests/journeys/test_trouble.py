"""When Telegram is in trouble: nothing is lost, and a copy says that it is one."""

import asyncio

from sandbox.telegram import Fault
from storage import letters
from tests.journeys.conftest import Scene, scene, staged
from tests.journeys.people import HA, VO_NHAI, XA


async def test_a_card_whose_answer_was_lost_is_sent_again_and_says_so(stage: Scene) -> None:
    stage.box.telegram.faults.add(Fault.DROP_AFTER, method="sendMessage", chat=stage.oncall.id)
    await stage.cut(XA)
    first = await stage.card()
    copy = await stage.card()
    assert not first.text.endswith("(gửi lại)")
    assert copy.text.endswith("(gửi lại)")
    answer = await stage.person(HA).taps(first, "Tiếp nhận")
    assert answer.text == "Đồng chí đã nhận phiếu SC-0001."
    await stage.oncall.wait(lambda _: "đã tiếp nhận" in copy.text)


async def test_a_card_that_never_left_is_sent_once(stage: Scene) -> None:
    stage.box.telegram.faults.add(Fault.RATE_LIMIT(retry_after=1), method="sendMessage", chat=stage.oncall.id)
    await stage.cut(XA)
    card = await stage.card()
    assert "gửi lại" not in card.text
    assert stage.oncall.bot_messages == [card]


async def test_a_group_that_became_a_supergroup_is_followed() -> None:
    async with scene() as stage:
        old = stage.box.teams[VO_NHAI]
        await stage.cut(XA)
        card = await stage.card()
        ha = stage.person(HA)
        await ha.taps(card, "Giao đội")
        choice = await stage.oncall.next_message(containing="đội nào")
        new = -1009999999999
        stage.box.telegram.world.group(new, "VNPT Võ Nhai (mới)", old.members)
        stage.box.telegram.faults.add(Fault.MIGRATED(to=new), method="sendMessage", chat=old.id)
        await ha.taps(choice, "VNPT Võ Nhai")
        job = await stage.box.telegram.world.chat(new).next_message(containing="SC-0001")
        assert [[b.text for b in row] for row in job.buttons][1:2] == [["Từ chối việc"]]


async def test_while_telegram_is_away_nothing_is_lost(stage: Scene) -> None:
    await stage.box.telegram.faults.away()
    await stage.cut(XA)
    async with asyncio.timeout(15):
        while await _posted(stage) == 0:
            await asyncio.sleep(0.1)
    assert stage.oncall.bot_messages == []
    await stage.box.telegram.faults.heal()
    card = await stage.oncall.next_message(containing="mất kết nối", timeout=30)
    assert stage.oncall.bot_messages == [card]


async def test_a_restart_goes_on_with_the_same_card() -> None:
    async with staged() as box:
        async with box.app.open():
            await box.network.cut(XA)
            card = await box.oncall.next_message(containing="mất kết nối", timeout=20)
        async with box.app.open():
            await box.network.heal(XA)
            await box.oncall.wait(lambda _: card.text.startswith("🟢"), 20)
        assert box.oncall.bot_messages == [card]


async def test_a_group_that_takes_the_bot_back_gets_the_cards_of_what_is_open(stage: Scene) -> None:
    ha = stage.person(HA)
    await stage.oncall.kicks_bot(ha)
    await stage.cut(XA)
    async with asyncio.timeout(15):
        while (await stage.app.examine()).out == 0:
            await asyncio.sleep(0.1)
    await stage.oncall.adds_bot(ha, "administrator")
    card = await stage.card("SC-0001")
    assert stage.oncall.bot_messages == [card]


async def _posted(stage: Scene) -> int:
    async with stage.app.desk.storage.read() as session:
        return await letters.depth(session)
