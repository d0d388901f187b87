"""A shift that nobody has is told of a day ahead, once."""

from datetime import date, time, timedelta

import pytest

from operations.empty_shifts import foresee
from storage.tables import Person, Shift
from tests.storage.rows import BINH, HA, LEADER, ONCALL_CHAT

TODAY = date(2025, 11, 24)  # it is 10:00
TOLD = [("empty_shift", ONCALL_CHAT), ("empty_shift", 1000 + LEADER)]


@pytest.fixture
def roster(duty):
    async def write(*shifts):
        async with duty.storage.begin() as session:
            for day, begins, ends, first in shifts:
                session.add(
                    Shift(
                        day=TODAY + timedelta(days=day), begins=time(begins), ends=time(ends), first_id=first
                    )
                )

    return write


async def test_a_gap_is_told_of_a_day_ahead_and_once(duty, clock, roster):
    await roster((0, 8, 8, HA), (1, 8, 17, BINH), (2, 8, 8, HA))  # tomorrow from 17:00 nobody
    await foresee(duty.desk, clock.on(hours=6, minutes=59))
    assert await duty.letters("empty_shift") == []
    for _ in range(3):
        await foresee(duty.desk, clock.on(minutes=1))
    assert await duty.letters("empty_shift") == TOLD
    assert (await duty.notices())[0].splitlines() == [
        "Ca trực chưa có người",
        "Từ 17:00 25/11 đến 08:00 26/11",
    ]


async def test_a_shift_without_a_name_is_empty_and_so_is_one_of_somebody_locked(duty, clock, roster):
    await roster((0, 8, 20, HA), (0, 20, 8, None), (1, 8, 8, BINH), (2, 8, 8, HA))
    await foresee(duty.desk, clock.at)
    assert await duty.letters("empty_shift") == TOLD
    async with duty.storage.begin() as session:
        person = await session.get(Person, BINH)
        person.locked_at = clock.at
        session.add(person)
    await foresee(duty.desk, clock.on(minutes=1))
    assert len(await duty.letters("empty_shift")) == 2  # the same gap, which is longer now
    assert (await duty.notices())[0].splitlines()[1].startswith("Từ 20:00")


async def test_a_roster_that_ends_is_a_gap_without_an_end(duty, clock, roster):
    await roster((0, 8, 8, HA))
    await foresee(duty.desk, clock.at)
    assert (await duty.notices())[0].splitlines()[1] == "Từ 08:00 25/11 trở đi"


async def test_without_a_roster_nothing_is_told(duty, clock, roster):
    await foresee(duty.desk, clock.at)
    await roster((-9, 8, 8, HA))  # which ended long ago
    await foresee(duty.desk, clock.at)
    assert await duty.letters("empty_shift") == []
