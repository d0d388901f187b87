from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from incidents.amendment import Begun, Ended, Extended, Withdrawn
from incidents.maintenance import Fixed, Flexible, Scope, Window
from incidents.recurrence import LAST, MonthDays, NthWeekday, Recurring, Weekdays
from incidents.span import Span
from storage import directory, maintenance
from storage.tables import Channel, MaintenanceChange, Unit
from tests.storage.rows import (
    DEPARTMENT,
    DISTRICT,
    HA,
    LINE_DEPARTMENT,
    LINE_DINH_CA,
    LINE_THAN_XA,
    PROVINCE,
    THAN_XA,
    UPLINK,
)

T0 = datetime(2025, 11, 24, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
EVERYTHING = {UPLINK, LINE_THAN_XA, LINE_DINH_CA, LINE_DEPARTMENT}
FIXED = Fixed(T0, T0 + HOUR)


def recurring(on, until=None):
    return Recurring(on, time(1, 0), 2 * HOUR, ZONE, date(2025, 11, 24), until)


def window(rule=FIXED, channels=(), units=(), **values):
    return Window(rule, Scope(frozenset(channels), frozenset(units)), "thay thiết bị", T0 - HOUR, **values)


async def add(storage, *windows):
    async with storage.begin() as session:
        return [await maintenance.add(session, each) for each in windows]


async def record(storage, known, change, by=None):
    async with storage.begin() as session:
        return await maintenance.record(session, known, change, T0, by)


async def find(storage, number):
    async with storage.read() as session:
        return await maintenance.find(session, number)


async def planned(storage, at=T0):
    async with storage.read() as session:
        return await maintenance.planned(session, await directory.read(session), at)


@pytest.mark.parametrize(
    "rule",
    [
        FIXED,
        Flexible(T0, T0 + 3 * HOUR, HOUR),
        recurring(Weekdays(frozenset({3, 6}))),
        recurring(MonthDays(frozenset({1, 31})), date(2026, 11, 24)),
        recurring(NthWeekday(LAST, 6)),
    ],
)
async def test_a_window_is_read_as_it_was_written(province, rule):
    given = window(rule, channels=[UPLINK, LINE_DEPARTMENT], units=[THAN_XA], by=HA)
    (written,) = await add(province, given)
    assert written.id > 0
    assert await find(province, written.id) == written
    assert (written.rule, written.scope, written.by) == (rule, given.scope, HA)


async def test_what_became_of_a_window_is_read_too(province):
    (flexible,) = await add(province, window(Flexible(T0, T0 + HOUR, HOUR), [UPLINK]))
    begun = await record(province, flexible, Begun(T0))
    extended = await record(province, begun, Extended(T0, T0 + 3 * HOUR), HA)
    assert await find(province, flexible.id) == extended
    assert extended.over == T0 + 3 * HOUR
    ended = await record(province, extended, Ended(T0, T0 + 2 * HOUR), HA)
    assert (await find(province, flexible.id)).over == ended.over == T0 + 2 * HOUR


async def test_changes_are_appended_with_who_made_them(province):
    (known,) = await add(province, window(channels=[UPLINK]))
    await record(province, known, Extended(T0, T0 + 2 * HOUR), HA)
    await record(province, known, Withdrawn(T0))
    async with province.read() as session:
        rows = (await session.exec(select(MaintenanceChange))).all()
    assert [(row.action, row.person_id) for row in rows] == [("extended", HA), ("withdrawn", None)]


async def test_there_is_no_window_with_another_number(province):
    assert await find(province, 7) is None


@pytest.mark.parametrize(
    ("channels", "units", "expected"),
    [
        ([UPLINK], [], {UPLINK, LINE_THAN_XA, LINE_DINH_CA}),  # and all behind it
        ([LINE_THAN_XA], [], {LINE_THAN_XA}),
        ([], [THAN_XA], {LINE_THAN_XA}),
        ([], [DISTRICT], {UPLINK, LINE_THAN_XA, LINE_DINH_CA}),
        ([], [PROVINCE], EVERYTHING),
        ([LINE_DINH_CA], [DEPARTMENT], {LINE_DINH_CA, LINE_DEPARTMENT}),
    ],
)
async def test_a_plan_covers_what_is_named_with_all_below_and_behind(province, channels, units, expected):
    (known,) = await add(province, window(channels=channels, units=units))
    plan = await planned(province)
    assert {channel for channel in EVERYTHING if plan.covers(channel, T0) == known} == expected


async def test_a_line_of_another_unit_is_covered_behind_a_uplink_of_the_unit(province):
    async with province.begin() as session:
        session.add(
            Unit(id=6, edition="2023", code="6", name="Xã xa", folded="xa", kind="xã", parent_id=PROVINCE)
        )
        await session.flush()
        session.add(Channel(id=6, code="K6", unit_id=6, uplink_id=LINE_THAN_XA))
    (known,) = await add(province, window(units=[THAN_XA]))
    assert (await planned(province)).covers(6, T0) == known


async def test_a_position_is_behind_turned_round(province):
    async with province.read() as session:
        inventory = await directory.read(session)
    for channel in EVERYTHING:
        above = {each for each in EVERYTHING if channel in inventory.behind(each)}
        assert maintenance.position(inventory, channel).channels == above | {channel}


async def test_an_empty_plan_covers_nothing(province):
    assert (await planned(province)).covers(UPLINK, T0) is None


async def test_a_plan_leaves_out_what_is_over(province):
    recurs = recurring(Weekdays(frozenset({0})))
    kept = await add(province, window(channels=[UPLINK]), window(recurs, units=[PROVINCE]))
    assert [each.id for each in (await planned(province, T0)).windows] == [each.id for each in kept]
    assert [each.rule for each in (await planned(province, T0 + HOUR)).windows] == [recurs]


async def test_a_plan_leaves_out_what_was_withdrawn(province):
    (known,) = await add(province, window(recurring(Weekdays(frozenset({0}))), channels=[UPLINK]))
    await record(province, known, Withdrawn(T0))
    assert (await planned(province, T0)).windows == ()


async def test_a_history_has_what_is_over_and_not_what_came_later(province):
    first, _ = await add(
        province, window(channels=[UPLINK]), window(Fixed(T0 + 3 * HOUR, T0 + 4 * HOUR), [UPLINK])
    )
    asked = Span(T0, T0 + 2 * HOUR)
    async with province.read() as session:
        plan = await maintenance.history(session, await directory.read(session), asked)
    assert plan.windows == (first,)
    assert plan.covered(LINE_THAN_XA, asked) == (Span(T0, T0 + HOUR),)


async def test_of_several_windows_the_one_that_ends_last_covers(province):
    longer = window(Fixed(T0, T0 + 2 * HOUR), units=[DISTRICT])
    first, second = await add(province, longer, window(channels=[UPLINK]))
    plan = await planned(province)
    assert plan.covers(UPLINK, T0) == first
    assert plan.covers(LINE_DEPARTMENT, T0) is None
    assert second in plan.windows
