"""A report of a line under planned works: it is kept, and rings nobody until they are over."""

from datetime import timedelta

from sqlmodel import select

from incidents.maintenance import Fixed, Scope
from incidents.model import Suspension
from operations.maintain import end, plan
from operations.tick import tick
from operations.upkeep import upkeep
from storage.tables import Letter
from tests.operations.conftest import NO, YES
from tests.storage.rows import DISTRICT, LINE_THAN_XA, ONCALL_CHAT

GONE = {1: [YES], 2: [NO, NO]}
HOUR = timedelta(hours=1)


async def works(duty, clock):
    """Have the line of Thần Xa worked on from now on for an hour."""
    scope = Scope(channels=frozenset({LINE_THAN_XA}))
    return (await plan(duty.desk, Fixed(clock.at, clock.at + HOUR), scope, "thay tủ quang")).window


async def rings(duty):
    """Return the letters to the desk that ring, by kind."""
    async with duty.storage.read() as session:
        rows = await session.exec(select(Letter).where(Letter.chat == ONCALL_CHAT))
        return [row.kind for row in rows if not row.content.get("quiet")]


async def test_it_is_kept_on_a_ticket_that_rings_nobody_and_whose_clocks_stand(duty, says, clock):
    await works(duty, clock)
    told = await says(GONE)
    assert (told.opened, told.incident.suspensions) == (True, {Suspension.MAINTENANCE})
    assert await rings(duty) == []
    assert await tick(duty.desk, clock.at + HOUR / 2) == 0


async def test_the_answer_says_until_when(duty, says, clock):
    await works(duty, clock)
    await says(GONE)
    assert (await duty.notices())[-1].splitlines()[1:] == [
        "Hệ thống cũng ghi nhận: đường truyền đến Xã Thần Xa không phản hồi.",
        "🔧 Đang bảo trì đến 11:00: thay tủ quang",
        "Trụ sở hiện có điện không?",
    ]


async def test_once_the_works_are_over_the_ticket_is_as_any_other(duty, says, clock):
    window = await works(duty, clock)
    await says(GONE)
    await end(duty.desk, window.id)
    await upkeep(duty.desk)
    (incident,) = await duty.incidents()
    assert incident.suspended is None
    await tick(duty.desk, clock.on(minutes=10))
    assert await duty.letters("escalated") == [("escalated", ONCALL_CHAT)]


async def test_while_they_last_they_are_not_forgotten(duty, says, clock):
    await works(duty, clock)
    await says(GONE)
    await upkeep(duty.desk)
    assert (await duty.incidents())[0].suspensions == {Suspension.MAINTENANCE}


async def test_works_elsewhere_hold_nothing(duty, says, clock):
    await works(duty, clock)
    told = await says({1: [YES]}, unit=DISTRICT)
    assert (told.incident.suspended, await rings(duty)) == (None, ["card"])
