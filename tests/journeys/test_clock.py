"""The clock: a pause moves the team's deadline, a dispute is decided by two, what is past its promise is told."""

import re
from datetime import datetime, timedelta

from sandbox.telegram import Message
from tests.journeys.conftest import Scene
from tests.journeys.people import HA, LAN, MINH, THANG, VO_NHAI, XA

DUE = re.compile(r"Hạn khắc phục: (\d\d:\d\d)(?: (\d\d/\d\d/\d{4}))?")


def due(text: str, at: datetime) -> datetime:
    """Return the hour by which *text* says that it is to be restored, as it was read *at* a local time."""
    found = DUE.search(text)
    assert found is not None, text
    day = found[2] or f"{at:%d/%m/%Y}"
    return datetime.strptime(f"{found[1]} {day}", "%H:%M %d/%m/%Y").replace(tzinfo=at.tzinfo)


async def accepted(stage: Scene) -> tuple[Message, Message]:
    """Have the team take the job, and return the desk's card and the team's."""
    ha, thang, team = stage.person(HA), stage.person(THANG), stage.box.teams[VO_NHAI]
    await ha.starts()
    await thang.starts()
    await stage.cut(XA)
    card = await stage.card()
    await stage.asks(ha, "/giaoviec SC-0001 VNPT Võ Nhai", "cho VNPT Võ Nhai")
    job = await team.next_message(containing="SC-0001", timeout=15)
    await thang.taps(job, "Sau 1 giờ")
    await stage.oncall.wait(lambda _: "Hạn khắc phục" in card.text, 15)
    return card, job


async def test_a_pause_that_the_desk_agrees_to_moves_the_teams_deadline(stage: Scene) -> None:
    card, job = await accepted(stage)
    ha, thang, team = stage.person(HA), stage.person(THANG), stage.box.teams[VO_NHAI]
    zone = stage.app.desk.voice.zone
    before = due(card.text, stage.clock().astimezone(zone))

    await thang.says("/tamtinh", chat=team, reply_to=job)
    why = await team.next_message(containing="gặp trở ngại gì", timeout=10)
    await thang.taps(why, "cửa phòng máy khóa, không có người mở")
    asked = await stage.oncall.next_message(containing="VNPT Võ Nhai đề nghị tạm dừng tính giờ", timeout=10)
    assert "cửa phòng máy khóa" in asked.text
    await ha.taps(asked, "Đồng ý 1 giờ")
    agreed = await team.next_message(containing="Trực ban đồng ý tạm dừng tính giờ", timeout=10)
    await stage.oncall.wait(lambda _: "Tạm dừng tính giờ nhà mạng" in card.text, 15)

    stage.clock.jump(stage.clock() + timedelta(minutes=30))
    await thang.taps(agreed, "Đội làm tiếp")
    over = await team.next_message(containing="Tính giờ trở lại", timeout=10)
    moved = due(over.text, stage.clock().astimezone(zone)) - before
    assert timedelta(minutes=29) <= moved <= timedelta(minutes=31)


async def test_a_dispute_at_the_month_s_end_is_decided_by_two_and_the_original_stays(stage: Scene) -> None:
    card, _ = await accepted(stage)
    ha, minh, thang = stage.person(HA), stage.person(MINH), stage.person(THANG)
    team = stage.box.teams[VO_NHAI]
    await minh.starts()
    stage.clock.jump(stage.clock() + timedelta(hours=2))
    await stage.heal(XA)
    await stage.oncall.wait(lambda _: card.text.startswith("🟢"), 15)
    await stage.asks(ha, "/dong SC-0001", "SC-0001")
    await stage.oncall.next_message(containing="SC-0001 đã đóng", timeout=15)
    stage.clock.jump(stage.clock() + timedelta(days=10))

    await stage.asks(thang, "/khieunai SC-0001 cửa phòng máy khóa", "Đã ghi nhận khiếu nại")
    objected = await stage.oncall.next_message(containing="VNPT Võ Nhai khiếu nại: SC-0001", timeout=10)
    assert "nhà mạng: 2 giờ · thống nhất: 2 giờ" in objected.text
    await ha.taps(objected, "Trừ 30 phút")
    proposed = await stage.oncall.next_message(containing="Cần người thứ hai đồng ý.", timeout=10)
    alone = await ha.taps(proposed, "Đồng ý")
    assert "cần người thứ hai" in alone.text
    await minh.taps(proposed, "Đồng ý")

    decided = await team.next_message(containing="Hai người đã thống nhất", timeout=10)
    assert "trừ 30 phút vào thời gian của nhà mạng" in decided.text
    assert "nhà mạng: 2 giờ · thống nhất: 1 giờ 30 phút" in decided.text
    steps = await stage.asks(ha, "/visao SC-0001", "Diễn biến")
    assert "đội khiếu nại" in steps
    assert "hai người thống nhất kết luận" in steps


async def test_what_is_past_its_promise_is_marked_told_and_listed_by_carrier(stage: Scene) -> None:
    await accepted(stage)
    lan, team = stage.person(LAN), stage.box.teams[VO_NHAI]
    await lan.starts()
    stage.clock.jump(stage.clock() + timedelta(hours=23, minutes=5))
    await team.next_message(containing="SC-0001: sắp hết hạn", timeout=15)
    stage.clock.jump(stage.clock() + timedelta(hours=1))
    await stage.oncall.next_message(containing="SC-0001 đã quá hạn", timeout=15)
    listed = await stage.asks(lan, "/quahan", "Phiếu quá hạn: 1")
    assert "chưa khắc phục, quá hạn" in listed
    assert "VNPT" in listed
