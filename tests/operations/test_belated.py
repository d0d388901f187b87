"""A report that comes long after it was written is of the time it was written."""

from datetime import timedelta

import pytest

from incidents.actions import Acknowledge, Close
from incidents.model import Status
from operations.respond import respond
from tests.operations.conftest import NO, OFFICER_CHAT, YES, kept
from tests.storage.rows import HA, LINE_THAN_XA

WELL, GONE = {1: [YES], 2: [YES, YES]}, {1: [YES], 2: [NO, NO]}
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def outage(duty, clock):
    """Have the line out for some minutes and back; return a time in them, an hour ago."""
    await duty.lose(LINE_THAN_XA)
    said = clock.on(minutes=10)
    await duty.regain(LINE_THAN_XA)
    clock.on(hours=1)
    return said


async def test_it_joins_the_outage_of_that_time_and_the_answer_says_that_it_is_over(duty, says, outage):
    told = await says(WELL, said_at=outage)
    (row,) = await kept(duty)
    assert (told.opened, told.incident.id, row.incident_id, row.said_at) == (False, 1, 1, outage)
    assert (await duty.notices())[-1] == (
        "SC-0001: đã ghi nhận báo cáo của đồng chí.\n"
        "Sự cố lúc 10:00 đã khắc phục lúc 10:10; đường truyền đến Xã Thần Xa hiện thông suốt.\n"
        "Nếu đơn vị vẫn chưa dùng được, đề nghị đồng chí gửi /baosuco."
    )
    assert "Nam báo lúc 10:10: “mất mạng” (" in await duty.card(1)
    assert "tin đến lúc 11:1" in await duty.card(1)


async def test_it_joins_one_that_was_closed_meanwhile(duty, says, outage):
    await respond(duty.desk, 1, Acknowledge(HA))
    await respond(duty.desk, 1, Close(HA))
    told = await says(WELL, said_at=outage)
    assert (told.incident.id, told.incident.status, len(await duty.incidents())) == (1, Status.CLOSED, 1)


async def test_a_line_that_is_out_again_is_told_of_as_it_stands_now(duty, says, outage, clock):
    await respond(duty.desk, 1, Acknowledge(HA))
    await respond(duty.desk, 1, Close(HA))
    told = await says(GONE, said_at=outage)
    assert (told.opened, told.incident.id) == (True, 2)
    said = (await duty.notices())[-1].splitlines()
    assert said[1] == "Tin gửi lúc 10:10 đến nay hệ thống mới nhận được; dưới đây là tình hình hiện tại."
    assert said[2] == "Hệ thống cũng ghi nhận: đường truyền đến Xã Thần Xa không phản hồi."


async def test_of_a_time_without_an_outage_it_is_a_report_as_any_other(duty, says, clock):
    said = clock.at
    clock.on(hours=2)
    told = await says(WELL, said_at=said)
    assert (told.opened, (await kept(duty))[0].said_at) == (True, said)


async def test_what_was_written_just_now_is_not_late_however_the_clocks_differ(duty, says, outage, clock):
    told = await says(WELL, said_at=clock.at + 3 * MINUTE)
    assert (told.opened, (await kept(duty))[0].said_at) == (True, clock.at)


async def test_a_late_message_is_no_repeat_of_a_present_one(says, outage):
    await says(WELL)
    assert not (await says(WELL, source="telegram:2", said_at=outage)).repeated


async def test_its_author_is_told_of_a_relapse(duty, says, outage, clock):
    clock.at = outage + 5 * MINUTE
    await says(WELL, said_at=outage)
    await duty.lose(LINE_THAN_XA)
    assert await duty.letters("relapsed") == [("relapsed", -100), ("relapsed", OFFICER_CHAT)]
