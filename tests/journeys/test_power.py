"""Whether there is power: the one question to an officer, by three buttons, and what an answer moves."""

from tests.journeys.conftest import Scene
from tests.journeys.people import HA, MAI, NAM, XA


async def test_no_power_is_on_the_card_and_stops_the_carrier_s_clock_until_it_is_back(stage: Scene) -> None:
    ha, nam = stage.person(HA), stage.person(NAM)
    await nam.starts()
    await stage.cut(XA)
    card = await stage.card()
    typed = await nam.says("/matmang từ sáng")
    answer = await nam.chat.next_message(after=typed, containing="SC-0001", timeout=5)
    assert answer.text.splitlines()[-1] == "Trụ sở hiện có điện không?"
    assert [[b.text for b in row] for row in answer.buttons] == [["Điện lưới", "Máy nổ/UPS", "Mất điện"]]

    told = await nam.taps(answer, "Mất điện")
    assert told.text == "Đã ghi nhận: mất điện. Khi có điện lại, đề nghị đồng chí bấm «Điện lưới»."
    await stage.oncall.wait(lambda _: "Nguồn điện theo đơn vị: mất điện" in card.text)
    assert "Tạm dừng tính giờ của nhà mạng: đơn vị mất điện" in card.text
    await nam.chat.wait(lambda _: answer.buttons[0][2].text == "✓ Mất điện")

    assert (await nam.taps(answer, "Điện lưới")).text == "Đã ghi nhận: điện lưới."
    await stage.oncall.wait(lambda _: "Nguồn điện theo đơn vị: điện lưới" in card.text)
    assert "Tạm dừng" not in card.text
    assert stage.oncall.bot_messages == [card]  # nothing of it rings
    await ha.taps(card, "Tiếp nhận")
    await stage.oncall.wait(lambda _: "đã tiếp nhận" in card.text)


async def test_the_question_blocks_nothing(stage: Scene) -> None:
    ha, nam = stage.person(HA), stage.person(NAM)
    await nam.starts()
    await stage.cut(XA)
    card = await stage.card()
    await stage.asks(nam, "/matmang", "SC-0001")
    await ha.taps(card, "Tiếp nhận")
    await nam.chat.next_message(containing="đang phụ trách")
    await stage.heal(XA)
    await nam.chat.next_message(containing="có kết nối trở lại", timeout=15)


async def test_another_unit_s_officer_and_forged_buttons_are_refused(stage: Scene) -> None:
    nam, mai = stage.person(NAM), stage.person(MAI)
    await nam.starts()
    typed = await nam.says("/baosuco")
    answer = await nam.chat.next_message(after=typed, containing="SC-0001", timeout=5)
    data = answer.button("Mất điện").data
    assert data is not None
    await mai.starts()
    hello = await mai.chat.next_message(containing="Trực Mạng")
    refusal = "Không có phiếu này trong phạm vi của đồng chí."
    assert (await mai.taps_data(hello, data)).text == refusal
    _, number, unit, _ = data.split(":")
    for forged in (
        f"power:{number}:{unit}:9",
        f"power:999:{unit}:2",
        f"power:{number}:999999:2",
        "line:999999",
    ):
        assert (await nam.taps_data(answer, forged)).text == refusal
    card = await stage.card("báo sự cố")
    assert "Nguồn điện" not in card.text
