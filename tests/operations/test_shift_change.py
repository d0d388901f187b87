"""When the next shift begins, the tickets of the last one are offered to it: once, and if there are any."""

from datetime import date, time

import pytest

from incidents.actions import Acknowledge
from incidents.model import Incident
from operations.handover import confirm, hand_over
from operations.respond import begin, respond
from operations.shift_change import change
from storage.tables import Shift
from tests.storage.rows import BINH, HA, ONCALL_CHAT, THAN_XA

OFFERED = [("handover", ONCALL_CHAT), ("handover", 1000 + BINH)]


@pytest.fixture
async def rostered(duty):
    """Hà until 11:00, then Bình; it is 10:00, and one ticket is open."""
    async with duty.storage.begin() as session:
        for begins, ends, first in ((8, 11, HA), (11, 19, BINH)):
            session.add(Shift(day=date(2025, 11, 24), begins=time(begins), ends=time(ends), first_id=first))
    async with duty.desk.act() as act:
        await begin(act, Incident(unit=THAN_XA, opened=act.at), "report")
    return duty


async def pass_on(duty, minutes):
    for _ in range(minutes):
        await change(duty.desk, duty.clock.on(minutes=1))


async def test_the_last_shift_s_tickets_are_offered_once(rostered):
    await respond(rostered.desk, 1, Acknowledge(HA))
    await pass_on(rostered, 59)
    assert await rostered.letters("handover") == []
    await pass_on(rostered, 20)
    assert await rostered.letters("handover") == OFFERED


async def test_without_tickets_nobody_is_asked(rostered):
    await pass_on(rostered, 80)
    assert await rostered.letters("handover") == []


async def test_what_was_handed_over_early_is_not_offered_again(rostered, clock):
    await respond(rostered.desk, 1, Acknowledge(HA))
    clock.on(minutes=50)
    asked = await hand_over(rostered.desk, HA, BINH)
    await confirm(rostered.desk, asked.id, BINH)
    await pass_on(rostered, 30)
    assert await rostered.letters("handover") == OFFERED


async def test_a_bot_that_starts_long_after_the_change_offers_nothing(rostered, clock):
    await respond(rostered.desk, 1, Acknowledge(HA))
    clock.on(hours=2)
    await pass_on(rostered, 5)
    assert await rostered.letters("handover") == []
