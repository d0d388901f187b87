"""Policies changed from chat: within bounds, once, by an administrator, and in force at once."""

from datetime import timedelta

import pytest

from incidents.knobs import KNOBS
from incidents.roles import Role
from operations.journal import Filter, entries
from operations.tune import NotTuned, Tuned, history, tune, version_of
from storage.tables import Person
from tests.operations.door import HA, LONG, Door

MINUTE = 60_000
NAMES = [knob.name for knob in KNOBS]
TAKE, LEADERS, AGAIN = (NAMES.index(name) for name in ("tiep_nhan", "goi_lanh_dao", "goi_lai"))


async def turn(door: Door, index: int, value: int, by: int = LONG, version: int | None = None) -> object:
    async with door.desk.look() as act:
        now = await version_of(act, KNOBS[index])
    return await tune(door.desk, index, value, now if version is None else version, await door.id_(by))


async def test_a_change_is_a_new_version_in_force_at_once_and_the_rest_stays(door: Door) -> None:
    done = await turn(door, TAKE, 15 * MINUTE)
    assert isinstance(done, Tuned)
    assert (done.before, done.after) == (10 * MINUTE, 15 * MINUTE)
    async with door.desk.look() as act:
        assert act.policies.promise.acknowledge == timedelta(minutes=15)
        assert act.policies.promise.assign == timedelta(minutes=20)
        [(value, _, by)] = await history(act, KNOBS[TAKE])
        assert (value, by) == (15 * MINUTE, await door.id_(LONG))
        [entry], _ = await entries(act, Filter(), 0, 10)
        assert entry.data == {"name": "tiep_nhan", "before": "10m", "after": "15m"}


async def test_a_version_of_which_the_knob_is_the_same_is_none_of_its_history(door: Door) -> None:
    await turn(door, TAKE, 15 * MINUTE)
    await turn(door, TAKE + 1, 30 * MINUTE)
    async with door.desk.look() as act:
        assert [value for value, _, _ in await history(act, KNOBS[TAKE])] == [15 * MINUTE]


@pytest.mark.parametrize("value", [0, KNOBS[TAKE].least - 1, KNOBS[TAKE].most + 1, 10**15])
async def test_what_is_out_of_bounds_is_refused_whatever_the_button_says(door: Door, value: int) -> None:
    assert await turn(door, TAKE, value) is NotTuned.UNSAFE


async def test_a_button_of_before_somebody_elses_change_changes_nothing(door: Door) -> None:
    await turn(door, TAKE, 15 * MINUTE)
    assert await turn(door, TAKE, 30 * MINUTE, version=0) is NotTuned.CHANGED


async def test_what_contradicts_another_policy_is_refused(door: Door) -> None:
    assert isinstance(await turn(door, LEADERS, 8 * MINUTE), NotTuned)
    assert isinstance(await turn(door, LEADERS, 15 * MINUTE), Tuned)
    assert await turn(door, AGAIN, 30 * MINUTE) is NotTuned.WRONG


async def test_only_an_administrator_changes_anything(door: Door) -> None:
    assert await turn(door, TAKE, 15 * MINUTE, by=HA) is NotTuned.NOT_ALLOWED
    await door.change(LONG, role=Role.ONCALL)
    assert await turn(door, TAKE, 15 * MINUTE) is NotTuned.NOT_ALLOWED
    assert await tune(door.desk, len(KNOBS), 1, 0, await door.id_(LONG)) is NotTuned.UNKNOWN


async def test_what_is_open_goes_by_the_change(duty) -> None:  # type: ignore[no-untyped-def]
    await duty.lose(3)
    async with duty.desk.act() as act:
        person = Person(telegram_id=9, name="Quản trị", role=Role.ADMIN)
        act.session.add(person)
        await act.session.flush()
        version = await version_of(act, KNOBS[AGAIN])
    [(_, _, before)] = await duty.timers()
    assert isinstance(await tune(duty.desk, AGAIN, 5 * MINUTE, version, person.id or 0), Tuned)
    [(_, _, after)] = await duty.timers()
    assert before - after == timedelta(minutes=5)
