from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from incidents.bandwidth import Rate, Spread
from storage import traffic
from storage.tables import TRAFFIC, TRAFFIC_DAYS

HOUR, DAY, FIVE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=5)
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


async def keep(store, at, rates):
    async with store.sampling() as connection:
        await traffic.keep(connection, rates, at)


async def between(store, channel, start, end):
    async with store.read() as session:
        return await traffic.between(session, channel, start, end)


async def test_an_hour_s_rates_come_back_as_they_were_in_their_order(store, clock):
    told = [Rate(1000 * index, 0xFFFFFFFF * 1000 - 1000 * index) for index in range(12)]
    for rate in told:
        await keep(store, clock.at, {1: rate, 2: Rate(0, 0)})
        clock.on(minutes=5)
    assert await between(store, 1, clock.at - HOUR, clock.at) == told
    assert await between(store, 2, clock.at - HOUR, clock.at) == [Rate(0, 0)] * 12
    assert await between(store, 3, clock.at - HOUR, clock.at) == []


kbits = st.integers(0, 2**32 - 1)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(first=kbits, second=kbits)
async def test_no_value_is_spoilt_by_how_it_is_packed(store, clock, first, second):
    clock.on(hours=1)
    for rate in (Rate(first * 1000, second * 1000), Rate(second * 1000, 0)):
        await keep(store, clock.at, {1: rate})
    kept = await between(store, 1, clock.at, clock.at + HOUR)
    assert kept == [Rate(first * 1000, second * 1000), Rate(second * 1000, 0)]


async def test_a_rate_is_kept_to_the_nearest_kilobit(store, clock):
    await keep(store, clock.at, {1: Rate(1499, 1501)})
    assert await between(store, 1, clock.at, clock.at + HOUR) == [Rate(1000, 2000)]


async def test_a_span_has_the_hours_it_touches_and_no_other(store, clock):
    for _ in range(4):
        await keep(store, clock.at, {1: Rate(clock.at.hour * 1000, 0)})
        clock.on(hours=1)
    whole = await between(
        store, 1, datetime(2025, 11, 24, 4, tzinfo=UTC), datetime(2025, 11, 24, 5, tzinfo=UTC)
    )
    touched = await between(
        store, 1, datetime(2025, 11, 24, 4, 59, tzinfo=UTC), datetime(2025, 11, 24, 5, 1, tzinfo=UTC)
    )
    assert [rate.down for rate in whole] == [4000]
    assert [rate.down for rate in touched] == [4000, 5000]


async def test_what_is_older_than_the_week_is_forgotten(store, clock):
    for _ in range(9):
        await keep(store, clock.at, {1: Rate(0, 0)})
        clock.on(days=1)
    async with store.sampling() as connection:
        await traffic.forget(connection, clock.at)
        kept = (await connection.execute(select(TRAFFIC.c.hour))).scalars().all()
    assert min(kept) * 3600 >= (clock.at - traffic.KEPT - HOUR).timestamp()
    assert len(kept) == 7


async def test_no_look_at_a_channel_reads_the_whole_table(store):
    async with store.read() as session:
        plan = await (await session.connection()).execute(
            text(f"EXPLAIN QUERY PLAN {traffic._BETWEEN}"), {"first": 0, "last": 9, "channel": 1}
        )
    assert not [step for *_, step in plan if step.startswith("SCAN traffic")]


async def days(store, at):
    async with store.read() as session:
        return await traffic.days_to_sum(session, at, VIETNAM)


async def test_a_day_is_summed_once_it_is_over_by_the_desk_s_midnight(store, clock):
    assert await days(store, clock.at) == []
    await keep(store, clock.at, {1: Rate(0, 0)})  # 10:00 in Việt Nam
    assert await days(store, clock.at + timedelta(hours=13, minutes=59)) == []
    assert await days(store, clock.at + timedelta(hours=14)) == [date(2025, 11, 24)]
    async with store.sampling() as connection:
        await traffic.keep_day(connection, date(2025, 11, 24), [(1, 1, (Spread(0, 0, 0), Spread(0, 0, 0)))])
    assert await days(store, clock.at + timedelta(hours=14)) == []


async def test_days_that_nobody_summed_in_time_are_summed_late(store, clock):
    await keep(store, clock.at, {1: Rate(0, 0)})
    assert await days(store, clock.at + 3 * DAY) == [date(2025, 11, 24 + each) for each in range(3)]


async def test_a_day_s_figures_are_written_in_kilobits_and_stay_as_they_were_first(store):
    spreads = Spread(5_499, 4_501, 9_000), Spread(1_000, 2_000, 3_000)
    for samples in (288, 7):
        async with store.sampling() as connection:
            await traffic.keep_day(connection, date(1970, 1, 3), [(4, samples, spreads)])
    async with store.read() as session:
        rows = (await (await session.connection()).execute(select(TRAFFIC_DAYS))).all()
    assert rows == [(2, 4, 288, 5, 5, 9, 1, 2, 3)]


@pytest.mark.parametrize("day", [date(2025, 11, 24), date(2026, 1, 1)])
def test_a_day_of_the_zone_begins_at_its_midnight(day):
    start, end = traffic.bounds(day, VIETNAM)
    assert (start.hour, end - start, start.date()) == (0, DAY, day)
