"""Looking things up: one's own unit, a unit by name, a name that is double, the whole network."""

from tests.journeys.conftest import Scene
from tests.journeys.people import HA, LAN, MAI, NAM, XA


async def test_an_officer_sees_the_own_unit_without_naming_it(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    answer = await stage.asks(nam, "/trangthai", "X05725")
    first, second = answer.splitlines()[:2]
    assert first == "Xã Thần Xa (Huyện Võ Nhai)"
    assert second.startswith("🟢 Kênh X05725: thông suốt từ ")


async def test_an_officer_does_not_see_another_unit(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    answer = await stage.asks(nam, "/trangthai la hien", "La Hiên")
    assert answer == "Xã La Hiên không thuộc phạm vi của đồng chí."


async def test_a_name_is_found_without_diacritics_and_a_double_one_becomes_buttons(stage: Scene) -> None:
    ha = stage.person(HA)
    await ha.starts()
    assert "Xã Thần Xa" in await stage.asks(ha, "/trangthai than xa", "X05725")
    await ha.says("/trangthai tan thanh")
    choice = await ha.chat.next_message(containing="đơn vị nào")
    labels = [b.text for row in choice.buttons for b in row]
    assert len(labels) == 2
    assert all("Tân Thành" in label for label in labels)
    await ha.taps(choice, "Phú Bình")
    assert "Huyện Phú Bình" in (await ha.chat.next_message(after=choice)).text


async def test_the_officer_s_own_unit_comes_first_when_a_name_is_double(stage: Scene) -> None:
    mai = stage.person(MAI)
    await mai.starts()
    typed = await mai.says("/trangthai tan thanh")
    answer = await mai.chat.next_message(after=typed, containing="đơn vị nào")
    assert [b.text for row in answer.buttons for b in row] == ["Xã Tân Thành (Huyện Phú Bình)"]


async def test_the_desk_sees_the_network_by_area(stage: Scene) -> None:
    lan = stage.person(LAN)
    await lan.starts()
    await stage.cut(XA)
    await stage.card()
    answer = await stage.asks(lan, "/trangthai", "kênh thông suốt")
    assert answer == "Tỉnh Thái Nguyên\n213/214 kênh thông suốt\n🔴 Võ Nhai: 1/17 kênh mất kết nối"


async def test_a_probe_now_says_what_answers(stage: Scene) -> None:
    ha = stage.person(HA)
    await ha.starts()
    good = await stage.asks(ha, "/kiemtra thần xa", "Vừa kiểm tra")
    assert "Vừa kiểm tra: 3/3 gói phản hồi, trễ " in good
    await stage.cut(XA)
    bad = await stage.asks(ha, "/kiemtra thần xa", "Vừa kiểm tra: 0/3")
    assert "Vừa kiểm tra: 0/3 gói phản hồi" in bad


async def test_the_open_tickets_are_listed_with_a_button_each(stage: Scene) -> None:
    ha = stage.person(HA)
    await ha.starts()
    assert await stage.asks(ha, "/suco", "phiếu") == "Không có phiếu sự cố nào đang mở."
    await stage.cut(XA)
    await stage.card()
    await ha.says("/sc")
    listing = await ha.chat.next_message(containing="Phiếu sự cố đang mở: 1")
    await ha.taps(listing, "SC-0001")
    card = await ha.chat.next_message(after=listing, containing="SC-0001")
    assert [[b.text for b in row] for row in card.buttons] == [
        ["Nhận & giao VNPT Võ Nhai"],
        ["Tiếp nhận", "Giao đội"],
        ["Chi tiết", "Thêm…"],
    ]
