"""A unit says what power it has: on its own ticket that moves cause and clock, on a shared one nothing."""

from datetime import timedelta

import pytest

from incidents.actions import Acknowledge, Assign
from incidents.lifecycle import Refused, Step
from incidents.model import Cause, Suspension
from incidents.refusal import Refusal
from incidents.said import Kind, Power
from operations.power import say_power
from operations.respond import respond
from operations.tick import tick
from storage import incidents
from storage.tables import Person
from tests.operations.conftest import NO, kept
from tests.storage import county
from tests.storage.rows import DINH_CA, DISTRICT, HA, LINE_THAN_XA, NAM, TEAM, THAN_XA, UPLINK

HELD = {Suspension.POWER}


async def says_power(duty, power, unit=THAN_XA, incident=1, person=NAM):
    async with duty.storage.read() as session:
        author = await session.get(Person, person)
    return await say_power(duty.desk, author, incident, unit, power)


async def test_no_power_is_the_cause_by_the_unit_s_word_and_stops_the_carrier_s_clock(duty, says, clock):
    await duty.lose(LINE_THAN_XA)
    await says({2: [NO]})
    await respond(duty.desk, 1, Assign(HA, TEAM))
    step = await says_power(duty, Power.OUT)
    assert (step.after.cause, step.after.suspensions) == (Cause.POWER, HELD)
    card = await duty.card(1)
    assert "Nguồn điện theo đơn vị: mất điện" in card
    assert "Tạm dừng tính giờ của nhà mạng: đơn vị mất điện" in card
    assert "Hạn khắc phục" not in card


async def test_power_that_is_back_takes_it_back_and_history_keeps_both(duty, says, clock):
    await says({2: [NO]})
    await says_power(duty, Power.OUT)
    clock.on(minutes=30)
    step = await says_power(duty, Power.GRID)
    assert (step.after.cause, step.after.suspended, step.after.idle) == (None, None, timedelta())
    async with duty.storage.read() as session:
        told = [row for row in await incidents.timeline(session, 1) if row.action == "saypower"]
    assert [(row.person_id, row.data["power"]) for row in told] == [(NAM, "out"), (NAM, "grid")]


async def test_the_same_answer_twice_changes_nothing(duty, says):
    await says({2: [NO]})
    await says_power(duty, Power.OUT)
    again = await says_power(duty, Power.OUT)
    assert again.refusal is Refusal.NOTHING_NEW


async def test_the_desk_is_still_called_while_a_unit_has_no_power(duty, says, clock):
    await says({2: [NO]})
    await says_power(duty, Power.OUT)
    await tick(duty.desk, clock.on(minutes=10))
    assert [name for name, _ in await duty.letters("escalated")] == ["escalated"]


async def test_a_report_of_a_power_cut_says_so_by_itself(duty, says):
    told = await says({2: [NO]}, words="mất điện cả xã rồi", kind=Kind.POWER)
    assert (told.incident.cause, told.incident.suspensions) == (Cause.POWER, HELD)


async def test_a_unit_behind_a_dead_uplink_speaks_for_itself_alone(duty, says):
    await duty.lose(UPLINK)
    await says({1: [NO], 2: [NO]})
    step = await says_power(duty, Power.OUT)
    assert (step.after.unit, step.after.cause, step.after.suspended) == (DISTRICT, None, None)
    assert "Mất điện theo đơn vị: Xã Thần Xa (1)" in await duty.card(1)


async def test_the_ticket_of_another_unit_is_none_of_it(duty, says):
    await says({2: [NO]})
    told = await says_power(duty, Power.OUT, unit=DINH_CA)
    assert (told.refusal, (await duty.incidents())[0].power) == (Refusal.FOREIGN, ())


async def test_after_the_line_is_back_no_power_is_a_cause_and_no_clock_stands(duty, says):
    await duty.lose(LINE_THAN_XA)
    await respond(duty.desk, 1, Acknowledge(HA))
    await duty.regain(LINE_THAN_XA)
    step = await says_power(duty, Power.OUT)
    assert (step.after.cause, step.after.suspended) == (Cause.POWER, None)


class TestOfMany:
    """One unit's word among many: it holds nobody's clock, and follows the unit."""

    FIRST = county.communes(1)

    @pytest.fixture
    def duty(self, storm):
        return storm

    async def says_power(self, storm, power, incident, unit=101):
        return await says_power(storm, power, unit, incident, county.NAM)

    async def test_it_stands_on_the_card_and_holds_no_clock(self, storm):
        await storm.lose(*self.FIRST)
        step = await self.says_power(storm, Power.OUT, 1)
        assert isinstance(step, Step)
        assert (step.after.cause, step.after.suspended) == (None, None)
        assert "Mất điện theo đơn vị: Xã số 101 (1)" in await storm.card(1)

    async def test_it_follows_the_unit_when_its_line_goes_on_alone(self, storm, clock):
        await storm.lose(*self.FIRST)
        await self.says_power(storm, Power.OUT, 1)
        await storm.regain(*self.FIRST - {101})
        await storm.live(90)
        await tick(storm.desk, clock.at)
        alone = (await storm.incidents())[-1]
        assert (alone.silent, alone.cause, alone.suspensions) == ((101,), Cause.POWER, HELD)

    async def test_said_of_a_ticket_that_became_a_part_of_it_it_stands_there(self, storm, says, clock):
        await says({}, unit=101, person=county.NAM)
        await self.says_power(storm, Power.OUT, 1)
        await storm.lose(*self.FIRST)
        wide = (await storm.incidents())[-1]
        assert (wide.power, wide.suspended) == (((101, Power.OUT),), None)
        told = await self.says_power(storm, Power.GRID, 1)
        assert not isinstance(told, Refused)
        assert (told.after.id, told.after.power) == (wide.id, ((101, Power.GRID),))
        assert [row.incident_id for row in await kept(storm)] == [wide.id]
