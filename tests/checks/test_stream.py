"""The stream between the engine and its reader."""

import pytest

from checks.stream import Stream
from incidents.outcome import Observation, Outcome, Reason


def observation(series):
    return Observation(series, Outcome(Reason.REPLY, 0.01), 1.0, 1.01)


async def test_what_was_gathered_comes_as_one_batch():
    stream = Stream(10)
    stream.put(observation(1))
    stream.put(observation(2))
    stream.flush()
    assert [one.series for one in await anext(aiter(stream.batches()))] == [1, 2]


async def test_a_closed_stream_gives_what_is_left_and_ends():
    stream = Stream(10)
    stream.put(observation(1))
    stream.close()
    assert [len(batch) async for batch in stream.batches()] == [1]


async def test_a_failure_reaches_the_reader():
    stream = Stream(10)
    stream.close(RuntimeError("broken"))
    with pytest.raises(RuntimeError, match="broken"):
        await anext(aiter(stream.batches()))


def test_a_stream_is_full_at_its_limit_and_still_loses_nothing():
    stream = Stream(1)
    assert not stream.full
    stream.put(observation(1))
    assert stream.full
