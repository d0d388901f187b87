"""Planned work and mutes by chat: declared, asked for, by two people; what is still out at the end rings."""

import asyncio
from datetime import datetime, timedelta

from incidents.model import LineState
from operations.foretell import foretell
from tests.journeys.conftest import Scene
from tests.journeys.people import HA, MINH, NAM, THANG, VO_NHAI, XA


async def fallen(stage: Scene) -> None:
    """Cut the commune's line and wait until that is known."""
    await stage.cut(XA)
    async with asyncio.timeout(10):
        while LineState.DOWN not in stage.app.patrol.watch.states.values():
            await asyncio.sleep(0.05)


def later(stage: Scene, minutes: float) -> datetime:
    """Let so many minutes pass on the civil clock."""
    stage.clock.jump(stage.clock() + timedelta(minutes=minutes))
    return stage.clock()


async def test_work_that_overruns_is_declared_told_of_extended_by_oncall_alone_and_rings_at_its_end(
    stage: Scene,
) -> None:
    ha, nam, thang = stage.person(HA), stage.person(NAM), stage.person(THANG)
    for each in (ha, nam):
        await each.starts()
    typed = await ha.says("/baotri Thần Xa 30 phút: thay tủ quang", chat=stage.oncall)
    card = await stage.oncall.next_message(after=typed, containing="kiểm tra lại", timeout=10)
    assert "Xã Thần Xa (1 kênh của 1 đơn vị)" in card.text
    assert "Quy định báo trước 1 ngày, việc gấp 1 giờ." in card.text
    assert "đề nghị gọi điện cho đơn vị" in card.text
    await ha.taps(card, "Khai báo")
    told = await nam.chat.next_message(containing="Bảo trì theo kế hoạch: Xã Thần Xa", timeout=10)
    assert "Lý do: thay tủ quang" in told.text
    await fallen(stage)

    later(stage, 16)
    await foretell(stage.app.desk)  # as it does by itself every minute
    ends = await stage.oncall.next_message(containing="Bảo trì sắp hết giờ", timeout=10)
    assert await ha.chat.next_message(containing="Bảo trì sắp hết giờ", timeout=10)
    group = stage.box.teams[VO_NHAI]
    refused = await stage.asks(thang, "/thicong gia hạn thêm 1h", "gia hạn", group)
    assert refused == "Chỉ trực ban được gia hạn: đề nghị đội liên hệ trực ban."
    assert (await ha.taps(ends, "+30'")).text.startswith("Đã gia hạn đến ")
    assert await nam.chat.next_message(containing="Bảo trì kéo dài: Xã Thần Xa", timeout=10)
    later(stage, 20)  # the first end is past
    await stage.app.patrol.upkeep()
    assert not [each for each in stage.oncall.bot_messages if "SC-0001" in each.text]

    later(stage, 30)
    await stage.app.patrol.upkeep()  # as it does by itself every ten seconds
    rings = await stage.card()
    assert rings.text.startswith("🔴 SC-0001 · Xã Thần Xa (Huyện Võ Nhai) mất kết nối\n")
    typed = await ha.says("/tamdung 1h chờ vật tư", chat=stage.oncall, reply_to=rings)
    muted = await stage.oncall.next_message(after=typed, containing="Đã tạm dừng cảnh báo", timeout=10)
    assert muted.text.splitlines()[1] == "X05725 (1 kênh của 1 đơn vị)"
    await stage.app.patrol.upkeep()
    await stage.oncall.wait(lambda _: "Tạm dừng cảnh báo: không gọi ai" in rings.text, timeout=10)


async def test_a_team_asks_for_work_which_clashes_with_a_meeting_and_then_is_approved(stage: Scene) -> None:
    ha, nam, thang = stage.person(HA), stage.person(NAM), stage.person(THANG)
    for each in (ha, nam):
        await each.starts()
    day = f"{stage.clock().astimezone(stage.app.desk.voice.zone) + timedelta(days=2):%d/%m}"
    await stage.asks(ha, f"/hop Võ Nhai từ 18:00 {day} đến 21:00 {day}", "họp")
    group = stage.box.teams[VO_NHAI]
    clash = await stage.asks(thang, f"/thicong Thần Xa 20:00-23:00 {day}: hàn cáp", "Trùng lịch", group)
    assert clash.splitlines() == [
        "Trùng lịch: đề nghị chọn thời gian khác.",
        f"⚠ Huyện Võ Nhai: họp từ 18:00 {day} đến 21:00 {day}",
    ]
    await stage.asks(thang, f"/thicong Thần Xa 21:30-23:00 {day}: hàn cáp", "Đã gửi trực ban", group)
    card = await stage.oncall.next_message(containing="xin thi công", timeout=10)
    assert "Lý do: hàn cáp" in card.text
    assert f"Từ 21:30 {day} đến 23:00 {day}" in card.text
    await ha.taps(card, "Đồng ý")
    assert await group.next_message(containing="✅ Đã đồng ý", timeout=10)
    assert await nam.chat.next_message(containing="Bảo trì theo kế hoạch: Xã Thần Xa", timeout=10)
    again = await ha.taps_data(card, "wagree:1")
    assert again.text == "Đề nghị này đã được quyết định: Nguyễn Thị Hà bấm trước."
    assert "Từ 21:30" in await stage.asks(ha, "/baotri", "Đã khai báo")


async def test_a_name_that_several_units_have_is_asked_about_and_what_was_typed_is_kept(stage: Scene) -> None:
    ha = stage.person(HA)
    await ha.starts()
    typed = await ha.says("/baotri tan thinh 22:00-23:00: hàn cáp")
    which = await ha.chat.next_message(after=typed, containing="đơn vị nào", timeout=10)
    await ha.taps(which, which.buttons[0][0].text)
    await ha.chat.wait(lambda _: "kiểm tra lại" in which.text, timeout=10)
    assert "Lý do: hàn cáp" in which.text
    await ha.taps(which, "Thôi")
    await ha.chat.wait(lambda _: which.text == "Chưa khai báo gì.", timeout=10)


async def test_the_whole_province_is_muted_by_two_people_and_what_fell_meanwhile_rings_when_it_is_lifted(
    stage: Scene,
) -> None:
    ha, minh = stage.person(HA), stage.person(MINH)
    assert "phải có giờ kết thúc" in await stage.asks(ha, "/tamdung X05725", group=stage.oncall)
    typed = await ha.says("/tamdung tất cả 2h: chuyển thiết bị lõi", chat=stage.oncall)
    card = await stage.oncall.next_message(after=typed, containing="đề nghị tạm dừng cảnh báo", timeout=10)
    assert "Cần một đồng chí trực ban khác xác nhận trước " in card.text
    own = await ha.taps(card, "Xác nhận tạm dừng")
    assert own.text.startswith("Cần một đồng chí trực ban khác xác nhận")
    await minh.taps(card, "Xác nhận tạm dừng")
    await stage.oncall.wait(lambda _: "Đã tạm dừng cảnh báo" in card.text, timeout=10)
    await fallen(stage)
    assert "🔕 Tạm dừng cảnh báo đến " in await stage.asks(ha, "/trangthai than xa", "Thần Xa", stage.oncall)
    await minh.taps(card, "Bỏ tạm dừng")
    await stage.app.patrol.upkeep()
    assert (await stage.card()).text.startswith("🔴 SC-0001 · Xã Thần Xa (Huyện Võ Nhai) mất kết nối\n")
