"""Reports beyond the first: kinds, repeats, a flood, an hour away, a night, works, two lines of one unit."""

from datetime import timedelta

from sqlmodel import select

from incidents.model import LineState
from storage import policies
from storage.tables import Channel
from tests.journeys.conftest import Scene
from tests.journeys.people import HA, NAM, XA
from tests.journeys.test_away import until_state
from tests.journeys.test_works import works

OTHER_LINE = "T18"  # the Department of Health's line, given to Thần Xa as a second main one


async def test_each_command_says_what_kind_of_report_it_is(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    await stage.asks(nam, "/cham cả sáng", "SC-0001")
    card = await stage.card("báo sự cố")
    assert "Triệu Văn Nam báo mạng chập chờn lúc" in card.text
    assert "“cả sáng”" in card.text


async def test_the_same_again_is_one_report_and_rings_nobody(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    await stage.asks(nam, "/baosuco mất mạng", "SC-0001")
    card = await stage.card("báo sự cố")
    assert await stage.asks(nam, "/matmang đèn đỏ") == "Đã ghi nhận, phiếu SC-0001."
    await stage.oncall.wait(lambda _: "“mất mạng; đèn đỏ”" in card.text)
    assert stage.oncall.bot_messages == [card]


async def test_a_flood_is_slowed_by_one_sentence(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    await stage.asks(nam, "/baosuco", "SC-0001")
    before = nam.chat.bot_messages[-1]
    for number in range(12):
        await nam.says(f"/baosuco lần {number}")
    slowed = await nam.chat.next_message(after=before, containing="nhiều tin", timeout=10)
    assert slowed.text == (
        "Đồng chí đã gửi nhiều tin trong ít phút. Các tin trước đã được ghi nhận ở phiếu SC-0001; "
        "đề nghị đồng chí gửi tiếp sau 10 phút."
    )
    await stage.asks(nam, "/trangthai", "Thần Xa")  # which is heard after all of them
    said = [message.text for message in nam.chat.bot_messages if message.id > before.id]
    assert said.count(slowed.text) == 1
    assert said.count("Đã ghi nhận, phiếu SC-0001.") == 5


async def test_what_was_written_while_telegram_was_away_is_of_its_own_time(stage: Scene) -> None:
    ha, nam = stage.person(HA), stage.person(NAM)
    await nam.starts()
    await stage.cut(XA)
    card = await stage.card()
    await ha.taps(card, "Tiếp nhận")
    await stage.oncall.wait(lambda _: "đã tiếp nhận" in card.text)
    await stage.box.telegram.faults.away()
    typed = await nam.says("/matmang mất từ 14 giờ")
    await stage.heal(XA)
    await until_state(stage, XA, LineState.UP)
    stage.clock.jump(stage.clock() + timedelta(hours=1))
    await stage.box.telegram.faults.heal()
    answer = await nam.chat.next_message(after=typed, containing="đã ghi nhận", timeout=60)
    assert answer.text.startswith("SC-0001: đã ghi nhận báo cáo của đồng chí.\nSự cố lúc ")
    assert "đường truyền đến Xã Thần Xa hiện thông suốt." in answer.text
    assert not answer.buttons
    await stage.oncall.wait(lambda _: "“mất từ 14 giờ”" in card.text)
    assert not any("SC-0002" in message.text for message in stage.oncall.bot_messages)


async def test_at_night_an_officer_hears_nothing_but_the_answer(stage: Scene) -> None:
    ha, nam = stage.person(HA), stage.person(NAM)
    await nam.starts()
    now = stage.clock().astimezone(stage.app.desk.voice.zone)
    hours = {
        "since": f"{now - timedelta(hours=1):%H:%M}",
        "until": f"{now + timedelta(hours=2):%H:%M}",
    }
    async with stage.app.desk.act() as act:
        await policies.change(act.session, "quiet", hours, act.at)
    await stage.cut(XA)
    card = await stage.card()
    await stage.asks(nam, "/matmang", "SC-0001")
    answered = nam.chat.bot_messages[-1]
    await ha.taps(card, "Tiếp nhận")
    await stage.oncall.wait(lambda _: "đã tiếp nhận" in card.text)
    await stage.heal(XA)
    await stage.oncall.wait(lambda _: card.text.startswith("🟢"), 15)
    await stage.asks(nam, "/trangthai", "Thần Xa")
    assert [m.text.split()[0] for m in nam.chat.bot_messages if m.id > answered.id] == ["Xã"]  # its answer

    stage.clock.jump(stage.clock() + timedelta(hours=2, minutes=1))
    stage.app.chat.posted()
    morning = await nam.chat.next_message(containing="có kết nối trở lại", timeout=15)
    assert "SC-0001" in morning.text
    assert not any("đang phụ trách" in m.text for m in nam.chat.bot_messages)  # which is news no longer


async def test_a_report_of_a_line_under_works_is_told_until_when_and_rings_nobody(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    await works(stage, XA)
    await stage.cut(XA)
    await until_state(stage, XA, LineState.DOWN)
    answer = await stage.asks(nam, "/matmang", "SC-0001")
    assert "🔧 Đang bảo trì đến " in answer
    assert ": thay tủ quang" in answer
    card = await stage.card("SC-0001")
    assert "Tạm dừng tính giờ: đang bảo trì theo kế hoạch" in card.text
    assert card.silent


async def test_of_two_lines_that_differ_the_officer_may_say_which(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    async with stage.app.desk.storage.begin() as session:
        by_code = {row.code: row for row in await session.exec(select(Channel))}
        by_code[OTHER_LINE].unit_id = by_code[XA].unit_id
    await stage.app.patrol.refresh()
    await stage.cut(OTHER_LINE)
    card = await stage.card("mất một đường truyền")
    typed = await nam.says("/matmang trụ sở công an xã")
    answer = await nam.chat.next_message(after=typed, containing="sự cố ở đường nào?", timeout=5)
    assert (await nam.taps(answer, f"Kênh {OTHER_LINE}")).text == f"Đã ghi nhận: kênh {OTHER_LINE}."
    await stage.oncall.wait(lambda _: f"(đường truyền cũng không phản hồi; kênh {OTHER_LINE})" in card.text)
    await nam.chat.wait(lambda _: len(answer.buttons) == 1)


async def test_of_two_lines_that_are_alike_nothing_is_asked(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    async with stage.app.desk.storage.begin() as session:
        by_code = {row.code: row for row in await session.exec(select(Channel))}
        by_code[OTHER_LINE].unit_id = by_code[XA].unit_id
    await stage.app.patrol.refresh()
    answer = await stage.asks(nam, "/baosuco", "SC-0001")
    assert "đường nào" not in answer
