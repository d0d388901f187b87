from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from incidents.outcome import Observation, Outcome, Reason
from operations.sample import Sampler, roll_up


def heard(count, now):
    return [Observation(1, Outcome(Reason.REPLY, 0.02), now - 1 - index, now) for index in range(count)]


async def count(duty, table):
    async with duty.storage.read() as session:
        connection = await session.connection()
        return (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar()


async def rename(duty, old, new):
    async with duty.storage.sampling() as connection:
        await connection.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))


async def test_a_sample_is_of_the_civil_time_it_was_sent(duty, clock):
    sampler = Sampler(duty.desk)
    sampler.add(heard(1, clock.now), clock.now, clock.at)
    await sampler.flush()
    async with duty.storage.read() as session:
        connection = await session.connection()
        (at,) = (await connection.execute(text("SELECT at_ms FROM samples"))).one()
    assert at == int((clock.at - timedelta(seconds=1)).timestamp() * 1000)


async def test_what_could_not_be_written_is_written_later(duty, clock):
    sampler = Sampler(duty.desk)
    sampler.add(heard(3, clock.now), clock.now, clock.at)
    await rename(duty, "samples", "away")
    with pytest.raises(OperationalError):
        await sampler.flush()
    await rename(duty, "away", "samples")
    await sampler.flush()
    await sampler.flush()
    assert await count(duty, "samples") == 3


async def test_the_oldest_go_first_when_too_many_wait(duty, clock):
    sampler = Sampler(duty.desk, most=5)
    for count_ in (4, 3):
        sampler.add(heard(count_, clock.now), clock.now, clock.at)
    await sampler.flush()
    assert (sampler.lost, await count(duty, "samples")) == (2, 4)  # 3 of the 5 are at times seen before


async def test_what_was_not_summed_for_a_while_is_summed_later(duty, clock):
    sampler = Sampler(duty.desk)
    for _ in range(20):
        clock.on(minutes=1)
        sampler.add(heard(1, clock.now), clock.now, clock.at)
    await sampler.flush()
    await roll_up(duty.desk, clock.on(seconds=20))
    assert await count(duty, "minutes") == 20
    sampler.add(heard(1, clock.now), clock.now, clock.on(seconds=40))
    await sampler.flush()
    await roll_up(duty.desk, clock.on(hours=5))  # the process was away
    assert await count(duty, "minutes") == 21
