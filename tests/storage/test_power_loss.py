"""Power loss: the write-ahead log is torn, and everything that was acknowledged before the tear is there."""

import os
import shutil
from pathlib import Path

import pytest
from sqlmodel import select, text

from storage.engine import Storage
from storage.tables import Ticket, Timeline
from tests.storage.disk import size


def cut_in_the_next_frame(journal, end):
    journal.write_bytes(journal.read_bytes()[: end + 1000])


def garble_the_next_frame(journal, end):
    content = bytearray(journal.read_bytes())
    content[end + 200 : end + 1200] = os.urandom(1000)
    journal.write_bytes(content)


def zero_all_that_follows(journal, end):
    content = journal.read_bytes()
    journal.write_bytes(content[:end] + bytes(len(content) - end))


@pytest.mark.parametrize("tear", [cut_in_the_next_frame, garble_the_next_frame, zero_all_that_follows])
async def test_after_power_loss_everything_acknowledged_before_the_tear_is_there(
    province, tmp_path, clock, tear
):
    database, lost = tmp_path / "province.db", tmp_path / "lost.db"
    sizes, journal = {}, Path(f"{database}-wal")
    for number in range(1, 9):
        async with province.begin() as session:
            ticket = Ticket(unit_id=1, status="open", severity="high", opened=clock.at, version=0)
            session.add(ticket)
            await session.flush()
            session.add(Timeline(incident_id=ticket.id, version=0, at=clock.at, action="open"))
        sizes[number] = size(journal)
    shutil.copy(database, lost)
    shutil.copy(journal, f"{lost}-wal")
    tear(Path(f"{lost}-wal"), sizes[5])
    async with Storage(f"sqlite+aiosqlite:///{lost}") as found, found.read() as session:
        assert (await session.exec(text("PRAGMA integrity_check"))).scalar() == "ok"
        assert len((await session.exec(select(Ticket))).all()) == 5
        assert len((await session.exec(select(Timeline))).all()) == 5
