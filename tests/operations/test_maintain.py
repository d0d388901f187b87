from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from incidents.amendment import Ended, Extended, Refusal, Withdrawn
from incidents.maintenance import Fixed, Flexible, Scope
from incidents.proposal import Warned
from incidents.recurrence import Recurring, Weekdays
from operations.maintain import begin_flexible, end, extend, plan
from storage import maintenance
from storage.tables import Channel, Maintenance, MaintenanceChange, Unit
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

T0 = datetime(2025, 11, 24, 3, 0, tzinfo=UTC)  # the clock's, a Monday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TOMORROW = Fixed(T0 + DAY, T0 + DAY + 2 * HOUR)
NOW = Fixed(T0, T0 + 2 * HOUR)
FLEXIBLE = Flexible(T0, T0 + 8 * HOUR, HOUR)
MONDAYS = Recurring(
    Weekdays(frozenset({0})), time(10, 0), 2 * HOUR, ZoneInfo("Asia/Ho_Chi_Minh"), date(2025, 11, 24)
)


def channels(*ids):
    return Scope(channels=frozenset(ids))


def units(*ids):
    return Scope(units=frozenset(ids))


async def planned(duty, rule=TOMORROW, scope=channels(UPLINK), by=None):  # noqa: B008  (frozen)
    return await plan(duty.desk, rule, scope, "thay thiết bị", by)


async def the_plan(duty):
    async with duty.desk.look() as act:
        return await maintenance.planned(act.session, act.directory, act.at)


async def written(duty, table):
    async with duty.storage.read() as session:
        return (await session.exec(select(table))).all()


async def begin(duty, silent):
    """Tell of channels silent since so many hours after T0."""
    async with duty.desk.act() as act:
        known = await maintenance.planned(act.session, act.directory, act.at)
        since = {channel: T0 + hours * HOUR for channel, hours in silent.items()}
        return await begin_flexible(act, known, since)


async def test_work_is_planned_with_what_it_covers_and_who_planned_it(duty):
    done = await planned(duty, by=HA)
    assert done.channels == {UPLINK, LINE_THAN_XA, LINE_DINH_CA}
    assert (done.warned, done.overlaps) == (frozenset(), ())
    (window,) = (await the_plan(duty)).windows
    assert window == done.window
    assert (window.by, window.reason, window.created) == (HA, "thay thiết bị", T0)


@pytest.mark.parametrize(
    ("rule", "scope", "expected"),
    [
        (Fixed(T0 - HOUR, T0), channels(UPLINK), Refusal.PAST),
        (Fixed(T0 + HOUR, T0 + HOUR), channels(UPLINK), Refusal.EMPTY),
        (Fixed(T0, T0 + 32 * DAY), channels(UPLINK), Refusal.TOO_LONG),
        (TOMORROW, Scope(), Refusal.NO_SCOPE),
        (TOMORROW, channels(UPLINK, 99), Refusal.UNKNOWN_CHANNEL),
        (TOMORROW, units(99), Refusal.UNKNOWN_UNIT),
    ],
)
async def test_what_cannot_be_planned_is_refused_and_not_written(duty, rule, scope, expected):
    assert await planned(duty, rule, scope) == expected
    assert await written(duty, Maintenance) == []


async def test_what_is_retired_is_unknown_and_a_unit_without_lines_has_nothing_to_work_on(duty):
    async with duty.storage.begin() as session:
        (await session.get(Channel, LINE_DEPARTMENT)).retired_at = T0
        (await session.get(Unit, THAN_XA)).retired_at = T0
    assert await planned(duty, scope=channels(LINE_DEPARTMENT)) == Refusal.UNKNOWN_CHANNEL
    assert await planned(duty, scope=units(THAN_XA)) == Refusal.UNKNOWN_UNIT
    assert await planned(duty, scope=units(DEPARTMENT)) == Refusal.NO_CHANNEL


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (NOW, {Warned.SHORT}),
        (Fixed(T0 - timedelta(seconds=59), T0 + HOUR), {Warned.SHORT}),  # nobody writes seconds
        (Fixed(T0 - HOUR, T0 + HOUR), {Warned.SHORT, Warned.STARTED}),
        (Fixed(T0 + 2 * HOUR, T0 + 3 * HOUR), {Warned.URGENT}),
        (TOMORROW, set()),
    ],
)
async def test_what_is_allowed_but_said_is_named(duty, rule, expected):
    assert (await planned(duty, rule)).warned == expected


async def test_what_is_past_is_not_planned_time(duty):
    done = await planned(duty, Fixed(T0 - HOUR, T0 + HOUR))
    assert done.window.rule == Fixed(T0, T0 + HOUR)


