"""Soak: a day of the desk by a clock that is set; its memory, tasks, descriptors and file by the hour."""

import argparse
import asyncio
import gc
import json
import resource
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text

from bench.filling import fill
from bench.province import HOUR, TIMEOUT, Province
from incidents.actions import Acknowledge, Close
from incidents.model import Status
from incidents.outcome import Outcome
from incidents.roles import Role
from locales.voice import Voice
from operations import run
from operations.desk import Desk
from operations.forget import forget
from operations.hearing import units_of
from operations.observe import observe
from operations.report import report
from operations.respond import respond
from operations.sample import Sampler, roll_up
from operations.summarise import summarise
from operations.take_inventory import take_rows
from operations.tick import tick
from operations.watching import watch_over
from storage import incidents, letters, people, schema
from storage.engine import Storage
from storage.inventory.sample import load_sample
from storage.letters import Address
from storage.tables import Letter, Person

START = datetime(2025, 11, 24, 0, 0, tzinfo=UTC)
CHORES = 60  # seconds between two writes of samples and looks at the timers; the bot takes 1
PERIOD = 5  # seconds between two probes of a series
TABLES = ("samples", "minutes", "hours", "intervals", "incidents", "timeline", "timers", "outbox", "cards")
ONCALL = -1002000000999
PAGE = resource.getpagesize()


@dataclass(frozen=True, slots=True)
class Reading:
    """What the process and its database took at one moment."""

    hour: float
    blocks: int  # objects of Python's allocator
    rss: int
    tasks: int
    descriptors: int
    file: int  # the database with its journal
    rows: dict[str, int]


