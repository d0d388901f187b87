"""Vigils: kept over units, ended early, and refused where they make no sense."""

from datetime import timedelta

import pytest

from incidents.span import Span
from incidents.vigil import Occasion, Refusal
from operations.vigil import keep, lift
from storage import vigils

HOUR = timedelta(hours=1)


def from_now(storm, begins, ends):
    return Span(storm.clock.at + begins * HOUR, storm.clock.at + ends * HOUR)


async def to_come(storm):
    async with storm.desk.look() as act:
        return [each.id for each in await vigils.to_come(act.session, act.at)]


async def test_a_vigil_lasts_until_its_end(storm, clock):
    made = await keep(storm.desk, Occasion.STORM, None, from_now(storm, 1, 3))
    assert await to_come(storm) == [made.vigil.id]
    clock.on(hours=3)
    assert await to_come(storm) == []


@pytest.mark.parametrize("begins", [-1, 1])
async def test_one_that_is_lifted_is_no_more_and_is_not_lifted_twice(storm, begins):
    made = await keep(storm.desk, Occasion.WATCH, 101, from_now(storm, begins, 3))
    await lift(storm.desk, made.vigil.id)
    assert await to_come(storm) == []
    assert await lift(storm.desk, made.vigil.id) is Refusal.OVER


@pytest.mark.parametrize(
    ("unit", "begins", "ends", "why"),
    [
        (None, -3, -1, Refusal.PAST),
        (None, 2, 1, Refusal.EMPTY),
        (None, 0, 24 * 8, Refusal.TOO_LONG),
        (None, 24 * 32, 24 * 33, Refusal.FAR),
        (9999, 0, 1, Refusal.UNKNOWN_UNIT),
    ],
)
async def test_what_makes_no_sense_is_refused(storm, unit, begins, ends, why):
    assert await keep(storm.desk, Occasion.STORM, unit, from_now(storm, begins, ends)) is why
    assert await to_come(storm) == []


async def test_there_is_no_lifting_of_what_is_not_there(storm):
    assert await lift(storm.desk, 7) is Refusal.UNKNOWN
