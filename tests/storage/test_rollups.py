from datetime import timedelta

import pytest

from incidents.outcome import Outcome, Reason
from incidents.quality import Figures
from storage import rollups, samples
from storage.samples import Sample
from tests.storage.rows import ANCHOR

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


async def told(storage, series, start, *outcomes, every=5):
    """Keep *outcomes* of a series from *start* on, one in so many seconds, and sum them."""
    found = [
        Sample(series, start + timedelta(seconds=every * index), _outcome(each))
        for index, each in enumerate(outcomes)
    ]
    async with storage.sampling() as connection:
        await samples.keep(connection, found)
        await samples.roll_up(connection, start, found[-1].at)


def _outcome(said):
    return Outcome(said) if isinstance(said, Reason) else Outcome(Reason.REPLY, said)


async def minutes(storage, start, end):
    async with storage.read() as session:
        return await rollups.minutes(session, start, end)


async def test_a_minute_is_what_its_outcomes_come_to_in_seconds(province, clock):
    await told(province, 1, clock.at, 0.02, Reason.TIMEOUT, 0.03, 0.01)
    (found,) = (await minutes(province, clock.at, clock.at + MINUTE))[1]
    # of the differences of successive round trips: a probe that was lost has none with its neighbours
    assert found == Figures(4, 1, pytest.approx(0.02), pytest.approx(0.02))


async def test_a_minute_without_an_answer_has_neither_delay_nor_jitter(province, clock):
    await told(province, 1, clock.at, Reason.TIMEOUT, Reason.TIMEOUT)
    assert (await minutes(province, clock.at, clock.at + MINUTE))[1] == [Figures(2, 2, None, None)]


async def test_a_minute_in_which_only_we_failed_tells_nothing(province, clock):
    await told(province, 1, clock.at, Reason.SEND_FAILED, Reason.STALLED)
    assert (await minutes(province, clock.at, clock.at + MINUTE))[1] == [None]


async def test_minutes_stand_in_their_order_and_those_without_an_outcome_are_none(province, clock):
    for minute in (0, 2):
        await told(province, 1, clock.at + minute * MINUTE, 0.01 * (minute + 1))
    found = (await minutes(province, clock.at - MINUTE, clock.at + 4 * MINUTE))[1]
    assert [each and each.delay for each in found] == [
        None,
        pytest.approx(0.01),
        None,
        pytest.approx(0.03),
        None,
    ]


async def test_the_minute_that_goes_on_is_not_among_them(province, clock):
    await told(province, 1, clock.at, 0.01, 0.01)
    assert await minutes(province, clock.at - MINUTE, clock.at + timedelta(seconds=59)) == {}


async def test_anchors_are_series_as_well(province, clock):
    await told(province, ANCHOR, clock.at, 0.01)
    assert list(await minutes(province, clock.at, clock.at + MINUTE)) == [ANCHOR]


async def test_a_series_with_nothing_is_not_named(province, clock):
    await told(province, 1, clock.at, 0.01)
    assert list(await minutes(province, clock.at, clock.at + MINUTE)) == [1]


async def test_the_usual_delay_is_the_mean_of_the_hours_in_seconds(province, clock):
    for hour, delay in ((0, 0.02), (1, 0.04)):
        await told(province, 1, clock.at + hour * HOUR, *[delay] * 12)
    await told(province, 2, clock.at, Reason.TIMEOUT)
    async with province.read() as session:
        assert await rollups.usual_delay(session, clock.at) == {1: pytest.approx(0.03)}
        assert await rollups.usual_delay(session, clock.at + HOUR) == {1: pytest.approx(0.04)}
        assert await rollups.usual_delay(session, clock.at + 2 * HOUR) == {}
