"""The civil clock stepped by an hour while the desk is at work: verdicts, summaries, timers, samples."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, func, select

from incidents.model import LineState
from incidents.outcome import Observation, Outcome, Reason
from operations import run
from operations.sample import Sampler, roll_up
from operations.summarise import summarise
from operations.tick import tick
from storage.tables import MINUTES, SAMPLES, Interval, Run

HOUR = timedelta(hours=1)
BACK, FORWARD = -HOUR, HOUR
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
STEPS = pytest.mark.parametrize("step", [BACK, FORWARD], ids=["back", "forward"])


async def history(storage):
    """Return every interval as (channel, state, since), in the order they were written."""
    async with storage.read() as session:
        rows = await session.exec(select(Interval).order_by(col(Interval.id)))
        return [(row.channel_id, row.state, row.since) for row in rows]


async def count(storage, table):
    async with storage.read() as session:
        return (await (await session.connection()).execute(select(func.count()).select_from(table))).scalar()


@STEPS
async def test_a_step_makes_no_outage_of_lines_that_answer(duty, clock, step):
    await duty.live(20)
    clock.at += step
    assert await duty.live(60) == []
    assert await duty.incidents() == []


@STEPS
async def test_a_step_makes_no_outage_of_a_silence_too_short_for_one(duty, clock, step):
    await duty.live(20)
    duty.cut = {4}
    await duty.live(2)
    clock.at += step
    await duty.live(2)
    duty.cut = set()
    assert await duty.live(30) == []
    assert await duty.incidents() == []


@STEPS
async def test_an_outage_across_a_step_is_one_incident_and_its_history_stays_in_order(duty, clock, step):
    await duty.live(20)
    duty.cut = {4}
    await duty.live(3)
    clock.at += step
    assert await duty.live(10) == [(4, LineState.DOWN)]
    clock.at -= step
    await duty.live(10)
    duty.cut = set()
    assert await duty.live(10) == [(4, LineState.UP)]
    (incident,) = await duty.incidents()
    assert incident.silent == ()
    sinces = [since for channel, _, since in await history(duty.storage) if channel == 4]
    assert sinces == sorted(sinces)
    (stay,) = incident.members
    assert stay.left >= stay.joined


def at(hour, minute, day=24):
    return datetime(2025, 11, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


async def summaries(duty, *ats):
    """Ask for the summary at each of these times; return which of them posted it."""
    return [await summarise(duty.desk, each, ZONE) for each in ats]


async def test_a_clock_set_back_over_the_hour_of_the_summary_makes_no_second_one(duty):
    asked = [at(7, 29), at(7, 30), at(6, 31), at(7, 29), at(7, 30), at(7, 31)]
    assert await summaries(duty, *asked) == [False, True, False, False, False, False]
    assert await duty.letters("summary") == [("summary", -100), ("summary", 1004)]


async def test_a_clock_set_forward_over_the_hour_of_the_summary_misses_none(duty):
    asked = [at(6, 45), at(7, 45), at(6, 46), at(7, 30), at(7, 30, day=25)]
    assert await summaries(duty, *asked) == [False, True, False, False, True]


async def test_a_clock_set_back_over_midnight_makes_no_second_summary(duty):
    asked = [at(7, 30), at(0, 10, day=25), at(23, 10), at(0, 11, day=25), at(7, 30, day=25)]
    assert await summaries(duty, *asked) == [True, False, False, False, True]


async def ladder(duty, minutes):
    """Let *minutes* go by, with a tick each; return how many timers went off in each that had one."""
    went_off = []
    for _ in range(minutes):
        duty.clock.on(minutes=1)
        if number := await tick(duty.desk, duty.clock.at):
            went_off.append(number)
    return went_off


async def an_incident(duty):
    await duty.live(20)
    duty.cut = {4}
    await duty.live(10)


async def test_a_timer_that_a_step_back_puts_off_goes_off_once(duty, clock):
    await an_incident(duty)
    clock.at += BACK
    assert await ladder(duty, 65) == []
    assert await ladder(duty, 30) == [1, 1]
    assert await ladder(duty, 60) == []


async def test_a_timer_that_went_off_does_not_go_off_again_when_the_clock_is_set_back(duty, clock):
    await an_incident(duty)
    assert await ladder(duty, 12) == [1]
    clock.at += BACK
    assert await ladder(duty, 90) == [1]


async def test_timers_that_a_step_forward_makes_due_go_off_each_once(duty, clock):
    await an_incident(duty)
    clock.at += FORWARD
    assert await ladder(duty, 5) == [2]
    clock.at += BACK
    assert await ladder(duty, 60) == []
    assert await duty.letters("escalated") == [("escalated", -100), ("escalated", 1004)]


def heard(duty, clock, number=1):
    return [
        Observation(series, Outcome(Reason.REPLY, 0.01), clock.now - each, clock.now)
        for series in (1, 2, 3)
        for each in range(number)
    ]


async def test_samples_of_an_hour_that_comes_twice_are_taken_with_the_first(duty, clock):
    sampler = Sampler(duty.desk)
    for _ in range(2):  # to the millisecond the same civil times
        sampler.add(heard(duty, clock, 10), clock.now, clock.at)
    sampler.add(heard(duty, clock), clock.now, clock.at + FORWARD)
    await sampler.flush()
    assert await count(duty.storage, SAMPLES) == 33


@STEPS
async def test_sums_by_the_minute_go_on_after_a_step(duty, clock, step):
    sampler = Sampler(duty.desk)
    for moved in (timedelta(), step):
        clock.at += moved
        sampler.add(heard(duty, clock, 5), clock.now, clock.at)
        await sampler.flush()
        clock.on(minutes=1)
        await roll_up(duty.desk, clock.at)
    assert await count(duty.storage, SAMPLES) == 30
    async with duty.storage.read() as session:
        total = select(func.sum(MINUTES.c.sent))
        assert (await (await session.connection()).execute(total)).scalar() == 30


async def test_a_run_that_begins_before_the_last_one_was_seen_invents_no_blind_time(duty, clock):
    await duty.live(20)
    facts = {"oncall_chat": None, "administrators": (), "anchors": ()}
    number = await run.start(duty.desk, **facts)
    await run.beat(duty.desk, number, clock.at)
    clock.at += BACK
    await run.start(duty.desk, **facts)
    assert {state for _, state, _ in await history(duty.storage)} == {"up"}
    assert await count(duty.storage, Run.__table__) == 2
