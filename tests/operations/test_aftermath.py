"""What follows a report: a word that it works, that it does not, or never mind."""

from datetime import timedelta

import pytest

from incidents.actions import Acknowledge, Assign, Close, Reopen, Resume, Suspend
from incidents.finding import Finding
from incidents.lifecycle import Step
from incidents.model import Status, Suspension
from incidents.refusal import Refusal
from operations.confirm import confirm
from operations.dispute import dispute
from operations.explain import explain
from operations.respond import respond
from operations.retract import Kept, retract
from operations.stake import stake, stakes
from operations.tick import tick
from storage import incidents
from storage.tables import Person
from tests.operations.conftest import NO, OFFICER_CHAT, YES, telling
from tests.storage.rows import DINH_CA, HA, NAM, ONCALL_CHAT, TEAM, TEAM_CHAT, THAN_XA

GOOD, BAD = {1: [YES], 2: [YES, YES]}, {1: [YES], 2: [NO, NO]}


@pytest.fixture
async def nam(duty):
    async with duty.storage.read() as session:
        return await session.get(Person, NAM)


@pytest.fixture
async def back(duty, says):
    """A reported outage whose line has just come back."""
    await duty.lose(2)
    await says(BAD)
    await duty.regain(2)


async def said(duty, nam, outcomes):
    return await confirm(duty.desk, nam, 1, THAN_XA, probe=telling(outcomes))


async def test_a_word_against_bad_probes_closes_nothing_and_stands_on_the_card(duty, nam, says):
    await duty.lose(2)
    await says(BAD)
    done = await said(duty, nam, BAD)
    assert (done.finding, done.incident.live, done.incident.confirmed) == (Finding.LINE_DOWN, True, None)
    assert "Nam báo đã thông lúc" in (card := await duty.card(1))
    assert "nhưng đường truyền chưa phản hồi" in card


async def test_a_confirmed_ticket_closes_once_its_line_has_held_whoever_has_it(duty, nam, back, clock):
    await respond(duty.desk, 1, Acknowledge(HA))
    assert (await said(duty, nam, GOOD)).incident.live
    await tick(duty.desk, clock.on(seconds=70))
    (incident,) = await duty.incidents()
    assert incident.status is Status.CLOSED
    assert "Đơn vị đã xác nhận thông suốt lúc" in (await duty.notices())[-1]


async def test_a_confirmation_of_a_line_that_has_held_closes_at_once(duty, nam, back, clock):
    clock.on(minutes=5)
    assert not (await said(duty, nam, GOOD)).incident.live
    assert await duty.letters("closed") == [("closed", ONCALL_CHAT)]  # its author reads the answer


async def test_a_report_over_a_good_line_closes_on_the_unit_s_word(duty, nam, says):
    await says(GOOD)
    assert (await said(duty, nam, BAD)).incident.live
    assert not (await said(duty, nam, GOOD)).incident.live
    assert (await said(duty, nam, GOOD)).refusal is Refusal.CLOSED


async def test_a_unit_that_still_misses_its_line_rings_the_desk_and_the_team_once(duty, nam, back):
    await respond(duty.desk, 1, Assign(HA, TEAM))
    for _ in range(2):
        await dispute(duty.desk, nam, 1, THAN_XA)
    assert await duty.letters("contested") == [("contested", ONCALL_CHAT), ("contested", TEAM_CHAT)]
    assert "báo vẫn chưa được" in (await duty.card(1)).splitlines()[0]


async def test_a_line_that_is_out_is_contested_without_a_sound(duty, nam, says):
    await duty.lose(2)
    await says(BAD)
    assert isinstance(await dispute(duty.desk, nam, 1, THAN_XA), Step)
    assert await duty.letters("contested") == []


async def test_a_closed_ticket_opens_again_with_its_history(duty, nam, back, clock):
    await respond(duty.desk, 1, Close(HA))
    step = await dispute(duty.desk, nam, 1, THAN_XA)
    assert isinstance(step.action, Reopen)
    assert await duty.letters("reopened") == [("reopened", ONCALL_CHAT)]
    async with duty.desk.look() as act:
        told = await explain(act, (await incidents.find(act.session, 1)))
    assert [(each.action, each.by) for each in told.steps][-2:] == [("close", "Hà"), ("reopen", "Nam")]


async def test_what_was_closed_long_ago_is_a_report_of_its_own(duty, nam, back, clock):
    await respond(duty.desk, 1, Close(HA))
    clock.on(minutes=31)
    assert await dispute(duty.desk, nam, 1, THAN_XA) is None
    assert not (await duty.incidents())[0].live


async def test_a_report_that_alone_holds_a_ticket_is_taken_back_without_a_sound(duty, nam, says):
    await says(GOOD)
    before = await duty.letters()
    done = await retract(duty.desk, nam, None)
    assert (done.kept, done.incident.live) == (None, False)
    assert await duty.letters() == before
    assert "Nam đã rút báo cáo lúc" in await duty.card(1)
    assert (await retract(duty.desk, nam, None)).kept is Kept.NONE


async def test_a_ticket_that_somebody_took_stays_when_its_report_is_taken_back(duty, nam, says):
    await says(GOOD)
    await respond(duty.desk, 1, Acknowledge(HA))
    assert (await retract(duty.desk, nam, None)).incident.live
    await respond(duty.desk, 1, Close(HA))
    assert await duty.letters("closed") == [("closed", ONCALL_CHAT)]  # who took it back hears no more


async def test_a_line_that_is_out_keeps_its_ticket(duty, nam, says):
    await duty.lose(2)
    await says(BAD)
    assert (await retract(duty.desk, nam, 1)).incident.live


async def test_a_report_can_be_taken_back_for_an_hour(duty, nam, says, clock):
    await says(GOOD)
    clock.on(minutes=61)
    assert (await retract(duty.desk, nam, None)).kept is Kept.LATE


async def test_another_s_report_is_not_taken_back(duty, nam, says):
    await says(GOOD, person=HA)
    assert (await retract(duty.desk, nam, 1)).kept is Kept.NONE


async def test_a_promise_that_moves_is_told_once_with_what_it_was(duty, says, clock):
    await duty.lose(2)
    await says(BAD)
    await respond(duty.desk, 1, Assign(HA, TEAM))
    await respond(duty.desk, 1, Suspend(Suspension.MAINTENANCE))
    clock.on(minutes=20)
    await respond(duty.desk, 1, Resume(Suspension.MAINTENANCE))
    assert await duty.letters("moved") == [("moved", OFFICER_CHAT)]
    assert await duty.letters("progress") == [("progress", OFFICER_CHAT)]


async def test_one_has_a_part_in_the_tickets_of_one_s_own_units_alone(duty, nam, says, clock):
    await says(GOOD)
    await says(GOOD, unit=DINH_CA, person=HA, source="telegram:2")
    async with duty.desk.look() as act:
        assert [each.incident.id for each in await stakes(act, nam)] == [1]
        assert await stake(act, nam, 2) is None
        assert await stake(act, nam, 1, DINH_CA) is None
        assert (await stake(act, nam, 1, THAN_XA)).unit == THAN_XA
    await respond(duty.desk, 1, Close(HA), clock.at + timedelta(seconds=1))
    clock.on(hours=1)
    async with duty.desk.look() as act:
        assert await stakes(act, nam) == []
