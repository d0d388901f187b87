"""The journal: timelines and deeds as one list, by person, ticket and day, a page at a time."""

from datetime import timedelta

from incidents.actions import Acknowledge
from operations.journal import Filter, entries
from operations.lock import lock, unlock
from operations.respond import respond
from tests.operations.door import AT, HA, LONG, NAM, Door


async def test_what_is_done_to_an_account_is_found_by_who_did_it_and_by_whose_it_is(door: Door) -> None:
    nam, long = await door.id_(NAM), await door.id_(LONG)
    await lock(door.desk, nam, long)
    door.clock[0] += timedelta(minutes=1)
    await unlock(door.desk, nam, long)
    async with door.desk.look() as act:
        for person in (nam, long):
            found, more = await entries(act, Filter(person=person), 0, 10)
            assert [(each.what, each.by, each.about) for each in found] == [
                ("unlocked", long, nam),
                ("locked", long, nam),
            ]
            assert not more
        assert await entries(act, Filter(person=await door.id_(HA)), 0, 10) == ([], False)


async def test_pages_follow_each_other_and_a_day_is_a_local_one(door: Door) -> None:
    nam, long = await door.id_(NAM), await door.id_(LONG)
    for number in range(10):
        await (unlock if number % 2 else lock)(door.desk, nam, long)
        door.clock[0] += timedelta(hours=3)
    async with door.desk.look() as act:
        pages = [await entries(act, Filter(), page, 4) for page in range(3)]
        assert [(len(found), more) for found, more in pages] == [(4, True), (4, True), (2, False)]
        told = [each.at for found, _ in pages for each in found]
        assert told == sorted(told, reverse=True)
        today, _ = await entries(act, Filter(day=AT.date()), 0, 10)
        assert len(today) == 6  # from 08:00 to 23:00 there


async def test_a_tickets_timeline_is_told_with_what_nobody_did(duty) -> None:  # type: ignore[no-untyped-def]
    await duty.lose(3)
    [incident] = await duty.incidents()
    await respond(duty.desk, incident.id, Acknowledge(1))
    async with duty.desk.look() as act:
        whole, _ = await entries(act, Filter(incident=incident.id), 0, 10)
        people, _ = await entries(act, Filter(), 0, 10)
    assert [each.what for each in whole] == ["acknowledge", "open"]
    assert [each.what for each in people] == ["acknowledge"]
