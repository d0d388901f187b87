"""Planned works: what they excuse, whose clocks they hold, and who is told of once they are over."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from incidents.actions import Acknowledge
from incidents.maintenance import Fixed, Flexible, Scope
from incidents.model import Suspension
from operations.maintain import end, plan
from operations.respond import respond
from operations.tick import tick
from operations.upkeep import upkeep
from storage.tables import MaintenanceChange
from tests.storage.county import HA, ONCALL_CHAT, communes

FIRST = communes(1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


async def works(storm, *lines, units=(), rule=None):
    """Have work planned, from now on for an hour unless *rule* says otherwise."""
    rule = rule or Fixed(storm.clock.at, storm.clock.at + HOUR)
    scope = Scope(channels=frozenset(lines), units=frozenset(units))
    return (await plan(storm.desk, rule, scope, "thay tủ quang")).window


async def rung(storm):
    """Return the letters, but for those that told officers of the works beforehand."""
    return [each for each in await storm.letters() if each[0] != "works"]


async def hold(storm):
    """Hold what is open to the plan; return how many letters that posts."""
    before = len(await rung(storm))
    await upkeep(storm.desk)
    return len(await rung(storm)) - before


async def test_a_line_under_works_opens_nothing(storm):
    await works(storm, 101)
    await storm.lose(101)
    assert await hold(storm) == 0
    assert (await storm.incidents(), await rung(storm)) == ([], [])
    assert (await storm.states())[101][0] == "down"  # and yet its history is kept


async def test_others_are_told_of_as_ever(storm):
    await works(storm, 101)
    await storm.lose(101, 102)
    assert [each.silent for each in await storm.incidents()] == [(102,)]


async def test_lines_under_works_are_none_of_those_that_make_an_incident_of_many(storm):
    await works(storm, 101, 102, 103, 104)
    await storm.lose(*FIRST)
    assert [each.wide for each in await storm.incidents()] == [None] * 4


async def test_the_works_of_a_unit_are_those_of_all_below_it(storm):
    await works(storm, units=(100,))
    await storm.lose(*FIRST, 100)
    assert await storm.incidents() == []


async def test_the_works_of_an_uplink_are_those_of_all_behind_it(storm):
    await works(storm, 400)
    await storm.lose(400, seconds=20)
    assert await hold(storm) == 0
    assert await storm.incidents() == []


async def test_what_is_back_before_the_end_was_nothing(storm, clock):
    await works(storm, 101)
    await storm.lose(101)
    await storm.regain(101)
    clock.on(hours=1)
    assert (await hold(storm), await storm.incidents()) == (0, [])


async def test_what_is_down_when_they_end_rings(storm, clock):
    await works(storm, 101)
    await storm.lose(101)
    fell = (await storm.states())[101][1]
    clock.on(hours=1)
    assert await hold(storm) == 1
    (incident,) = await storm.incidents()
    assert (incident.silent, incident.members[0].joined, incident.opened) == ((101,), fell, clock.at)
    assert await rung(storm) == [("card", ONCALL_CHAT)]
    assert await hold(storm) == 0


async def test_what_is_down_when_they_are_ended_early_rings(storm):
    window = await works(storm, 101)
    await storm.lose(101)
    await end(storm.desk, window.id)
    await upkeep(storm.desk)
    assert [each.silent for each in await storm.incidents()] == [(101,)]


async def test_an_uplink_that_is_down_when_they_end_has_all_behind_it(storm, clock):
    await works(storm, 400)
    await storm.lose(400, seconds=20)
    clock.on(hours=1)
    await upkeep(storm.desk)
    (incident,) = await storm.incidents()
    assert (incident.root, set(incident.silent)) == (400, communes(4) | {400})


async def test_many_that_are_down_when_they_end_are_one_incident(storm, clock):
    await works(storm, units=(100,))
    await storm.lose(*FIRST)
    clock.on(hours=1)
    await upkeep(storm.desk)
    (incident,) = await storm.incidents()
    assert set(incident.silent) == FIRST


async def test_one_of_two_works_goes_on(storm, clock):
    await works(storm, 101)
    await works(storm, units=(100,), rule=Fixed(clock.at, clock.at + 2 * HOUR))
    await storm.lose(101)
    clock.on(hours=1)
    assert (await hold(storm), await storm.incidents()) == (0, [])


async def test_a_trouble_of_before_has_its_recovery(storm):
    await storm.lose(101)
    await works(storm, 101)
    await upkeep(storm.desk)
    await storm.regain(101)
    assert (await storm.card(1)).startswith("🟢 SC-0001 · Xã số 101 (Huyện Võ Nhai) có kết nối trở lại\n")


async def test_the_clocks_of_what_is_under_works_stand_still_and_go_on_after(storm, clock):
    await storm.lose(101)
    opened = (await storm.incidents())[0].opened
    clock.on(minutes=4)
    started = clock.at
    await works(storm, 101)
    assert await hold(storm) == 0  # a card that waits is drawn anew, and nobody is called
    assert "Tạm dừng tính giờ: đang bảo trì theo kế hoạch" in await storm.card(1)
    assert "Cần tiếp nhận" not in await storm.card(1)
    for _ in range(5):
        await tick(storm.desk, clock.on(minutes=10))
    assert await storm.letters("escalated") == []
    clock.on(minutes=10)
    await upkeep(storm.desk)
    (incident,) = await storm.incidents()
    assert (incident.suspensions, incident.idle) == (frozenset(), clock.at - started)
    assert "Tạm dừng" not in await storm.card(1)
    due = opened + 10 * MINUTE + incident.idle
    await tick(storm.desk, due - timedelta(seconds=1))
    assert await storm.letters("escalated") == []
    await tick(storm.desk, due)
    assert await storm.letters("escalated") == [("escalated", ONCALL_CHAT)]


async def test_clocks_run_while_a_line_of_the_incident_is_under_no_works(storm):
    await storm.lose(*FIRST)
    await works(storm, 101, 102)
    assert await hold(storm) == 0
    assert (await storm.incidents())[0].suspensions == frozenset()
    await works(storm, units=(100,))
    await upkeep(storm.desk)
    assert (await storm.incidents())[0].suspensions == {Suspension.MAINTENANCE}


async def test_blindness_in_the_midst_of_works_holds_them_until_both_are_over(storm, clock):
    await storm.lose(101)
    await works(storm, 101)
    await upkeep(storm.desk)
    storm.cut = set(storm.series)
    await storm.live(20)
    assert (await storm.incidents())[0].suspensions == {Suspension.MAINTENANCE, Suspension.BLIND}
    clock.on(hours=1)
    await upkeep(storm.desk)
    assert (await storm.incidents())[0].suspensions == {Suspension.BLIND}
    storm.cut = {101}
    await storm.live(40)
    (incident,) = await storm.incidents()
    assert (incident.suspensions, incident.idle > HOUR) == (frozenset(), True)


async def test_a_ticket_that_recovers_under_works_is_held_no_more(storm, clock):
    """A relapse hours later would have the works' clock, and nobody would be called for as long."""
    await storm.lose(101)
    await respond(storm.desk, 1, Acknowledge(HA))
    await works(storm, 101)
    await upkeep(storm.desk)
    await storm.regain(101)
    assert "Tạm dừng" not in await storm.card(1)
    clock.on(hours=5)
    await storm.lose(101)
    await upkeep(storm.desk)
    (incident,) = await storm.incidents()
    assert (incident.suspensions, incident.idle) == (frozenset(), timedelta())


