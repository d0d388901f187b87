"""Announcements: nothing goes before the second press, and each officer gets it once, awake."""

from datetime import timedelta

import pytest
from sqlmodel import select

from operations.broadcast import NotSent, audience, delivery, draft, drop, send
from storage import letters
from storage.tables import Broadcast, Letter
from tests.operations.door import HA, LONG, NAM, Door

NIGHT = timedelta(hours=15)  # 23:00 there


async def writes(door: Door, *, urgent: bool = False, unit: int | None = None) -> Broadcast:
    return await draft(door.desk, await door.id_(LONG), "Họp lúc 14h, 10.1.2.3", unit, "1", urgent=urgent)


async def test_a_draft_is_kept_once_and_sends_nothing(door: Door) -> None:
    rows = [await writes(door) for _ in range(2)]
    assert rows[0].id == rows[1].id
    assert "10.1.2.3" not in rows[0].words
    assert await door.told() == []


async def test_it_goes_to_the_officers_once_and_is_counted(door: Door) -> None:
    row = await writes(door)
    for _ in range(2):
        assert isinstance(await send(door.desk, row.id or 0, await door.id_(LONG)), Broadcast)
    assert [(chat, content["name"]) for chat, content in await door.told()] == [(NAM, "broadcast")]
    async with door.desk.act() as act:
        [letter] = (await act.session.exec(select(Letter))).all()
        assert (await delivery(act, row.id or 0)).waiting == 1
        await letters.settle(act.session, letter, act.at, "dead")
        how = await delivery(act, row.id or 0)
    assert (how.sent, how.failed, how.waiting, how.missed) == (0, 1, 0, (NAM,))


async def test_by_night_it_waits_for_the_morning_unless_it_is_urgent(door: Door) -> None:
    door.clock[0] += NIGHT
    for urgent in (False, True):
        async with door.desk.act() as act:
            await letters.forget(act.session, act.at + timedelta(days=60))
            for row in (await act.session.exec(select(Letter))).all():
                await act.session.delete(row)
        made = await draft(door.desk, await door.id_(LONG), "Tin", None, str(urgent), urgent=urgent)
        await send(door.desk, made.id or 0, await door.id_(LONG))
        async with door.desk.look() as act:
            [letter] = (await act.session.exec(select(Letter))).all()
        assert (letter.not_before > act.at) is not urgent


async def test_whom_it_reaches_are_the_officers_below_the_unit(door: Door) -> None:
    async with door.desk.look() as act:
        whole, other = await audience(act, None), await audience(act, await door.unit("05716"))
    assert (whole.units, [each.telegram_id for each in whole.officers], whole.without) == (3, [NAM], 2)
    assert (other.units, other.officers, other.without) == (1, (), 1)


async def test_what_was_thrown_away_or_is_old_or_of_another_does_not_go(door: Door) -> None:
    row = await writes(door)
    number, long = row.id or 0, await door.id_(LONG)
    assert await send(door.desk, number, await door.id_(HA)) is NotSent.NOT_YOURS
    door.clock[0] += timedelta(hours=3)
    assert await send(door.desk, number, long) is NotSent.EXPIRED
    door.clock[0] -= timedelta(hours=3)
    assert isinstance(await drop(door.desk, number, long), Broadcast)
    assert await send(door.desk, number, long) is NotSent.DROPPED
    assert await send(door.desk, 99, long) is NotSent.UNKNOWN
    assert await door.told() == []


@pytest.mark.parametrize("code", ["05716"])
async def test_where_nobody_is_posted_nothing_is_sent(door: Door, code: str) -> None:
    row = await writes(door, unit=await door.unit(code))
    assert await send(door.desk, row.id or 0, await door.id_(LONG)) is NotSent.NOBODY
