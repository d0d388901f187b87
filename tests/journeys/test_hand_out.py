"""What on-call presses: one tap that takes and hands, a card that unfolds, a storm given out in two."""

import asyncio

from sandbox.telegram import Message
from storage import incidents
from tests.journeys.conftest import Scene
from tests.journeys.people import HA, MINH, VO_NHAI, XA

DAI_TU = "VNPT-171"
UPLINKS = ("H170U", "H171U")


def labels(message: Message) -> list[str]:
    return [button.text for row in message.buttons for button in row]


async def test_one_tap_takes_a_ticket_and_hands_it_to_the_nearest_team(stage: Scene) -> None:
    ha, minh = stage.person(HA), stage.person(MINH)
    await stage.cut(XA)
    card = await stage.card()
    data = card.button("Nhận & giao VNPT Võ Nhai").data
    assert data is not None
    assert (await ha.taps(card, "Nhận & giao VNPT Võ Nhai")).text == "Đã giao SC-0001 cho VNPT Võ Nhai."
    job = await stage.box.teams[VO_NHAI].next_message(containing="SC-0001", timeout=10)
    assert job.buttons[0][0].text.startswith("Nhận")
    await stage.oncall.wait(lambda _: "đã giao" in card.text)
    assert not any(label.startswith("Nhận & giao") for label in labels(card))
    late = await minh.taps_data(card, data)
    assert late.text.startswith("Phiếu SC-0001") or "Nguyễn Thị Hà" in late.text


async def test_a_card_unfolds_for_its_chat_alone_and_survives_a_redraw(stage: Scene) -> None:
    ha = stage.person(HA)
    await ha.starts()
    await stage.cut(XA)
    card = await stage.card()
    folded = card.text
    await ha.taps(card, "Chi tiết")
    await stage.oncall.wait(lambda _: "Diễn biến" in card.text)
    assert "Nối qua: Ủy ban nhân dân huyện Võ Nhai" in card.text
    assert "Xung quanh mất kết nối: Huyện Võ Nhai 0/16, VNPT 0/204" in card.text
    await ha.taps(card, "Tiếp nhận")
    await stage.oncall.wait(lambda _: "đã tiếp nhận" in card.text)
    assert "Diễn biến" in card.text

    typed = await ha.says("/xem SC-0001")
    look = await ha.chat.next_message(after=typed, containing="SC-0001", timeout=10)
    assert "Diễn biến" not in look.text
    await ha.taps(look, "Thêm…")
    await ha.chat.wait(lambda _: "Vì sao?" in labels(look))
    await ha.taps(card, "Thu gọn")
    await stage.oncall.wait(lambda _: "Diễn biến" not in card.text)
    assert card.text.splitlines()[0] == folded.splitlines()[0]
    assert "Vì sao?" in labels(look)


async def test_a_storm_over_twelve_communes_is_given_to_its_teams_in_two_presses(stage: Scene) -> None:
    ha = stage.person(HA)
    await ha.starts()
    lines = [[row.code for row in stage.box.inventory.channels or () if row.uplink == up] for up in UPLINKS]
    await stage.cut(*lines[0][:6], *lines[1][:6])
    async with asyncio.timeout(40):
        while await out(stage) < 12:
            await asyncio.sleep(0.1)

    typed = await ha.says("/suco")
    listed = await ha.chat.next_message(after=typed, containing="12 · 12 chưa ai nhận", timeout=15)
    assert sum("· từ " in line for line in listed.text.splitlines()) == 10
    await ha.taps(listed, "›")
    await ha.chat.wait(lambda _: sum("· từ " in line for line in listed.text.splitlines()) == 2, 15)
    assert [b.text for b in listed.buttons[-1]] == ["‹", "2/2"]

    await ha.taps(listed, "Giao tất cả theo địa bàn")
    asked = await ha.chat.next_message(after=listed, containing="Giao 12 việc cho 2 đội?", timeout=15)
    assert "VNPT Võ Nhai (6): " in asked.text
    assert "VNPT Đại Từ (6): " in asked.text
    assert not stage.box.teams[VO_NHAI].bot_messages  # nothing is done yet
    assert (await ha.taps(asked, "Giao tất cả", timeout=20)).text == "Đã giao 12 việc cho 2 đội."
    await ha.chat.wait(lambda _: "VNPT Đại Từ: 6" in asked.text, 20)
    for team in (VO_NHAI, DAI_TU):
        group = stage.box.teams[team]
        await group.wait(lambda chat: len(chat.bot_messages) == 6, 30)


async def out(stage: Scene) -> int:
    """Return how many tickets with a silent line there are."""
    async with stage.app.desk.look() as act:
        return sum(bool(each.silent) for each in await incidents.live(act.session))
