"""What people say of a service over good lines, and what its own probe says, is one incident."""

from datetime import timedelta

import pytest
from sqlmodel import select

from incidents.actions import Close
from incidents.finding import Finding
from incidents.lifecycle import Refused
from incidents.model import LineState, Status
from incidents.outcome import Outcome, Reason
from incidents.refusal import Refusal
from incidents.said import Kind
from operations.release import release
from operations.reopen import reopen
from operations.report import report
from operations.respond import respond
from operations.tick import tick
from operations.undo import undo
from operations.watching import watch_over
from storage.letters import Address
from storage.tables import Person, Report, Series, Service
from tests.storage.rows import DEPARTMENT, DINH_CA, HA, NAM, ONCALL_CHAT, PROVINCE, THAN_XA

YES, NO = Outcome(Reason.REPLY, 0.02), Outcome(Reason.TIMEOUT)
GOOD = {each: [YES, YES, YES] for each in (1, 2, 3, 4, 50)}
OWNER, PROBE = 7000, 50


@pytest.fixture
async def duty(duty):
    async with duty.storage.begin() as session:
        session.add(
            Service(
                id=1,
                code="MC",
                name="Một cửa điện tử",
                aliases=["một cửa"],
                owner="Tổ một cửa",
                contact="0208.1",
                chat_id=OWNER,
            )
        )
        await session.flush()
        session.add(Series(id=PROBE, service_id=1, url="icmp://10.30.0.1", vantage_id=1))
    duty.series = (*duty.series, PROBE)
    return duty


@pytest.fixture
def says(duty):
    count = iter(range(1000))

    async def say(words="không vào được một cửa", unit=THAN_XA, outcomes=GOOD, kind=Kind.SERVICE):
        async def probe(series):
            return {each: outcomes[each] for each in series if each in outcomes}

        async with duty.storage.read() as session:
            person = await session.get(Person, NAM)
        return await report(
            duty.desk,
            person,
            unit,
            words,
            probe=probe,
            where=Address(1000 + NAM),
            source=f"telegram:{next(count)}",
            kind=kind,
        )

    return say


async def test_complaints_of_three_units_are_one_ticket_of_the_service(duty, says):
    for unit in (THAN_XA, DINH_CA, DEPARTMENT):
        assert (await says(unit=unit)).finding is Finding.LINE_GOOD
    (incident,) = await duty.incidents()
    assert (incident.service.of, incident.unit, incident.of_lines) == (1, PROVINCE, False)
    card = await duty.card(incident.id)
    assert "Dịch vụ Một cửa điện tử: 3 đơn vị báo lỗi từ" in card
    assert "(Võ Nhai 2, Tỉnh Thái Nguyên 1)" in card
    assert await duty.letters("service_fails") == [("service_fails", OWNER)] * 2


async def test_the_answer_says_what_the_probe_and_the_other_units_say(duty, says):
    await says(unit=DINH_CA)
    await says(outcomes=GOOD | {PROBE: [NO, NO, NO]})
    *_, answer = [text for text in await duty.notices() if "của đồng chí" in text]
    assert "ghi nhận là sự cố của dịch vụ Một cửa điện tử" in answer
    assert "Vừa kiểm tra: dịch vụ không phản hồi." in answer
    assert "1 đơn vị khác cũng báo lỗi này." in answer
    assert "Phụ trách dịch vụ: Tổ một cửa, 0208.1" in answer


async def test_words_beside_a_command_tell_that_it_is_a_service(duty, says):
    await says(kind=Kind.FAULT)
    (incident,) = await duty.incidents()
    assert incident.service is not None
    async with duty.storage.read() as session:
        assert (await session.exec(select(Report.kind))).one() == Kind.SERVICE


async def test_a_line_that_is_bad_goes_first(duty, says):
    await says(outcomes=GOOD | {2: [NO, NO, NO]})
    (incident,) = await duty.incidents()
    assert (incident.service, incident.unit) == (None, THAN_XA)


async def test_a_service_that_is_not_known_is_the_unit_s_own_matter(duty, says):
    await says("không vào được tabmis")
    (incident,) = await duty.incidents()
    assert (incident.service, incident.unit) == (None, THAN_XA)


async def test_the_same_unit_says_it_again_and_it_is_one_complaint(duty, says):
    await says()
    assert (await says("vẫn chưa vào được một cửa")).repeated
    assert not (await says("mất mạng hẳn rồi", kind=Kind.OUTAGE)).repeated
    assert len(await duty.incidents()) == 2


