from datetime import timedelta

import pytest
from sqlmodel import select

from incidents.policy import Policies
from storage import policies
from storage.tables import Policy


@pytest.fixture
def change(store, clock):
    async def change_one(name, value):
        async with store.begin() as session:
            await policies.change(session, name, value, clock.at)

    return change_one


async def in_force(storage):
    async with storage.read() as session:
        return await policies.in_force(session)


async def test_before_anything_is_written_the_defaults_are_in_force(store):
    assert await in_force(store) == Policies()


async def test_seeding_twice_writes_each_policy_once(store, clock):
    for _ in range(2):
        async with store.begin() as session:
            await policies.seed(session, clock.at)
    async with store.read() as session:
        rows = (await session.exec(select(Policy))).all()
    assert len(rows) == len({row.name for row in rows})
    assert await in_force(store) == Policies()


async def test_the_newest_version_is_in_force_and_the_older_are_kept(store, change, clock):
    async with store.begin() as session:
        await policies.seed(session, clock.at)
    await change("relapse_window", "PT10M")
    await change("relapse_window", 300)
    assert (await in_force(store)).relapse_window == timedelta(minutes=5)
    async with store.read() as session:
        rows = await session.exec(select(Policy.version).where(Policy.name == "relapse_window"))
        assert sorted(rows) == [1, 2, 3]


async def test_a_seed_does_not_undo_a_change(store, change, clock):
    await change("summary_at", "06:45")
    async with store.begin() as session:
        await policies.seed(session, clock.at)
    assert (await in_force(store)).summary_at == "06:45"


async def test_what_a_stored_value_does_not_say_is_the_default(store, change):
    await change("profiles", {"can_bang": {"replies": 5}})
    detection = (await in_force(store)).detection("can_bang")
    assert (detection.replies, detection.guard) == (5, Policies().detection(None).guard)


def test_a_profile_that_is_not_known_is_the_usual_one():
    policies = Policies()
    assert policies.detection("nhanh") != policies.detection(None) == policies.detection("of another release")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("profiles", {"can_bang": {"replies": "many"}}),
        ("profiles", {"nhanh": {}}),  # the usual one is missing
        ("profiles", 3),
        ("profile", "of another release"),
        ("ladder", [{"after": "PT10M", "to": "nobody"}]),
        ("relapse_window", "soon"),
        ("summary_at", 7.5),
        ("summary_at", "25:00"),
        ("no_such_policy", 1),
    ],
)
async def test_a_wrong_shape_is_refused(store, change, name, value):
    with pytest.raises(ValueError):
        await change(name, value)
    assert await in_force(store) == Policies()
