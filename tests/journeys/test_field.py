"""The carrier's field team: two taps do, what it claims is held against the probes, and the desk hands on."""

import asyncio
import re
from datetime import timedelta

from incidents.model import LineState
from sandbox.telegram import Group, Message
from storage import policies
from tests.journeys.conftest import SWIFT, Scene
from tests.journeys.people import HA, NAM, THANG, VO_NHAI, XA

HOUR = re.compile(r"\d\d:\d\d( \d\d/\d\d)?")


def plain(text: str) -> str:
    return HOUR.sub("HH:MM", text)


async def wants(stage: Scene, **evidence: object) -> None:
    """Have a return need so much evidence."""
    async with stage.app.desk.act() as act:
        await policies.change(act.session, "evidence", evidence, act.at)


async def handed(stage: Scene, team: str = "VNPT Võ Nhai") -> Message:
    """Cut the line, have the ticket handed out, and return the desk's card."""
    ha = stage.person(HA)
    await ha.starts()
    await stage.cut(XA)
    card = await stage.card()
    await stage.asks(ha, f"/giaoviec SC-0001 {team}", f"cho {team}")
    return card


async def mended(stage: Scene, card: Message) -> None:
    await stage.heal(XA)
    await stage.oncall.wait(lambda _: card.text.startswith("🟢"), 15)


async def impatient(stage: Scene) -> None:
    """Have a line that comes and goes be decided on as soon as any other."""
    async with stage.app.desk.act() as act:
        swift = {"can_bang": SWIFT["can_bang"] | {"patience": SWIFT["can_bang"]["guard"]}}
        await policies.change(act.session, "profiles", swift, act.at)
    await stage.app.patrol.refresh()


async def seen(stage: Scene, state: LineState) -> None:
    """Wait until the line is held to be in *state*; its cards are drawn later, at the chat's pace."""
    async with stage.app.desk.look() as act:
        line = next(id_ for id_, each in act.directory.channels.items() if each.code == XA)
    async with asyncio.timeout(15):
        while stage.app.patrol.states[line] is not state:
            await asyncio.sleep(0.05)


async def rings(group: Group, containing: str) -> Message:
    return await group.next_message(containing=containing, timeout=15)


async def test_a_teams_whole_path_from_the_card_in_its_group_to_the_ticket_that_closes_itself(
    stage: Scene,
) -> None:
    await wants(stage, good=3, over=1)
    thang, team = stage.person(THANG), stage.box.teams[VO_NHAI]
    await thang.starts()
    await stage.person(NAM).starts()
    card = await handed(stage)
    job = await rings(team, "SC-0001")

    await thang.taps(job, "Nhận, đến sau 30'")
    await stage.oncall.wait(lambda _: "hẹn đến lúc" in card.text)

    sent = await thang.taps(job, "Liên hệ")
    assert "chat riêng" in sent.text
    contact = await thang.chat.next_message(containing="Liên hệ của Xã Thần Xa", timeout=10)
    number = re.search(r"0208\.000\.\d+", contact.text)
    assert number is not None
    assert all(number[0] not in each.text for each in team.bot_messages)

    await thang.taps(job, "Thêm…")
    await team.wait(lambda _: any(b.text == "Đã đến nơi" for row in job.buttons for b in row))
    await thang.taps(job, "Đã đến nơi")
    await stage.oncall.wait(lambda _: "Có mặt tại hiện trường lúc" in card.text)
    await thang.sends_photo(chat=team, reply_to=job)
    await stage.oncall.wait(lambda _: "Kèm theo: 1 ảnh" in card.text)

    too_soon = await thang.taps(job, "Xong: đứt cáp")
    assert "Nhưng đường truyền vẫn mất kết nối (1 kênh)" in too_soon.text
    await rings(team, "Nhưng đường truyền vẫn mất kết nối")
    await rings(stage.oncall, "VNPT Võ Nhai báo SC-0001 đã khắc phục, nhưng đường truyền vẫn mất kết nối")

    await mended(stage, card)
    await rings(stage.oncall, "SC-0001 đã đóng")
    await team.wait(lambda _: job.text.startswith("⚪"))
    assert "VNPT Võ Nhai báo đã khắc phục lúc HH:MM (đứt cáp quang), các phép đo đã xác nhận" in plain(
        card.text
    )