async def test_work_on_the_same_lines_at_the_same_time_is_allowed_and_said(duty):
    first = await planned(duty, scope=units(DISTRICT))
    await planned(duty, scope=channels(LINE_DEPARTMENT))  # other lines
    await planned(duty, Fixed(T0 + 2 * DAY, T0 + 3 * DAY), units(PROVINCE))  # another day
    again = await planned(duty, scope=channels(LINE_THAN_XA))
    assert again.overlaps == (first.window,)
    assert Warned.OVERLAPS in again.warned
    assert len((await the_plan(duty)).windows) == 4


async def test_a_window_that_never_began_overlaps_nothing(duty, clock):
    await planned(duty, Flexible(T0, T0 + HOUR, 8 * HOUR))
    at = clock.on(hours=2)
    assert (await planned(duty, Fixed(at, at + HOUR))).overlaps == ()


async def test_work_that_is_going_on_ends_early(duty, clock):
    number = (await planned(duty, NOW)).window.id
    at = clock.on(minutes=30)
    assert (await the_plan(duty)).covers(LINE_THAN_XA, at)
    assert (await end(duty.desk, number, HA)).change == Ended(T0, at)
    assert not (await the_plan(duty)).covers(LINE_THAN_XA, at)
    assert [(row.action, row.person_id) for row in await written(duty, MaintenanceChange)] == [("ended", HA)]


async def test_work_that_is_going_on_is_extended(duty, clock):
    number = (await planned(duty, NOW)).window.id
    clock.on(hours=1)
    assert (await extend(duty.desk, number, T0 + 4 * HOUR)).change == Extended(T0, T0 + 4 * HOUR)
    assert (await the_plan(duty)).covers(UPLINK, clock.on(hours=2))


async def test_of_what_recurs_only_the_span_that_runs_is_ended(duty, clock):
    number = (await planned(duty, MONDAYS)).window.id
    await end(duty.desk, number)
    assert not (await the_plan(duty)).covers(UPLINK, clock.at)
    assert (await the_plan(duty)).covers(UPLINK, clock.on(days=7))


async def test_all_that_recurs_can_be_withdrawn(duty, clock):
    number = (await planned(duty, MONDAYS)).window.id
    assert (await end(duty.desk, number, whole=True)).change == Withdrawn(T0)
    assert not (await the_plan(duty)).covers(UPLINK, clock.on(days=7))


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (lambda desk, number: end(desk, number + 1), Refusal.UNKNOWN_WINDOW),
        (lambda desk, number: extend(desk, number + 1, T0 + DAY), Refusal.UNKNOWN_WINDOW),
        (lambda desk, number: extend(desk, number, T0 + HOUR), Refusal.NOT_LATER),
    ],
)
async def test_a_change_that_cannot_be_is_refused_and_not_written(duty, act, expected):
    number = (await planned(duty, NOW)).window.id
    assert await act(duty.desk, number) == expected
    assert await written(duty, MaintenanceChange) == []


async def test_the_second_of_two_who_end_it_hears_that_it_is_over(duty, clock):
    number = (await planned(duty, NOW)).window.id
    clock.on(minutes=5)
    await end(duty.desk, number, HA)
    assert await end(duty.desk, number) == Refusal.OVER


async def test_a_flexible_window_begins_with_the_earliest_silence_and_covers_from_then(duty, clock):
    await planned(duty, FLEXIBLE)
    assert not (await the_plan(duty)).covers(UPLINK, T0)
    clock.on(hours=2.75)
    plan = await begin(duty, {LINE_THAN_XA: 2.5, LINE_DINH_CA: 2})
    assert plan.windows[0].rule.begun == T0 + 2 * HOUR
    assert plan.covers(UPLINK, T0 + 2.5 * HOUR)
    assert plan.windows == (await the_plan(duty)).windows


@pytest.mark.parametrize("silent", [{LINE_DEPARTMENT: 2}, {UPLINK: -1}, {UPLINK: 9}, {}])
async def test_a_flexible_window_waits_on_where_no_line_of_it_falls_silent_in_its_time(duty, silent):
    await planned(duty, FLEXIBLE)
    plan = await begin(duty, silent)
    assert plan.windows[0].rule.begun is None
    assert await written(duty, MaintenanceChange) == []


async def test_a_flexible_window_begins_once(duty):
    await planned(duty, FLEXIBLE)
    await begin(duty, {UPLINK: 1})
    plan = await begin(duty, {UPLINK: 1.5})
    assert plan.windows[0].rule.begun == T0 + HOUR
    assert len(await written(duty, MaintenanceChange)) == 1
