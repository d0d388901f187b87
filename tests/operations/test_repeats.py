"""The same said again is one report, and a flood is slowed; nothing that was kept is lost."""

from datetime import timedelta

import pytest

from incidents.actions import Close
from incidents.said import Kind
from operations.respond import respond
from tests.operations.conftest import NO, OFFICER_CHAT, kept
from tests.storage.rows import HA, THAN_XA, enlist

OTHER = 9  # another officer of the unit
GONE = {1: [NO], 2: [NO]}


@pytest.fixture
async def colleague(duty):
    async with duty.storage.begin() as session:
        await enlist(session, OTHER, "Mai", THAN_XA)


async def many(says, clock, count, **how):
    """Report *count* times, a second apart."""
    for number in range(count):
        clock.on(seconds=1)
        await says(words=f"lần {number}", source=f"telegram:{number}", **how)


async def test_the_unit_s_next_message_is_no_report_of_its_own_and_its_words_are_kept(duty, says, clock):
    await says(words="mất mạng")
    clock.on(minutes=4)
    again = await says(words="đèn đỏ", source="telegram:2", kind=Kind.DEVICE)
    first, second = await kept(duty)
    assert (again.repeated, again.incident.id, second.repeat_of) == (True, 1, first.id)
    assert "Nam báo lỗi thiết bị lúc 10:00: “mất mạng; đèn đỏ” (chưa kiểm tra được)" in await duty.card(1)
    assert await duty.notices() == [
        "SC-0001: đã ghi nhận báo cáo của đồng chí.\n"
        "Hệ thống chưa kiểm tra được đường truyền đến Xã Thần Xa lúc này.\n"
        "Trực ban đã được báo.\n"
        "Cần tiếp nhận trước 10:10\n"
        "Trụ sở hiện có điện không?",
        "Đã ghi nhận, phiếu SC-0001.",
    ]


async def test_a_repeat_is_not_probed(says, clock):
    await says()

    async def probe(series):
        raise AssertionError("it was probed just now")

    assert (await says(source="telegram:2", probe=probe)).repeated


async def test_a_colleague_s_message_is_the_same_report_and_the_colleague_is_told_too(duty, says, colleague):
    await says()
    await says(source="telegram:2", person=OTHER)
    await respond(duty.desk, 1, Close(HA))
    assert await duty.letters("closed") == [
        ("closed", -100),
        ("closed", OFFICER_CHAT),
        ("closed", 1000 + OTHER),
    ]


async def test_the_same_repeat_twice_is_kept_once(duty, says):
    await says()
    await says(source="telegram:2")
    assert await says(source="telegram:2") is None
    assert len(await kept(duty)) == 2


async def test_after_five_minutes_it_is_a_report_again(says, clock):
    await says()
    clock.on(minutes=5)
    assert not (await says(source="telegram:2")).repeated


async def test_who_says_that_a_closed_ticket_is_not_mended_rings_again(duty, says):
    await says()
    await respond(duty.desk, 1, Close(HA))
    again = await says(source="telegram:2")
    assert (again.repeated, again.opened, again.incident.id) == (False, True, 2)


async def test_another_unit_s_report_is_no_repeat(says):
    await says(GONE)
    assert not (await says(GONE, unit=4, source="telegram:2")).repeated


async def test_a_flood_is_answered_by_one_sentence_and_then_by_silence(duty, says, clock):
    await many(says, clock, 12)
    assert [row.words for row in await kept(duty)] == [f"lần {number}" for number in range(6)]
    assert await duty.letters("flood") == [("flood", OFFICER_CHAT)]
    assert (await duty.notices())[-1] == (
        "Đồng chí đã gửi nhiều tin trong ít phút. Các tin trước đã được ghi nhận ở phiếu SC-0001; "
        "đề nghị đồng chí gửi tiếp sau 10 phút."
    )


async def test_a_flood_that_is_over_is_forgotten(duty, says, clock):
    await many(says, clock, 7)
    clock.on(minutes=10)
    assert await says(source="telegram:late") is not None


async def test_what_is_written_down_for_others_is_no_flood(duty, says, clock):
    for number in range(20):
        clock.on(seconds=1)
        assert await says(unit=4, source=f"telegram:{number}", person=HA, on_behalf=True)


async def test_a_flood_of_one_keeps_no_other_from_being_heard(says, clock, colleague):
    await many(says, clock, 8)
    clock.at += timedelta(seconds=1)
    assert await says(source="telegram:other", person=OTHER) is not None
