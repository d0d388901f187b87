"""What the watch goes by, and what it has learned, over a restart."""

import asyncio
from contextlib import suppress

import pytest
from sqlalchemy import text
from sqlmodel import select

from incidents.habit import Habit
from incidents.policy import Policies
from incidents.sight import Sight
from incidents.wide import EVERYTHING, Group, Scope
from operations.patrol import Patrol
from operations.watching import groups, keep, lines, watch_over
from storage import habits, policies
from storage.tables import Channel, Vantage
from tests.storage.county import LINES, SPARE, VIETTEL, VNPT
from tests.storage.rows import ANCHOR, LINE_DEPARTMENT, LINE_THAN_XA, UPLINK

DAY = 86_400.0


async def stutter(duty, series, seconds=3):
    """Have the line fall silent for a moment, and answer until it is known that no other fell with it."""
    duty.cut = {series}
    await duty.live(seconds)
    duty.cut = set()
    await duty.live(15)


async def known(duty):
    async with duty.storage.read() as session:
        return await habits.read(session)


async def test_what_a_line_has_taught_is_known_after_a_restart(duty, clock):
    await duty.live(5)
    for _ in range(3):
        await stutter(duty, LINE_THAN_XA)
    await keep(duty.desk, duty.watch, clock.now)
    learned = duty.watch.experience.habits[LINE_THAN_XA].faded(clock.now)
    assert learned.silences > 2
    await duty.restart()
    again = duty.watch.experience.habits[LINE_THAN_XA].faded(clock.now)
    assert again == pytest.approx(learned)


async def test_what_was_learned_long_ago_counts_less_when_it_is_kept(duty, clock):
    await duty.live(5)
    await stutter(duty, LINE_THAN_XA)
    await keep(duty.desk, duty.watch, clock.now)
    fresh = (await known(duty))[LINE_THAN_XA]
    await keep(duty.desk, duty.watch, clock.now + 10 * DAY)
    old = (await known(duty))[LINE_THAN_XA]
    assert old[3] == pytest.approx(fresh[3] / 2.718, rel=0.01)  # silences
    assert old[0] > 5  # days watched


async def test_the_time_in_which_nobody_watched_is_not_held_to_have_been_calm(duty, clock):
    await duty.live(5)
    await stutter(duty, LINE_THAN_XA)
    await keep(duty.desk, duty.watch, clock.now)
    before = (await known(duty))[LINE_THAN_XA]
    clock.on(days=3)
    await duty.restart()
    assert duty.watch.experience.habits[LINE_THAN_XA] == Habit(clock.now, *before)


async def test_a_patrol_that_never_saw_the_inventory_forgets_nothing(duty, clock):
    async with duty.storage.begin() as session:
        await habits.write(session, {LINE_THAN_XA: (9.0, 1.0, 2.0, 3.0, 0.0)})
    async with duty.storage.sampling() as connection:
        await connection.execute(text("ALTER TABLE vantages RENAME TO away"))
    patrol = Patrol(duty.desk)
    with suppress(Exception):
        async with asyncio.timeout(5):
            await patrol.run()
    assert await known(duty) == {LINE_THAN_XA: (9.0, 1.0, 2.0, 3.0, 0.0)}


async def test_a_watch_believes_how_we_saw(duty):
    async with duty.storage.begin() as session:
        (await session.exec(select(Vantage))).one().sight = Sight.BLIND
    assert (await watch_over(duty.desk, 0.0)).sight is Sight.BLIND


async def test_the_first_watch_of_all_sees(duty):
    async with duty.storage.sampling() as connection:
        await connection.execute(text("DELETE FROM series"))
        await connection.execute(text("DELETE FROM vantages"))
    assert (await watch_over(duty.desk, 0.0)).sight is Sight.CLEAR


async def test_a_line_is_judged_by_its_own_profile(duty):
    async with duty.storage.begin() as session:
        (await session.get(Channel, LINE_DEPARTMENT)).profile = "ben"
        (await session.get(Channel, UPLINK)).profile = "nobody knows this one"
    watch = await watch_over(duty.desk, 0.0)
    profiles = Policies().profiles
    assert watch.rules[LINE_DEPARTMENT] == profiles["ben"]
    assert watch.rules[UPLINK] == watch.rules[ANCHOR] == profiles["can_bang"]


async def test_a_period_that_is_given_goes_before_those_of_the_profiles(duty):
    async with duty.desk.look() as act:
        periods = {each.rule.period for each in lines(act.directory, act.policies, period=0.5)}
    assert periods == {0.5}


async def test_a_policy_that_was_changed_is_gone_by(duty):
    async with duty.desk.act() as act:
        await policies.change(act.session, "profile", "nhanh", act.at)
    watch = await watch_over(duty.desk, 0.0)
    assert watch.rules[UPLINK] == Policies().profiles["nhanh"]


async def test_a_line_may_fall_with_all_with_its_district_and_with_its_carrier(storm):
    async with storm.desk.look() as act:
        found = {line: groups(act.directory, line) for line in LINES}
    area = Group(Scope.AREA, 100)
    assert found[101] == (EVERYTHING, area, Group(Scope.CARRIER, VNPT))
    assert found[SPARE] == (EVERYTHING, area, Group(Scope.CARRIER, VIETTEL))
    assert found[100] == (EVERYTHING, area, Group(Scope.CARRIER, VIETTEL))  # the district's own line


async def test_the_province_s_own_bodies_share_no_district(duty):
    async with duty.desk.look() as act:
        assert groups(act.directory, LINE_DEPARTMENT) == (EVERYTHING, Group(Scope.CARRIER, 1))


async def test_a_line_without_a_carrier_shares_none(duty):
    async with duty.storage.begin() as session:
        (await session.get(Channel, LINE_DEPARTMENT)).carrier_id = None
    async with duty.desk.look() as act:
        assert groups(act.directory, LINE_DEPARTMENT) == (EVERYTHING,)