async def test_a_claim_that_relapses_four_times_is_one_ticket_that_nobody_may_close_yet(stage: Scene) -> None:
    await impatient(stage)
    await handed(stage)
    thang, team = stage.person(THANG), stage.box.teams[VO_NHAI]
    await thang.starts()
    await thang.taps(await rings(team, "SC-0001"), "Sau 1 giờ")
    for _ in range(4):
        await stage.heal(XA)
        await seen(stage, LineState.UP)
        await stage.cut(XA)
        await seen(stage, LineState.DOWN)
    await stage.heal(XA)
    await seen(stage, LineState.UP)
    said = await stage.asks(thang, "/khacphuc SC-0001 thay converter", "SC-0001", team)
    assert "Phiếu đóng khi các phép đo xác nhận" in said
    refused = await stage.asks(stage.person(HA), "/dong SC-0001")
    assert plain(refused) == (
        "Chưa đủ điều kiện đóng SC-0001: đường truyền chập chờn: đã mất lại 4 lần, cần ổn định 1 giờ. "
        "Sớm nhất lúc HH:MM."
    )


async def test_a_job_declined_and_one_not_accepted_in_time_go_back_to_the_desk_and_on_to_the_next(
    stage: Scene,
) -> None:
    ha, thang = stage.person(HA), stage.person(THANG)
    await thang.starts()
    card = await handed(stage)
    first = stage.box.teams[VO_NHAI]
    job = await rings(first, "SC-0001")
    await thang.taps(job, "Từ chối việc")
    why = await rings(first, "lý do gì")
    await thang.taps(why, "đội hết người")
    declined = await rings(stage.oncall, "VNPT Võ Nhai từ chối SC-0001: đội hết người")
    await first.wait(lambda _: job.text.endswith("không còn giao cho đội, trực ban đang giữ."))
    assert job.buttons == []

    await ha.taps(declined, "VNPT Phú Bình")
    await stage.oncall.wait(lambda _: "Giao VNPT Phú Bình lúc" in card.text)
    stage.clock.jump(stage.clock() + timedelta(minutes=16))
    late = await rings(stage.oncall, "VNPT Phú Bình quá hạn chưa nhận việc SC-0001")
    offered = {button.text for row in late.buttons for button in row}
    assert len(offered) == 4
    assert offered.isdisjoint({"VNPT Võ Nhai", "VNPT Phú Bình"})


async def test_the_desk_acts_for_a_team_without_a_chat_and_the_record_says_so(stage: Scene) -> None:
    ha = stage.person(HA)
    card = await handed(stage, "Viettel Thái Nguyên")
    await stage.oncall.wait(lambda _: any(b.text == "Sau 1 giờ" for row in card.buttons for b in row))
    said = await ha.taps(card, "Sau 1 giờ")
    assert said.text.endswith("Ghi thay đội Viettel Thái Nguyên.")
    await ha.says("/dangdi", chat=stage.oncall, reply_to=card)
    await rings(stage.oncall, "đội đang đến hiện trường (SC-0001). Ghi thay đội Viettel Thái Nguyên.")
    steps = await stage.asks(ha, "/visao SC-0001", "Diễn biến")
    assert "đội nhận việc, trực ban ghi thay đội (Nguyễn Thị Hà)" in steps


async def test_a_team_says_all_by_command_and_lists_its_jobs(stage: Scene) -> None:
    thang, team = stage.person(THANG), stage.box.teams[VO_NHAI]
    await thang.starts()
    card = await handed(stage)
    job = await rings(team, "SC-0001")
    said = [
        ("/nhanviec 30'", "hẹn đến lúc"),
        ("/dennoi", "đã có mặt tại hiện trường"),
        ("/hengio 3h", "dự kiến khắc phục xong lúc"),
        ("/nguyennhan sét đánh hỏng converter", "nguyên nhân SC-0001: sét"),
        ("/hotro cần mở cửa phòng máy", "Trực ban đã được báo"),
    ]
    for words, answer in said:
        typed = await thang.says(words, chat=team, reply_to=job)
        assert answer in (await team.next_message(after=typed, containing="SC-0001", timeout=10)).text
    await rings(stage.oncall, "“cần mở cửa phòng máy”")
    listed = await stage.asks(thang, "/viec", "Việc của đội: 1")
    assert "SC-0001 · Xã Thần Xa (Huyện Võ Nhai) · đang xử lý · Hạn khắc phục:" in listed
    assert "Nguyên nhân: sét" in card.text
