"""Shifts: a hand-over with its tickets, one that nobody confirms, and a ladder that calls by name."""

from datetime import timedelta
from pathlib import Path

from operations.handover import chase
from operations.take_inventory import take_inventory
from sandbox.telegram import Message
from tests.journeys.conftest import Scene
from tests.journeys.people import HA, HUY, LAN, MINH, XA

THREE = (XA, "X05716", "X05719")


async def taken_by_ha(stage: Scene) -> list[Message]:
    """Three tickets that Hà has taken, as their cards."""
    await stage.cut(*THREE)
    cards = [await stage.card(f"SC-000{number}") for number in (1, 2, 3)]
    for card in cards:
        await stage.person(HA).taps(card, "Tiếp nhận")
    return cards


async def test_a_hand_over_with_three_tickets(stage: Scene) -> None:
    ha, minh, huy = (stage.person(each) for each in (HA, MINH, HUY))
    for person in (ha, minh, huy):
        await person.starts()
    cards = await taken_by_ha(stage)
    assert await stage.asks(ha, "/giaoca minh", "Bàn giao ca cho") == "Bàn giao ca cho đồng chí nào?"
    choice = ha.chat.bot_messages[-1]
    assert (await ha.taps(choice, "Trần Văn Minh")).text == "Đã đề nghị đồng chí Trần Văn Minh nhận ca."

    offer = await minh.chat.next_message(containing="Bàn giao ca trực")
    lines = offer.text.splitlines()
    assert lines[:2] == [
        "Bàn giao ca trực: Nguyễn Thị Hà → Trần Văn Minh",
        "Phiếu chưa xong được bàn giao: 3",
    ]
    assert [line.split(" · ")[0] for line in lines[2:5]] == ["🔴 SC-0001", "🔴 SC-0002", "🔴 SC-0003"]
    copy = await stage.oncall.next_message(containing="Bàn giao ca trực")
    refused = await huy.taps(copy, "Nhận ca")
    assert refused.text.startswith("Ca này được bàn giao cho đồng chí Trần Văn Minh")

    assert (await minh.taps(offer, "Nhận ca")).text == "Đồng chí đã nhận ca, kèm 3 phiếu chưa xong."
    for card in cards:
        await stage.oncall.wait(lambda _, card=card: "Trần Văn Minh phụ trách, nhận bàn giao ca" in card.text)
    told = await ha.chat.next_message(containing="đã nhận ca trực")
    assert told.text.splitlines()[1] == "Từ đồng chí Nguyễn Thị Hà, kèm 3 phiếu chưa xong."
    late = await ha.taps_data(cards[0], "ack:1")
    assert late.text.startswith("SC-0001 nay do đồng chí Trần Văn Minh phụ trách, theo bàn giao ca lúc")
    assert (await ha.taps(copy, "Thôi")).text.startswith("Đồng chí Trần Văn Minh đã nhận ca lúc")

    typed = await stage.person(HA).says("/catruc", chat=stage.oncall)
    in_group = await stage.oncall.next_message(after=typed, containing="Đang trực")
    assert "Trần Văn Minh" in in_group.text
    assert "0208" not in in_group.text
    assert "0208.000.1002" in await stage.asks(ha, "/truc", "Đang trực")


async def test_a_hand_over_that_nobody_confirms_rings_both_and_the_leader(stage: Scene) -> None:
    ha, minh, lan = (stage.person(each) for each in (HA, MINH, LAN))
    for person in (ha, minh, lan):
        await person.starts()
    await stage.asks(ha, "/giaoca Trần Văn Minh", "Đã đề nghị")
    await minh.chat.next_message(containing="Bàn giao ca trực")
    stage.clock.jump(stage.clock() + timedelta(minutes=16))
    await chase(stage.app.desk, stage.clock())
    for person in (ha, minh, lan):
        told = await person.chat.next_message(containing="chưa được xác nhận")
        assert "Nguyễn Thị Hà → Trần Văn Minh" in told.text
    rung = minh.chat.bot_messages[-1]
    taken = "Đồng chí đã nhận ca, kèm 0 phiếu chưa xong."
    assert (await minh.taps(rung, "Nhận ca")).text == taken
    await minh.chat.wait(lambda _: rung.text == taken)


def sheet(place: Path, rows: list[str]) -> Path:
    place.mkdir()
    (place / "shifts.csv").write_text("\n".join(["Ngày,Từ,Đến,Trực chính,Trực phụ", *rows]), "utf-8")
    return place


async def on_the_roster(stage: Scene, place: Path) -> None:
    """Hà is on duty, and Minh her second, from yesterday till tomorrow: as a sheet says it."""
    today = stage.clock().astimezone(stage.app.desk.voice.zone).date()
    rows = [f"{today + timedelta(days=each):%d/%m/%Y},00:00,24:00,Nguyễn Thị Hà,1002" for each in (-1, 0, 1)]
    await take_inventory(stage.app.desk.storage, sheet(place, rows), stage.clock())


async def test_the_ladder_calls_who_is_on_duty_then_the_second_then_the_leader(
    stage: Scene, tmp_path: Path
) -> None:
    ha, minh, lan = (stage.person(each) for each in (HA, MINH, LAN))
    for person in (ha, minh, lan):
        await person.starts()
    await on_the_roster(stage, tmp_path / "roster")
    roster = await stage.asks(lan, "/lichtruc", "Lịch trực")
    assert "00:00–00:00: Nguyễn Thị Hà, trực phụ Trần Văn Minh" in roster
    await stage.cut(XA)
    await stage.card()
    began = stage.clock()
    for minutes, person, named in ((10, ha, "Nguyễn Thị Hà"), (15, minh, "Trần Văn Minh")):
        stage.clock.jump(began + timedelta(minutes=minutes, seconds=5))
        rung = await person.chat.next_message(containing="Chưa ai tiếp nhận SC-0001", timeout=15)
        assert rung.text.splitlines()[-1] == f"Đề nghị đồng chí: {named}"
        in_group = await stage.oncall.next_message(containing=f"Đề nghị đồng chí: {named}", timeout=15)
        assert f"user?id={person.id}" in str(in_group.entities)
    stage.clock.jump(began + timedelta(minutes=20, seconds=5))
    await lan.chat.next_message(containing="Chưa ai tiếp nhận SC-0001", timeout=15)
    assert sum("Chưa ai tiếp nhận" in each.text for each in ha.chat.bot_messages) == 1
