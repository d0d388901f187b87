"""What follows a report: it works, it does not, never mind, and what its author hears meanwhile."""

from datetime import timedelta

from bot.app import civil_now
from sandbox.telegram import Message
from tests.journeys.conftest import Scene
from tests.journeys.people import HA, MAI, NAM, XA
from tests.journeys.test_report import HOUR


async def back(stage: Scene) -> tuple[Message, Message]:
    """Have a reported outage end; return its card and what its author is told."""
    nam = stage.person(NAM)
    await nam.starts()
    await stage.cut(XA)
    card = await stage.card()
    await stage.asks(nam, "/matmang", "SC-0001")
    await stage.heal(XA)
    return card, await nam.chat.next_message(containing="có kết nối trở lại", timeout=15)


def later(stage: Scene, minutes: int) -> None:
    stage.clock.jump(civil_now() + stage.clock.shift + timedelta(minutes=minutes))


async def test_what_is_confirmed_too_early_stays_open(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    await stage.cut(XA)
    card = await stage.card()
    await stage.asks(nam, "/matmang", "SC-0001")
    answer = await stage.asks(nam, "/xacnhan", "Đã ghi nhận, nhưng")
    assert answer.splitlines()[0] == (
        "Đã ghi nhận, nhưng hệ thống vẫn thấy đường truyền chưa phản hồi; phiếu SC-0001 vẫn mở."
    )
    await stage.oncall.wait(lambda _: "báo đã thông lúc" in card.text)
    assert card.text.startswith("🔴")
    progress = HOUR.sub("HH:MM", await stage.asks(nam, "/tiendo", "Hiện tại"))
    assert progress == (
        "🔴 SC-0001 · Xã Thần Xa (Huyện Võ Nhai) mất kết nối\n"
        "Hiện tại: đường truyền đến Xã Thần Xa mất kết nối từ HH:MM.\n"
        "Trực ban đã được báo.\n"
        "Cần tiếp nhận trước HH:MM"
    )


async def test_what_is_confirmed_with_good_probes_closes_and_says_why(stage: Scene) -> None:
    card, told = await back(stage)
    nam = stage.person(NAM)
    assert [[b.text for b in row] for row in told.buttons] == [["Đã được", "Chưa được"]]
    later(stage, 2)
    await nam.taps(told, "Đã được")
    await nam.chat.wait(
        lambda _: (
            told.text
            == "SC-0001 đã đóng: đơn vị xác nhận đã dùng được, đường truyền thông suốt. Cảm ơn đồng chí."
        )
    )
    closed = await stage.card("đã đóng")
    assert "Đơn vị đã xác nhận thông suốt lúc" in closed.text
    await stage.oncall.wait(lambda _: "Đơn vị xác nhận đã thông lúc" in card.text)
    asked = await stage.asks(nam, "/tiendo", "Phiếu gần nhất")
    assert "Không có phiếu sự cố nào đang mở." in asked


async def test_not_fixed_by_the_button_rings_the_desk_once(stage: Scene) -> None:
    card, told = await back(stage)
    nam, mai = stage.person(NAM), stage.person(MAI)
    data = told.button("Chưa được").data
    assert data is not None
    await mai.starts()
    hello = await mai.chat.next_message(containing="Trực Mạng")
    assert (await mai.taps_data(hello, data)).text == "Không có phiếu này trong phạm vi của đồng chí."
    await nam.taps(told, "Chưa được")
    rung = await stage.card("Xã Thần Xa (Huyện Võ Nhai) báo vẫn chưa được")
    assert rung is not card
    await stage.oncall.wait(lambda _: card.text.startswith("🟡 SC-0001"))
    await nam.chat.wait(lambda _: "trực ban đã được báo" in told.text)
    again = await stage.asks(nam, "/chuaduoc", "đã ghi nhận từ lúc")
    assert again.startswith("SC-0001: đã ghi nhận từ lúc")


async def test_not_fixed_within_the_window_opens_the_same_ticket_again(stage: Scene) -> None:
    card, told = await back(stage)
    ha, nam = stage.person(HA), stage.person(NAM)
    await stage.oncall.wait(lambda _: card.text.startswith("🟢"), 15)
    await ha.taps(card, "Đóng phiếu")
    await nam.chat.next_message(after=told, containing="SC-0001 đã đóng")
    answer = await stage.asks(nam, "/chuaduoc", "mở lại")
    assert answer.splitlines()[0] == "SC-0001 đã được mở lại, trực ban đã được báo."
    await stage.card("SC-0001 được mở lại")
    why = await stage.asks(ha, "/visao SC-0001", "Diễn biến", group=stage.oncall)
    assert "báo vẫn chưa được, mở lại phiếu (Triệu Văn Nam)" in why


async def test_a_report_is_taken_back_without_a_sound(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    await stage.asks(nam, "/baosuco nhầm", "SC-0001")
    card = await stage.card("báo sự cố")
    typed = await nam.says("/huy")
    asked = await nam.chat.next_message(after=typed, containing="có rút báo cáo không")
    await nam.taps(asked, "Rút báo cáo")
    await nam.chat.wait(lambda _: asked.text == "Đã rút báo cáo của đồng chí; phiếu SC-0001 đã đóng.")
    await stage.oncall.wait(lambda _: "Triệu Văn Nam đã rút báo cáo lúc" in card.text)
    assert stage.oncall.bot_messages == [card]
    assert await stage.asks(nam, "/rutbao") == "Đồng chí không có báo cáo nào để rút."
    assert await stage.asks(nam, "/huy") == "Không có thao tác nào đang thực hiện."


async def test_a_report_taken_back_after_somebody_took_it_leaves_the_ticket(stage: Scene) -> None:
    ha, nam = stage.person(HA), stage.person(NAM)
    await nam.starts()
    await stage.asks(nam, "/baosuco nhầm", "SC-0001")
    card = await stage.card("báo sự cố")
    await ha.taps(card, "Tiếp nhận")
    await nam.chat.next_message(containing="đang phụ trách")
    answer = await stage.asks(nam, "/rutbao", "Đã rút")
    assert answer == (
        "Đã rút báo cáo của đồng chí; phiếu SC-0001 vẫn mở.\nTrực ban đang xử lý và sẽ đóng phiếu."
    )
    await stage.oncall.wait(lambda _: "Triệu Văn Nam đã rút báo cáo lúc" in card.text)


async def test_a_promise_that_moves_is_told_with_what_it_was(stage: Scene) -> None:
    ha, nam = stage.person(HA), stage.person(NAM)
    await nam.starts()
    await stage.cut(XA)
    card = await stage.card()
    await stage.asks(nam, "/matmang", "SC-0001")
    for name, heard in (("VNPT Võ Nhai", "VNPT Võ Nhai"), ("Viettel Thái Nguyên", "Trước đó hẹn")):
        await ha.taps(card, "Giao đội")
        offer = await stage.card("giao cho đội nào")
        await ha.taps(offer, name)
        told = await nam.chat.next_message(containing=heard)
        later(stage, 20)
    assert HOUR.sub("HH:MM", told.text) == (
        "SC-0001: Đã giao Viettel Thái Nguyên.\nHạn khắc phục: HH:MM\nTrước đó hẹn HH:MM."
    )
