"""A suspected security incident: an answer at once, a call in private, and silence where it is nobody's."""

from tests.journeys.conftest import Scene, scene
from tests.journeys.people import HA, LAN, LONG, NAM, THANG, VO_NHAI

TODO = (
    "SC-0001: đã ghi nhận, đã báo cán bộ an toàn thông tin.\n"
    "Rút dây mạng, không tắt máy, không đăng lên mạng xã hội/nhóm chat; chờ cán bộ an toàn thông tin gọi."
)
CALL = (
    "🛡 SC-0001 · Xã Thần Xa (Huyện Võ Nhai): nghi mất an toàn thông tin\n"
    "Người báo: Triệu Văn Nam, 0208.000.1401\n"
    "“trang xã bị sửa chữ lạ, máy ▒▒▒”\n"
    "Đã hướng dẫn đơn vị: rút dây mạng, không tắt máy, không đăng tin.\n"
    "Đề nghị gọi ngay cho đơn vị."
)


async def test_a_suspicion_calls_those_who_may_know_and_nobody_else(stage: Scene) -> None:
    ha, nam, thang = stage.person(HA), stage.person(NAM), stage.person(THANG)
    called = [ha, stage.person(LAN), stage.person(LONG)]
    for each in (nam, thang, *called):
        await each.starts()
    assert await stage.asks(nam, "/attt trang xã bị sửa chữ lạ, máy 10.170.1.11", "SC-0001") == TODO
    for each in called:
        assert (await each.chat.next_message(containing="🛡")).text == CALL
    card = await stage.card("🛡")
    assert "chữ lạ" not in card.text
    assert [[b.text for b in row] for row in card.buttons] == [["Tiếp nhận", "Đóng phiếu"]]

    assert "chữ lạ" in await stage.asks(ha, "/xem 1", "SC-0001")
    assert "chữ lạ" not in await stage.asks(ha, "/xem 1", "SC-0001", group=stage.oncall)
    assert "chữ lạ" not in await stage.asks(nam, "/xem 1", "SC-0001")
    assert "SC-0001" not in await stage.asks(thang, "/xem 1")
    assert "không giao cho đội kỹ thuật" in await stage.asks(ha, "/giaoviec 1 VNPT Võ Nhai", "SC-0001")
    assert stage.box.teams[VO_NHAI].bot_messages == []


async def test_plain_words_are_understood_as_one(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    assert await stage.asks(nam, "máy tính bị mã hóa hết file đòi tiền chuộc", "SC-0001") == TODO


async def test_a_photo_of_a_suspicion_is_seen_in_private_by_those_who_may_and_nowhere_else(
    stage: Scene,
) -> None:
    ha, nam = stage.person(HA), stage.person(NAM)
    await ha.starts()
    await nam.starts()
    await stage.asks(nam, "/attt trang xã bị sửa chữ lạ", "SC-0001")
    card = await stage.card("🛡")
    photo = await nam.sends_photo(caption="màn hình đòi tiền chuộc")
    await nam.chat.next_message(after=photo, containing="Đã bổ sung vào SC-0001.")

    typed = await ha.says("/xem 1")
    seen = await ha.chat.next_message(after=typed, containing="SC-0001")
    await ha.taps(seen, "Ảnh, ghi âm (1)")
    await ha.chat.wait(lambda chat: any(each.file == photo.file for each in chat.bot_messages))
    assert (await ha.taps_data(card, "media:1")).text == "Không có phiếu này trong phạm vi của đồng chí."
    assert "Triệu Văn Nam" not in await stage.asks(ha, "/visao 1", "phiếu", group=stage.oncall)
    assert [[b.text for b in row] for row in card.buttons] == [["Tiếp nhận", "Đóng phiếu"]]
    assert not any(each.file for each in stage.oncall.bot_messages)


async def test_where_somebody_is_named_for_security_they_alone_are_called() -> None:
    async with scene(security=(LAN,)) as stage:
        ha, nam, lan = stage.person(HA), stage.person(NAM), stage.person(LAN)
        for each in (ha, nam, lan):
            await each.starts()
        await stage.asks(nam, "/attt trang xã bị sửa chữ lạ", "SC-0001")
        assert "chữ lạ" in (await lan.chat.next_message(containing="🛡")).text
        assert "chữ lạ" in await stage.asks(lan, "/xem 1", "SC-0001")
        assert not any("🛡" in each.text for each in ha.chat.bot_messages)
