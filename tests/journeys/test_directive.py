"""A leader's reply is a directive: passed on, called for, and answered."""

import re
from datetime import timedelta

from operations.tick import tick
from sandbox.telegram import Chat
from tests.journeys.conftest import Scene
from tests.journeys.people import HA, LAN, XA

HOUR = re.compile(r"\d\d:\d\d(?: \d\d/\d\d)?")
WORDS = "Khắc phục ngay, trong 30 phút báo cáo tôi"


def plain(text: str) -> str:
    return HOUR.sub("HH", text)


async def replies(stage: Scene, chat: Chat, words: str = WORDS) -> str:
    """Have the leader reply to the ticket's card that is shown in *chat*; return what is answered."""
    lan = stage.person(LAN)
    asked = await lan.says("/xem SC-0001", chat=chat)
    card = await chat.next_message(after=asked, containing="SC-0001")
    said = await lan.says(words, chat=chat, reply_to=card)
    return (await chat.next_message(after=said)).text


async def test_a_directive_is_answered_by_a_reply_word_for_word(stage: Scene) -> None:
    ha, lan = stage.person(HA), stage.person(LAN)
    await lan.starts()
    await stage.cut(XA)
    await stage.card()
    assert plain(await replies(stage, lan.chat)) == (
        "Kính báo cáo đồng chí: đã chuyển chỉ đạo đến trực ban. Sẽ báo cáo đồng chí trước HH."
    )
    passed = await stage.oncall.next_message(containing="Chỉ đạo số 1")
    assert plain(passed.text) == (
        "Chỉ đạo số 1 của đồng chí Hoàng Thị Lan\n"
        f"“{WORDS}”\n"
        "Phiếu: SC-0001\n"
        "Báo cáo trước HH\n"
        "Báo cáo: trả lời tin này, hoặc gửi /chidao 1 và nội dung."
    )
    assert [[b.text for b in row] for row in passed.buttons] == [["Nhận chỉ đạo", "Đã thực hiện"]]

    received = await ha.taps(passed, "Nhận chỉ đạo")
    assert received.text == "Chỉ đạo số 1: Nguyễn Thị Hà đã nhận."
    await stage.oncall.wait(lambda _: "Nguyễn Thị Hà nhận lúc" in passed.text)
    await ha.says("Đội đã nối cáp xong, đang theo dõi", chat=stage.oncall, reply_to=passed)
    report = await lan.chat.next_message(containing="Kết quả")
    assert plain(report.text) == (
        "Kính báo cáo đồng chí Hoàng Thị Lan về việc thực hiện chỉ đạo\n"
        f"Chỉ đạo: “{WORDS}”\n"
        "Phiếu: SC-0001\n"
        "Kết quả: “Đội đã nối cáp xong, đang theo dõi”\n"
        "Người báo cáo: Nguyễn Thị Hà, lúc HH."
    )
    assert await stage.asks(ha, "/chidao") == "Không có chỉ đạo nào chờ báo cáo."
    assert (await ha.taps(passed, "Đã thực hiện")).text == "Chỉ đạo này đã được báo cáo."


async def test_the_desk_is_called_until_there_is_a_report(stage: Scene) -> None:
    ha, lan = stage.person(HA), stage.person(LAN)
    await lan.joins(stage.oncall)
    await stage.cut(XA)
    await stage.card()
    assert "Chỉ đạo số 1" in await replies(stage, stage.oncall, "kiểm tra nguyên nhân")
    for minutes, said in ((11, "Chưa ai nhận chỉ đạo số 1"), (120, "Chỉ đạo số 1 đã quá hạn báo cáo")):
        stage.clock.jump(stage.clock() + timedelta(minutes=minutes))
        await tick(stage.app.desk, stage.clock())
        called = await stage.oncall.next_message(containing=said)
    assert "(quá hạn)" in await stage.asks(lan, "/chidao", "chờ báo cáo", stage.oncall)
    await ha.taps(called, "Đã thực hiện")
    await stage.oncall.next_message(containing="“Đã thực hiện xong.”")  # where it was given
    await stage.oncall.wait(lambda _: not called.buttons)


async def test_courtesy_is_no_directive_and_what_others_reply_is_theirs(stage: Scene) -> None:
    ha, lan = stage.person(HA), stage.person(LAN)
    await lan.joins(stage.oncall)
    await stage.cut(XA)
    card = await stage.card()
    await lan.says("cảm ơn các đồng chí", chat=stage.oncall, reply_to=card)
    await ha.says("đội đang đến nơi", chat=stage.oncall, reply_to=card)
    assert await stage.asks(ha, "/chidao", "chỉ đạo", stage.oncall) == "Không có chỉ đạo nào chờ báo cáo."
    assert await stage.asks(ha, "/chidao 7 xong") == "Không có chỉ đạo này."


async def test_a_leader_chooses_what_comes(stage: Scene) -> None:
    lan = stage.person(LAN)
    typed = await lan.says("/tuychon")
    shown = await lan.chat.next_message(after=typed)
    assert shown.text.splitlines()[2] == "Phiếu chưa ai tiếp nhận: có"
    await lan.taps(shown, "✅ Phiếu chưa ai tiếp nhận")
    await lan.chat.wait(lambda _: "Phiếu chưa ai tiếp nhận: không" in shown.text)
    assert "gửi lúc 06:45" in await stage.asks(lan, "/tuychon 6h45")
    await stage.cut(XA)
    await stage.card()
    stage.clock.jump(stage.clock() + timedelta(minutes=21))
    await tick(stage.app.desk, stage.clock())
    await stage.oncall.next_message(containing="Chưa ai tiếp nhận")
    await stage.asks(lan, "/toi", "Vai trò: lãnh đạo")
    assert not [each for each in lan.chat.bot_messages if "Chưa ai tiếp nhận" in each.text]
