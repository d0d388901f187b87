"""A district goes dark: one message, ticks as its lines come back, and a ticket for each that stays out."""

from tests.journeys.conftest import Scene
from tests.journeys.people import HA, UPLINK, XA


def communes(stage: Scene) -> list[str]:
    """The lines of Võ Nhai's communes but Thần Xa's; the one they hang behind lives."""
    lines = [row.code for row in stage.box.inventory.channels or () if row.uplink == UPLINK]
    return [code for code in lines if code != XA]


async def test_a_district_that_goes_dark_is_one_message_and_what_stays_out_splits(stage: Scene) -> None:
    ha, lines = stage.person(HA), communes(stage)
    await ha.starts()
    await stage.cut(XA, *lines)
    card = await stage.card()
    assert card.text.splitlines()[0] == "🔴 SC-0001 · Sự cố diện rộng, Huyện Võ Nhai: 15/17 kênh mất kết nối"
    assert "Lý do gộp: ít nhất 5 kênh và 50% số kênh của địa bàn mất trong vòng 1 phút." in card.text
    assert (await ha.taps(card, "Tiếp nhận")).text == "Đồng chí đã nhận phiếu SC-0001."
    board = await stage.asks(ha, "/suco", "Phiếu sự cố đang mở")
    assert "🔴 SC-0001 · Huyện Võ Nhai · từ " in board

    await stage.heal(*lines[:10])
    await stage.oncall.wait(lambda _: "10 kênh đã thông suốt trở lại" in card.text, 15)
    assert "Huyện Võ Nhai: 5/17 kênh mất kết nối" in card.text
    assert stage.oncall.bot_messages == [card]

    await stage.heal(*lines[10:])
    rest = await stage.card("SC-0002")
    assert rest.text.startswith("🔴 SC-0002 · Xã Thần Xa (Huyện Võ Nhai) mất kết nối\n")
    await stage.oncall.wait(lambda _: card.text.startswith("🟢"), 15)
    assert "Sự cố diện rộng, Huyện Võ Nhai: đã thông suốt trở lại" in card.text
    assert stage.oncall.bot_messages == [card, rest]