class Soak:
    """A desk under the scripted province; nothing in it waits for real time."""

    def __init__(self, storage: Storage, file: Path) -> None:
        self._file = file
        self.at, self.now = START, 0.0
        self.desk = Desk(storage, lambda: self.at, Voice.of("vi", "Asia/Ho_Chi_Minh"), self._post)
        self._posted = False
        self._sampler = Sampler(self.desk)
        self._numbers = count(1)
        self.readings: list[Reading] = []

    async def live(self, hours: float, every: float = 1.0) -> list[Reading]:
        """Let *hours* pass; return a reading of each *every* hours, the first before anything happened."""
        self._run = await run.start(
            self.desk, oncall_chat=ONCALL, administrators=(), anchors=("icmp://10.9.0.1", "icmp://10.9.0.2")
        )
        async with self.desk.look() as act:
            self._province = Province(act.directory)
            officers = await people.with_role(act.session, Role.OFFICER)
            self._oncall = (await people.with_role(act.session, Role.ONCALL))[0]
            posted = [(each, units_of(act, each)) for each in officers]
        self._officers = [(each, units[0].id) for each, units in posted if units]
        self._watch = await watch_over(self.desk, self.now)
        await self._read()
        for step in range(1, round(hours * HOUR) // PERIOD + 1):
            await self._probe()
            if step * PERIOD % CHORES == 0:
                await self._sampler.flush()
                await tick(self.desk, self.at)
            if step * PERIOD % 60 == 0:
                await self._minute(step * PERIOD // 60)
            if step * PERIOD % round(every * HOUR) == 0:
                await self._read()
        return self.readings

    async def _probe(self) -> None:
        """Let a period pass in which everybody is probed, and whoever is in doubt by the second."""
        await self._hear(self._province.series)
        for _ in range(PERIOD):
            self.at += timedelta(seconds=1)
            self.now += 1
            if quick := self._watch.quick(self.now):
                await self._hear(sorted(quick))

    async def _hear(self, series: list[int]) -> None:
        told = list(self._province.probe(series, self.now - TIMEOUT))
        self._sampler.add(told, self.now, self.at)
        await observe(self.desk, self._watch, told, self.now)
        if self._posted:
            await self._deliver()

    async def _minute(self, minute: int) -> None:
        """Do what the timetable and people do in a minute."""
        await roll_up(self.desk, self.at)
        await summarise(self.desk, self.at, self.desk.voice.zone)
        await run.beat(self.desk, self._run, self.at)
        if minute % 60 == 7:
            await forget(self.desk, self.at)
        await self._ask(f"{minute}")
        if minute % 10 == 3:
            officer, unit = self._officers[minute // 10 % len(self._officers)]
            await report(self.desk, officer, unit, "mất mạng", **self._by(officer, minute))
        await self._acknowledge()

    def _by(self, officer: Person, minute: int) -> dict:
        async def probe(series: Iterable[int]) -> dict[int, list[Outcome]]:
            return {each.series: [each.outcome] for each in self._province.probe(series, self.now)}

        return {"probe": probe, "where": Address(officer.telegram_id), "source": f"update:{minute}"}

    async def _ask(self, source: str) -> None:
        """Answer somebody's question."""
        content = {"text": "Bảng trạng thái " * 20, "buttons": []}
        async with self.desk.act() as act:
            letter = Letter(chat=ONCALL, kind="text", key=f"answer:{source}", content=content)
            letter.created = letter.not_before = act.at
            await letters.post(act.session, letter)

    async def _acknowledge(self) -> None:
        """Take every second ticket a minute after it was opened; the others escalate and close themselves."""
        async with self.desk.storage.read() as session:
            live = await incidents.live(session)
        for each in live:
            if each.id % 2 and each.status is Status.OPEN and self.at - each.opened > timedelta(minutes=1):
                await respond(self.desk, each.id, Acknowledge(self._oncall.id or 0))
        for each in live:
            if each.status is Status.ACKNOWLEDGED and each.recovered is not None:
                await respond(self.desk, each.id, Close(self._oncall.id))

    def _post(self) -> None:
        self._posted = True

    async def _deliver(self) -> None:
        """Stand in for the courier: everything that waits arrives."""
        self._posted = False
        async with self.desk.storage.read() as session:
            waiting = [letter for letter, _ in await letters.pending(session)]
        if not waiting:
            return
        async with self.desk.storage.begin() as session:
            for letter in waiting:
                number = next(self._numbers)
                await letters.settle(session, letter, self.at, "sent", message_id=number)
                if letter.kind == "card" and letter.incident_id is not None:
                    where = letters.address(letter)
                    await letters.keep_card(session, letter.incident_id, where, number, f"{number:064x}")

    async def _read(self) -> None:
        async with self.desk.storage.read() as session:
            connection = await session.connection()
            rows = {t: (await connection.execute(text(f"SELECT count(*) FROM {t}"))).scalar() for t in TABLES}
        self.readings.append(read(self.now / HOUR, self._file, rows))


def read(hour: float, file: Path, rows: dict[str, int]) -> Reading:
    """Return what is taken now, once all that can be freed is."""
    gc.collect()
    journal = Path(f"{file}-wal")
    return Reading(
        hour=hour,
        blocks=sys.getallocatedblocks(),
        rss=int(Path("/proc/self/statm").read_text().split()[1]) * PAGE,
        tasks=len(asyncio.all_tasks()),
        descriptors=len(list(Path("/proc/self/fd").iterdir())),
        file=file.stat().st_size + (journal.stat().st_size if journal.exists() else 0),
        rows=rows,
    )


def growth(readings: list[Reading], name: str) -> float:
    """Return by how much a figure grew an hour over the last half."""
    half = readings[len(readings) // 2 :]
    return (getattr(half[-1], name) - getattr(half[0], name)) / (half[-1].hour - half[0].hour)


async def soak(hours: float, every: float, *, filled: bool) -> list[Reading]:
    """Run the desk on a database of its own; *filled* begins with all the samples that are ever kept."""
    with TemporaryDirectory(prefix="soak-") as folder:
        file = Path(folder) / "desk.db"
        url = f"sqlite+aiosqlite:///{file}"
        await schema.upgrade(url)
        async with Storage(url) as storage:
            await take_rows(storage, load_sample(), START)
            if filled:
                await fill(storage, START)
            return await Soak(storage, file).live(hours, every)


def main() -> None:
    """Run and print; the last line is JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=24)
    hours = parser.parse_args().hours
    readings = asyncio.run(soak(hours, 1.0, filled=True))
    print("  hour   blocks  RSS MB tasks  fds  file MB  incidents  letters")
    for each in readings:
        print(
            f"{each.hour:6.1f} {each.blocks:8} {each.rss / 1e6:7.1f} {each.tasks:5} {each.descriptors:4} "
            f"{each.file / 1e6:8.1f} {each.rows['incidents']:10} {each.rows['outbox']:8}"
        )
    names = ("blocks", "rss", "tasks", "descriptors", "file")
    grown = {name: round(growth(readings, name), 1) for name in names}
    print(
        json.dumps({"bench": "soak", "hours": hours, "growth_an_hour": grown, "last": asdict(readings[-1])})
    )


if __name__ == "__main__":
    main()