async def test_a_flexible_window_begins_with_the_silence(storm, clock):
    await works(storm, units=(100,), rule=Flexible(clock.at, clock.at + 8 * HOUR, HOUR))
    clock.on(hours=3)
    await storm.lose(101)
    fell = (await storm.states())[101][1]
    async with storm.storage.read() as session:
        (change,) = await session.exec(select(MaintenanceChange))
    assert (change.action, await storm.incidents()) == ("begun", [])
    clock.at = fell + HOUR - timedelta(seconds=1)
    assert await hold(storm) == 0
    clock.at = fell + HOUR
    assert await hold(storm) == 1


async def test_a_flexible_window_does_not_begin_with_a_silence_of_before(storm, clock):
    await storm.lose(101)
    await works(storm, units=(100,), rule=Flexible(clock.at, clock.at + 8 * HOUR, HOUR))
    await upkeep(storm.desk)
    await storm.lose(102)
    assert [each.silent for each in await storm.incidents()] == [(101,)]


@pytest.mark.parametrize("table", ["timeline", "outbox"])
async def test_what_cannot_be_written_is_not_half_done_and_done_the_next_time(storm, clock, table):
    await works(storm, 101, 102)
    await storm.lose(101, 102)
    clock.on(hours=1)
    async with storm.storage.sampling() as connection:
        await connection.execute(text(f"ALTER TABLE {table} RENAME TO away"))
    with pytest.raises(OperationalError):
        await upkeep(storm.desk)
    async with storm.storage.sampling() as connection:
        await connection.execute(text(f"ALTER TABLE away RENAME TO {table}"))
    assert (await storm.incidents(), await rung(storm)) == ([], [])
    assert await hold(storm) == 2


async def test_with_nothing_to_do_nothing_is_written(storm):
    await storm.lose(101)
    rung = storm.rung
    await upkeep(storm.desk)
    assert storm.rung == rung


async def test_a_line_under_works_that_stays_out_when_its_uplink_is_back_is_told_of_at_their_end(
    storm, clock
):
    await works(storm, 401)
    await storm.lose(400, 401, seconds=20)
    await storm.regain(400, seconds=40)
    (uplink,) = await storm.incidents()
    assert (uplink.silent, uplink.recovered is None) == ((), False)
    clock.on(hours=1)
    await upkeep(storm.desk)
    assert [each.silent for each in await storm.incidents()] == [(), (401,)]
