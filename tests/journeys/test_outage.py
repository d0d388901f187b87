"""A line falls silent, is handled, and comes back: word for word."""

import asyncio
import re

from tests.journeys.conftest import Scene
from tests.journeys.people import HA, MINH, NAM, THANG, VO_NHAI, XA

HOUR = re.compile(r"\d\d:\d\d( \d\d/\d\d)?")


def plain(text: str) -> str:
    """The text with every hour blanked, as they differ from run to run."""
    return HOUR.sub("HH:MM", text)


async def test_an_outage_travels_from_the_first_silence_to_the_closed_ticket(stage: Scene) -> None:
    ha, minh, thang, nam = (stage.person(each) for each in (HA, MINH, THANG, NAM))
    for person in (ha, minh, thang, nam):
        await person.starts()
    team = stage.box.teams[VO_NHAI]

    await stage.cut(XA)
    card = await stage.card()
    assert plain(card.text) == (
        "🔴 SC-0001 · Xã Thần Xa (Huyện Võ Nhai) mất kết nối\n"
        "Từ HH:MM · kênh X05725 · VNPT\n"
        "Phiếu: mới\n"
        "Cần tiếp nhận trước HH:MM"
    )
    assert [[b.text for b in row] for row in card.buttons] == [
        ["Tiếp nhận", "Giao đội"],
        ["Chi tiết", "Thêm…"],
    ]

    answer = await ha.taps(card, "Tiếp nhận")
    assert answer.text == "Đồng chí đã nhận phiếu SC-0001."
    await stage.oncall.wait(lambda _: "đã tiếp nhận" in card.text)
    assert plain(card.text).splitlines()[2:] == [
        "Phiếu: đã tiếp nhận",
        "Đồng chí Nguyễn Thị Hà tiếp nhận lúc HH:MM",
        "Cần giao đội kỹ thuật trước HH:MM",
    ]
    late = await minh.taps(card, "Giao đội")
    assert late.text == ""
    choice = await stage.oncall.next_message(containing="đội nào")
    assert choice.text == "SC-0001 · Xã Thần Xa (Huyện Võ Nhai): giao cho đội nào?"
    given = await minh.taps(choice, "VNPT Võ Nhai")
    assert given.text == "Đã giao SC-0001 cho VNPT Võ Nhai."
    await stage.oncall.wait(lambda _: choice.text == "Đã giao SC-0001 cho VNPT Võ Nhai.")
    assert choice.buttons == []

    job = await team.next_message(containing="SC-0001")
    assert [[b.text for b in row] for row in job.buttons] == [
        ["Nhận, đến sau 30'", "Sau 1 giờ", "Sau 2 giờ"],
        ["Từ chối việc"],
        ["Liên hệ"],
        ["Chi tiết", "Thêm…"],
    ]
    accepted = await thang.taps(job, "Sau 1 giờ")
    assert plain(accepted.text) == "Đội đã nhận việc SC-0001, hẹn đến lúc HH:MM."
    await team.wait(lambda _: "đang xử lý" in job.text)
    assert plain(job.text) == (
        "🔴 SC-0001 · Xã Thần Xa (Huyện Võ Nhai) mất kết nối\n"
        "Từ HH:MM · kênh X05725 · VNPT\n"
        "Phiếu: đang xử lý\n"
        "Đồng chí Nguyễn Thị Hà tiếp nhận lúc HH:MM\n"
        "VNPT Võ Nhai nhận việc lúc HH:MM, hẹn đến lúc HH:MM\n"
        "Hạn khắc phục: HH:MM"
    )
    refused = await stage.asks(ha, "/dong SC-0001")
    assert refused == "Chưa thể đóng SC-0001: còn 1 kênh mất kết nối."

    await stage.heal(XA)
    await stage.oncall.wait(lambda _: card.text.startswith("🟢"), 15)
    assert plain(card.text) == (
        "🟢 SC-0001 · Xã Thần Xa (Huyện Võ Nhai) có kết nối trở lại\n"
        "Từ HH:MM · kênh X05725 · VNPT\n"
        "Có lại lúc HH:MM, gián đoạn dưới 1 phút\n"
        "Phiếu: đã khắc phục (chờ xác nhận)\n"
        "Đồng chí Nguyễn Thị Hà tiếp nhận lúc HH:MM\n"
        "VNPT Võ Nhai nhận việc lúc HH:MM, hẹn đến lúc HH:MM"
    )
    assert (await ha.taps(card, "Đóng phiếu")).text == "Đã đóng phiếu SC-0001."
    closed = await stage.oncall.next_message(containing="đã đóng")
    assert closed.text == ("SC-0001 đã đóng: Xã Thần Xa (Huyện Võ Nhai)\nThời gian gián đoạn: dưới 1 phút.")
    await stage.oncall.wait(lambda _: card.text.startswith("⚪"))
    assert card.buttons == []


