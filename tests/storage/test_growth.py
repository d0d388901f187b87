"""What keeps the database small and its chores quick."""

from datetime import timedelta

import pytest
from alembic import command
from sqlalchemy import text
from sqlmodel import select

from locales.voice import Voice
from operations.desk import Desk
from operations.forget import RUNS_KEPT, forget
from storage import letters, samples, schema
from storage.engine import JOURNAL_BYTES, Storage
from storage.tables import Letter, Run

TABLES = ("samples", "minutes", "hours")
SPAN = {"seconds": 60, "start": 0, "end": 60}


@pytest.mark.parametrize(
    "statement",
    [
        samples._NEWEST_MINUTE,
        samples._MINUTES_OF_SAMPLES,
        samples._HOURS_OF_MINUTES,
        f"DELETE FROM hours WHERE series_id IN ({samples._known('hours')} SELECT id FROM known) AND at < 9",
    ],
)
async def test_no_chore_of_the_minute_reads_a_whole_table(store, statement):
    span = {name: value for name, value in SPAN.items() if f":{name}" in statement}
    async with store.read() as session:
        plan = await (await session.connection()).execute(text(f"EXPLAIN QUERY PLAN {statement}"), span)
    assert not [step for *_, step in plan if step.split()[0] == "SCAN" and step.split()[1] in TABLES]


@pytest.fixture
def desk(store, clock):
    return Desk(store, clock, Voice.of("vi", "UTC"))


@pytest.mark.parametrize(
    ("kind", "kept"),
    [("text", letters.ANSWERS_KEPT), (letters.ONCE, letters.ANSWERS_KEPT), ("notice", letters.LETTERS_KEPT)],
)
async def test_a_settled_letter_is_kept_for_its_time_and_one_that_waits_for_ever(desk, clock, kind, kept):
    async with desk.storage.begin() as session:
        for settled in (clock.at, None):
            letter = Letter(chat=1, kind=kind, created=clock.at, not_before=clock.at, settled=settled)
            await letters.post(session, letter)
    left = []
    for at in (clock.at + kept, clock.at + kept + timedelta(seconds=1)):
        await forget(desk, at)
        async with desk.storage.read() as session:
            left.append(len((await session.exec(select(Letter))).all()))
    assert left == [2, 1]


async def test_of_old_runs_the_last_is_kept(desk, clock):
    async with desk.storage.begin() as session:
        session.add_all(Run(started=clock.at, seen=clock.at) for _ in range(3))
    await forget(desk, clock.at + 2 * RUNS_KEPT)
    async with desk.storage.read() as session:
        assert [run.id for run in await session.exec(select(Run))] == [3]


async def test_the_journal_shrinks_again(store, tmp_path):
    for rows in (400_000, 1):
        async with store.sampling() as connection:
            await connection.execute(
                text(
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows)"
                    " INSERT INTO samples SELECT :rows, i, 0, 1000 FROM n"
                ),
                {"rows": rows},
            )
    assert (tmp_path / "desk.db-wal").stat().st_size <= JOURNAL_BYTES


async def test_an_upgrade_keeps_the_roll_ups_of_before(url):
    await schema._with_connection(url, lambda each: command.downgrade(schema._config(each), "0002"))
    async with Storage(url) as old, old.sampling() as connection:
        await connection.execute(
            text("INSERT INTO hours VALUES (1, 3600, 720, 20, 3, 7000000, 4000, 90000, 660, 11)")
        )
        await connection.execute(text("INSERT INTO hours VALUES (1, 7200, 9, 9, 0, 0, NULL, NULL, 0, 0)"))
    await schema.upgrade(url)
    async with Storage(url) as new, new.sampling() as connection:
        rows = [tuple(row) for row in await connection.execute(text("SELECT * FROM hours"))]
    assert rows == [
        (1, 3600, 720, 20, 3, 1000, 400, 9000, 6),
        (1, 7200, 9, 9, 0, None, None, None, None),
    ]
