"""A unit says that its line is well though the probes say it is not: the measurement is in doubt."""

import pytest

from incidents.actions import Acknowledge
from incidents.finding import Finding
from incidents.said import Kind
from operations.deny import deny
from operations.respond import respond
from storage.letters import Address
from storage.tables import Person
from tests.operations.conftest import NO, OFFICER_CHAT, YES, kept, telling
from tests.storage.rows import HA, LINE_THAN_XA, NAM, ONCALL_CHAT, THAN_XA

GONE, WELL = {1: [YES], 2: [NO, NO]}, {1: [YES], 2: [YES, YES]}


@pytest.fixture
def denies(duty):
    async def deny_it(outcomes, source="telegram:1", words="mạng vẫn bình thường, 10.1.2.3 vẫn vào được"):
        async with duty.storage.read() as session:
            person = await session.get(Person, NAM)
        where = Address(OFFICER_CHAT)
        return await deny(
            duty.desk, person, THAN_XA, words, probe=telling(outcomes), where=where, source=source
        )

    return deny_it


async def test_against_bad_probes_it_rings_at_the_desk_and_stands_on_the_card(duty, denies):
    await duty.lose(LINE_THAN_XA)
    told = await denies(GONE)
    assert (told.incident.id, told.finding) == (1, Finding.LINE_DOWN)
    assert await duty.letters("doubted") == [("doubted", ONCALL_CHAT)]
    answer, rung = await duty.notices()
    assert answer == (
        "SC-0001: đã ghi nhận ý kiến của đồng chí.\n"
        "Phép đo của hệ thống vẫn chưa thấy thông suốt: trực ban được đề nghị kiểm tra lại phép đo."
    )
    assert rung == (
        "Nghi phép đo: Xã Thần Xa (SC-0001)\n"
        "Đơn vị cho biết mạng vẫn dùng được; vừa kiểm tra: đường truyền cũng không phản hồi.\n"
        "“mạng vẫn bình thường, ▒▒▒ vẫn vào được”"
    )
    assert (
        "Nam cho biết mạng vẫn dùng được lúc 10:00: “mạng vẫn bình thường, ▒▒▒ vẫn vào được” (nghi phép đo)"
        in await duty.card(1)
    )


async def test_words_do_not_close_a_ticket(duty, denies):
    await duty.lose(LINE_THAN_XA)
    await denies(GONE)
    assert (await duty.incidents())[0].silent == (LINE_THAN_XA,)


async def test_it_rings_once_a_ticket(duty, denies):
    await duty.lose(LINE_THAN_XA)
    await denies(GONE)
    await denies(GONE, source="telegram:2")
    assert len(await duty.letters("doubted")) == 1
    assert [row.kind for row in await kept(duty)] == [Kind.FALSE_ALARM] * 2


async def test_with_good_probes_nobody_is_rung(duty, denies):
    await duty.lose(LINE_THAN_XA)
    await denies(WELL)
    assert await duty.letters("doubted") == []
    assert (await duty.notices())[0].endswith("đường truyền đến Xã Thần Xa cũng thông suốt.")


async def test_the_same_message_is_kept_once(duty, denies):
    await duty.lose(LINE_THAN_XA)
    await denies(GONE)
    assert await denies(GONE) is None
    assert len(await kept(duty)) == 1


async def test_without_a_ticket_there_is_nothing_to_doubt(duty, denies):
    assert (await denies(WELL)).incident is None
    assert (await kept(duty), await duty.letters()) == ([], [])


async def test_who_says_that_all_is_well_does_not_wait_for_news(duty, denies):
    await duty.lose(LINE_THAN_XA)
    await denies(GONE)
    await respond(duty.desk, 1, Acknowledge(HA))
    assert await duty.letters("progress") == []