async def test_of_two_who_tap_at_once_one_wins_and_the_other_reads_who(stage: Scene) -> None:
    ha, minh = stage.person(HA), stage.person(MINH)
    await stage.cut(XA)
    card = await stage.card()
    answers = await asyncio.gather(ha.taps(card, "Tiếp nhận"), minh.taps(card, "Tiếp nhận"))
    won, lost = sorted((each.text for each in answers), key=lambda text: "trước" in text)
    assert won == "Đồng chí đã nhận phiếu SC-0001."
    assert re.fullmatch(
        r"Đồng chí (Nguyễn Thị Hà|Trần Văn Minh) đã tiếp nhận SC-0001 trước, lúc \d\d:\d\d\.", lost
    )


async def test_the_same_person_tapping_twice_is_told_it_is_done(stage: Scene) -> None:
    ha = stage.person(HA)
    await stage.cut(XA)
    card = await stage.card()
    again = card.button("Tiếp nhận").data
    await ha.taps(card, "Tiếp nhận")
    assert again is not None
    assert (await ha.taps_data(card, again)).text == "Việc này đã được thực hiện: SC-0001."


async def test_a_relapse_reopens_the_same_ticket_with_a_message_that_rings(stage: Scene) -> None:
    await stage.cut(XA)
    card = await stage.card()
    await stage.heal(XA)
    await stage.oncall.wait(lambda _: card.text.startswith("🟢"), 15)
    await stage.cut(XA)
    again = await stage.card("lại mất kết nối")
    assert again.text == "Xã Thần Xa (Huyện Võ Nhai) lại mất kết nối (SC-0001)."
    await stage.oncall.wait(lambda _: card.text.startswith("🔴"))


async def test_replying_to_the_card_is_enough_to_say_which_ticket(stage: Scene) -> None:
    ha = stage.person(HA)
    await stage.cut(XA)
    card = await stage.card()
    await ha.says("/tiepnhan", chat=stage.oncall, reply_to=card)
    await stage.oncall.next_message(containing="Đồng chí đã nhận phiếu SC-0001.")
    await ha.says("/giaoviec vo nhai", chat=stage.oncall, reply_to=card)
    await stage.oncall.next_message(containing="Đã giao SC-0001 cho VNPT Võ Nhai.")


async def given_to(stage: Scene, team: str) -> None:
    await stage.asks(stage.person(HA), f"/giaoviec SC-0001 {team}", f"cho {team}")


async def test_a_team_that_gets_a_job_back_and_one_that_loses_it_are_both_called(stage: Scene) -> None:
    await stage.person(HA).starts()
    first, second = stage.box.teams[VO_NHAI], stage.box.teams["VNPT-173"]
    await stage.cut(XA)
    await stage.card()
    await given_to(stage, "VNPT Võ Nhai")
    job = await first.next_message(containing="SC-0001")
    await given_to(stage, "VNPT Phú Bình")
    await first.next_message(containing="SC-0001 không còn giao cho đội")
    await first.wait(lambda _: job.text.endswith("không còn giao cho đội, đã giao VNPT Phú Bình."))
    await second.next_message(containing="SC-0001")
    await given_to(stage, "VNPT Võ Nhai")
    await first.next_message(containing="SC-0001 lại được giao cho đội")
    await first.wait(lambda _: [[b.text for b in row] for row in job.buttons][1:2] == [["Từ chối việc"]])


async def test_a_relapse_calls_the_team_that_has_the_job(stage: Scene) -> None:
    await stage.person(HA).starts()
    await stage.cut(XA)
    card = await stage.card()
    await given_to(stage, "VNPT Võ Nhai")
    await stage.heal(XA)
    await stage.oncall.wait(lambda _: card.text.startswith("🟢"), 15)
    await stage.cut(XA)
    again = await stage.box.teams[VO_NHAI].next_message(containing="lại mất kết nối", timeout=15)
    assert [[b.text for b in row] for row in again.buttons] == [["SC-0001"]]
