from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from operations.summarise import figures, summarise
from storage.tables import Channel, Chat, Letter, Person, Run
from tests.storage.rows import DISTRICT, LEADER, ONCALL_CHAT

LEADER_CHAT = 1000 + LEADER
TODAY = [("summary", ONCALL_CHAT), ("summary", LEADER_CHAT)]


def at(hour, minute=0, day=24):
    """Return a time of the province's day; it is seven hours ahead."""
    return datetime(2025, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def summary(duty):
    return lambda when: summarise(duty.desk, when, duty.desk.voice.zone)


@pytest.mark.parametrize(
    ("when", "posted"), [(at(7, 29), False), (at(7, 30), True), (at(23, 59), True), (at(0, 5), False)]
)
async def test_it_is_posted_once_its_hour_has_come_however_late(duty, summary, when, posted):
    assert await summary(when) is posted
    assert await duty.letters() == (TODAY if posted else [])


async def test_a_second_time_changes_nothing(duty, summary):
    assert [await summary(at(7, 30 + minute)) for minute in range(3)] == [True, False, False]
    assert await duty.letters() == TODAY


@pytest.mark.parametrize(("first", "posted"), [(at(7, 29), True), (at(7, 31), False)])
async def test_a_first_run_that_began_after_the_hour_has_no_day_to_tell_of(duty, summary, first, posted):
    async with duty.storage.begin() as session:
        session.add(Run(started=first, seen=first))
    assert await summary(at(8, 0)) is posted
    assert await summary(at(7, 30, day=25))


async def test_the_next_day_has_its_own(duty, summary):
    assert await summary(at(7, 30))
    assert await summary(at(7, 30, day=25))
    assert await duty.letters() == TODAY * 2


async def test_every_room_of_the_province_and_every_leader_is_told_once(duty, summary):
    async with duty.storage.begin() as session:
        for number, role, unit in (
            (-401, "lanh_dao", None),
            (-402, "truc_ban", None),
            (-403, "truc_ban", DISTRICT),
        ):
            session.add(Chat(chat=number, role=role, unit_id=unit))
    await summary(at(7, 30))
    assert [chat for _, chat in await duty.letters()] == [ONCALL_CHAT, -402, -401, LEADER_CHAT]


async def test_a_leader_or_a_room_added_later_starts_with_the_next_day(duty, summary, clock):
    await summary(at(7, 30))
    async with duty.storage.begin() as session:
        session.add(Person(telegram_id=77, name="Mới", role="lanh_dao"))
        session.add(Chat(chat=-404, role="truc_ban"))
        (await session.get(Chat, 1)).blocked_at = clock.at  # the first that was told is gone
    assert not await summary(at(9))
    assert await duty.letters() == TODAY


async def test_with_nobody_to_tell_it_waits_for_somebody(duty, summary, clock):
    async with duty.storage.begin() as session:
        (await session.get(Chat, 1)).blocked_at = clock.at
        (await session.get(Person, LEADER)).locked_at = clock.at
    assert not await summary(at(7, 30))
    async with duty.storage.begin() as session:
        (await session.get(Chat, 1)).blocked_at = None
    assert await summary(at(8))


async def test_the_figures_are_those_of_what_happened(duty, clock):
    start = clock.at
    await duty.live(10)
    duty.cut = {1}
    await duty.live(50)
    async with duty.desk.look() as act:
        told = await figures(act, start, clock.at)
    assert (told["out"], told["total"], told["areas"]) == (
        3,
        4,
        [["Võ Nhai", 3, 3]],
    )
    assert (told["opened"], told["recovered"], told["live"], told["unclaimed"]) == (1, 0, 1, 1)
    assert told["availability"] == pytest.approx((4 * 60 - 3 * 50) / 240, abs=0.01)


async def test_the_letter_carries_the_figures_of_its_hour(duty, summary):
    await summary(at(7, 30))
    async with duty.storage.read() as session:
        (letter, _) = (await session.exec(select(Letter))).all()
    assert letter.content["at"] == at(7, 30).isoformat()


async def test_a_retired_channel_is_not_counted(duty, clock):
    await duty.live(5)
    duty.cut = {4}
    await duty.live(15)
    async with duty.storage.begin() as session:
        (await session.get(Channel, 4)).retired_at = clock.at
    async with duty.desk.look() as act:
        told = await figures(act, clock.at - timedelta(days=1), clock.at)
    assert (told["out"], told["total"], told["availability"]) == (0, 3, 1.0)
