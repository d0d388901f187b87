from datetime import timedelta
from random import Random
from statistics import fmean

import pytest
from sqlalchemy import select, text

from incidents.evidence import Run
from incidents.outcome import OURS, Outcome, Reason
from storage import samples
from storage.samples import REASONS, Quality, Sample
from storage.tables import HOURS, MINUTES, SAMPLES

DAY = timedelta(days=1)


@pytest.fixture
def told(clock):
    """Outcomes of two series over 70 minutes, one in 5 s."""
    random = Random(7)
    kinds = [Reason.REPLY] * 6 + [Reason.TIMEOUT, Reason.REFUSED, Reason.STALLED]
    found = []
    for index in range(840):
        for series in (1, 2):
            reason = random.choice(kinds)
            latency = random.randint(1, 90_000) / 1e6 if reason is Reason.REPLY else None
            found.append(Sample(series, clock.at + timedelta(seconds=5 * index), Outcome(reason, latency)))
    return found


@pytest.fixture
async def kept(store, told):
    async with store.sampling() as connection:
        await samples.keep(connection, told)
    return store


async def rows(storage, table):
    async with storage.read() as session:
        return [tuple(row) for row in await (await session.connection()).execute(select(table))]


def naive(told, seconds):
    """Sum by hand: (series, start): sent, lost, unknown, mean, min, max by period, times in 10 µs."""
    found = {}
    for each in told:
        start = int(each.at.timestamp()) // seconds * seconds
        found.setdefault((each.series, start), []).append(each.outcome)
    return {
        key: (
            sum(each.known for each in outcomes),
            sum(each.known and not each.answered for each in outcomes),
            sum(not each.known for each in outcomes),
            pytest.approx(fmean(times := [each.latency * 1e5 for each in outcomes if each.answered]), abs=1),
            pytest.approx(min(times), abs=0.51),
            pytest.approx(max(times), abs=0.51),
        )
        for key, outcomes in found.items()
    }


def test_every_reason_has_a_number_of_its_own():
    assert sorted(REASONS) == sorted(Reason)
    assert len(set(REASONS.values())) == len(Reason)


@pytest.mark.parametrize(("table", "seconds"), [(MINUTES, 60), (HOURS, 3600)])
async def test_a_roll_up_is_what_a_sum_by_hand_gives(kept, told, table, seconds):
    async with kept.sampling() as connection:
        await samples.roll_up(connection, told[0].at, told[-1].at)
    found = {(series, at): tuple(rest[:6]) for series, at, *rest in await rows(kept, table)}
    assert found == naive(told, seconds)


async def test_rolling_up_again_changes_nothing(kept, told):
    left = []
    for start in (told[0].at, told[0].at, told[-1].at - timedelta(minutes=2)):
        async with kept.sampling() as connection:
            await samples.roll_up(connection, start, told[-1].at)
        left.append(await rows(kept, MINUTES) + await rows(kept, HOURS))
    assert left[0] == left[1] == left[2]


async def test_jitter_is_of_successive_round_trips_within_a_minute(store, clock):
    async with store.sampling() as connection:
        await samples.keep(
            connection,
            [
                Sample(
                    1,
                    clock.on(seconds=1),
                    Outcome(Reason.REPLY, latency) if latency else Outcome(Reason.TIMEOUT),
                )
                for latency in (0.010, 0.014, None, 0.020, 0.015)
            ],
        )
        await samples.roll_up(connection, clock.at - timedelta(minutes=1), clock.at)
    (row,) = await rows(store, MINUTES)
    assert row[8:] == ((400 + 500) / 2,)


async def test_of_two_samples_in_a_millisecond_one_is_kept(store, clock):
    for _ in range(2):
        async with store.sampling() as connection:
            await samples.keep(connection, [Sample(1, clock.at, Outcome(Reason.TIMEOUT))])
    assert len(await rows(store, SAMPLES)) == 1


async def test_the_newest_minute_that_was_summed_is_known(kept, told):
    async with kept.sampling() as connection:
        assert await samples.rolled_until(connection) is None
        await samples.roll_up(connection, told[0].at, told[-1].at)
        assert await samples.rolled_until(connection) == told[-1].at.replace(second=0)


async def test_what_is_old_is_forgotten_and_hours_never_are(kept, told):
    last = told[-1].at
    async with kept.sampling() as connection:
        await samples.roll_up(connection, told[0].at, last)
        await samples.forget(connection, last + DAY)
    assert len(await rows(kept, SAMPLES)) == 2
    assert len(await rows(kept, MINUTES)) == 140
    async with kept.sampling() as connection:
        await samples.forget(connection, last + 15 * DAY)
    assert await rows(kept, SAMPLES) == await rows(kept, MINUTES) == []
    assert len(await rows(kept, HOURS)) == 4


async def test_quality_is_what_a_sum_by_hand_gives(kept, told):
    since = told[len(told) // 2].at
    known = [each.outcome for each in told if each.series == 1 and each.at >= since and each.outcome.known]
    times = [each.latency for each in known if each.answered]
    async with kept.read() as session:
        found = await samples.quality(session, [1], since)
    assert (found.sent, found.lost) == (len(known), len(known) - len(times))
    assert found.latency == pytest.approx(sum(times) / len(times), abs=1e-5)


async def test_the_quality_of_a_channel_is_that_of_its_best_series(store, clock):
    async with store.sampling() as connection:
        await samples.keep(connection, [Sample(1, clock.at, Outcome(Reason.TIMEOUT))])
        await samples.keep(connection, [Sample(2, clock.at, Outcome(Reason.REPLY, 0.03))])
        await samples.keep(connection, [Sample(3, clock.at, Outcome(reason)) for reason in OURS])
    async with store.read() as session:
        assert await samples.quality(session, [1, 2, 3], clock.at) == Quality(1, 0, 0.03, None)
        assert await samples.quality(session, [3], clock.at) == Quality(0, 0, None, None)


async def test_a_span_of_one_series_is_read_by_its_key(store):
    async with store.read() as session:
        plan = await (await session.connection()).execute(
            text("EXPLAIN QUERY PLAN SELECT * FROM samples WHERE series_id = 1 AND at_ms >= 5")
        )
        assert "SEARCH samples USING PRIMARY KEY" in str(plan.all())


async def test_a_run_is_what_was_answered_since_the_last_lost_probe(store, clock):
    good, lost, ours = Outcome(Reason.REPLY, 0.02), Outcome(Reason.TIMEOUT), Outcome(Reason.STALLED)
    start = clock.at
    told = [good, lost, good, ours, good, good]
    async with store.sampling() as connection:
        kept = [Sample(1, start + timedelta(seconds=at), each) for at, each in enumerate(told, start=1)]
        await samples.keep(connection, [*kept, Sample(2, start + timedelta(seconds=9), lost)])
    async with store.read() as session:
        seconds = [start + timedelta(seconds=at) for at in range(7)]
        assert await samples.run(session, 1, start) == Run(3, seconds[3], seconds[6], seconds[2])
        assert await samples.run(session, 1, seconds[3]) == Run(2, seconds[5], seconds[6])
        assert await samples.run(session, 1, seconds[6]) == Run()