async def test_a_fallen_line_of_the_owner_s_unit_takes_no_part_in_it(duty, says):
    async with duty.storage.begin() as session:
        (await session.get(Service, 1)).unit_id = DEPARTMENT
    await says()
    await duty.lose(4)
    first, second = await duty.incidents()
    assert (first.members, second.root) == ((), 4)


async def test_the_probe_alone_opens_it_and_what_is_said_joins(duty, says):
    await duty.lose(PROBE)
    (incident,) = await duty.incidents()
    assert incident.service.failing is not None
    assert "Dịch vụ Một cửa điện tử không phản hồi từ" in await duty.card(incident.id)
    assert await duty.letters("service_fails") == [("service_fails", OWNER)]
    await says()
    assert len(await duty.incidents()) == 1
    assert await duty.states() == {
        each: (LineState.UP, since) for each, (_, since) in (await duty.states()).items()
    }


async def test_what_is_said_comes_first_and_the_probe_joins(duty, says):
    await duty.live(3)
    await says()
    await duty.lose(PROBE)
    (incident,) = await duty.incidents()
    assert incident.service.failing is not None
    assert "Kiểm tra tự động: không phản hồi từ" in await duty.card(incident.id)


async def test_it_is_not_closed_while_the_probe_fails(duty):
    await duty.lose(PROBE)
    assert isinstance(await respond(duty.desk, 1, Close(1)), Refused)
    await duty.regain(PROBE)
    assert not isinstance(await respond(duty.desk, 1, Close(1)), Refused)


async def test_it_ends_once_the_probe_answers_and_nobody_complains_any_more(duty, says):
    await says()
    await duty.lose(PROBE)
    duty.clock.on(minutes=40)
    assert await tick(duty.desk, duty.clock.at)
    assert (await duty.incidents())[0].live
    await duty.regain(PROBE)
    duty.clock.on(minutes=29)
    await tick(duty.desk, duty.clock.at)
    assert (await duty.incidents())[0].live
    duty.clock.on(minutes=2)
    await tick(duty.desk, duty.clock.at)
    assert (await duty.incidents())[0].status is Status.CLOSED
    over = [("service_over", 1000 + NAM), ("service_over", OWNER)]
    assert await duty.letters("service_over") == over
    assert await duty.letters("closed") == [("closed", ONCALL_CHAT)]


async def test_a_later_complaint_puts_the_end_off(duty, says):
    await says()
    duty.clock.on(minutes=20)
    await says(unit=DINH_CA)
    ((_, _, due),) = [timer for timer in await duty.timers() if timer[1] == "quiet"]
    assert due == duty.clock.at + timedelta(minutes=30)


async def test_a_service_without_a_probe_is_closed_by_the_desk_alone(duty, says):
    async with duty.storage.begin() as session:
        (await session.get(Series, PROBE)).retired_at = duty.clock.at
    await says()
    assert "quiet" not in [kind for _, kind, _ in await duty.timers()]


async def test_a_new_fault_after_the_end_has_a_ticket_of_its_own(duty, says):
    await says()
    await respond(duty.desk, 1, Close(1))
    await says(unit=DINH_CA)
    assert [each.live for each in await duty.incidents()] == [False, True]


async def test_a_restart_forgets_no_service_that_fails(duty):
    await duty.lose(PROBE)
    duty.watch = await watch_over(duty.desk, duty.clock.now)
    await duty.live(5)
    await duty.regain(PROBE, seconds=10)
    (incident,) = await duty.incidents()
    assert incident.service.failing is None


async def test_a_service_whose_probe_is_gone_no_longer_fails_by_it(duty):
    await duty.lose(PROBE)
    async with duty.storage.begin() as session:
        (await session.get(Series, PROBE)).retired_at = duty.clock.at
    await release(duty.desk)
    (incident,) = await duty.incidents()
    assert (incident.live, incident.service.failing) == (True, None)


async def test_a_service_has_one_open_ticket_however_the_closed_ones_are_opened_again(duty, says):
    await says()
    closed = await respond(duty.desk, 1, Close(HA))
    await says()
    assert (await reopen(duty.desk, 1, HA)).refusal is Refusal.FOLLOWED
    assert (await undo(duty.desk, 1, closed.after.version, HA)).refusal is Refusal.FOLLOWED
    await respond(duty.desk, 2, Close(HA))
    assert (await reopen(duty.desk, 1, HA)).after.live
