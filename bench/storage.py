"""Storage: a simulated year of 214 channels in the real tables; how large it is and how soon it tells."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import Table, select, text

from bench.filling import fill
from bench.traffic import fill_traffic
from bench.year import DAY, History, RawDay, fill_hours
from incidents.roles import Role
from locales.voice import Voice
from operations import run
from operations.daily import daily
from operations.desk import Desk
from operations.forget import forget
from operations.meter import review
from operations.sample import roll_up
from operations.take_inventory import take_rows
from storage import people, schema
from storage.engine import Storage
from storage.inventory.sample import load_sample
from storage.tables import HOURS, MINUTES, SAMPLES

END = datetime(2025, 11, 24, 0, 0, tzinfo=UTC)
START = END - timedelta(days=365)
RAW_DAYS = 2  # lived minute by minute through storage's own code; the first of them is forgotten raw
MINUTE = timedelta(minutes=1)
LIMIT_MB = 300
READERS = 40


@dataclass
class Year:
    """A year in a file, and how long each minute's roll-up took, in milliseconds."""

    desk: Desk
    file: Path
    raw: RawDay
    roll_ups: list[float]
    at: datetime = END - RAW_DAYS * DAY

    @property
    def journal(self) -> Path:
        """Return where SQLite keeps what is not yet in the file."""
        return Path(f"{self.file}-wal")


async def live(storage: Storage, file: Path) -> Year:
    """Write the year, the oldest first; the last days through the code that the bot runs."""
    await take_rows(storage, load_sample(), START)
    year = Year(Desk(storage, lambda: year.at, Voice.of("vi", "Asia/Ho_Chi_Minh")), file, RawDay([]), [])
    await run.start(year.desk, oncall_chat=None, administrators=(1,), anchors=("icmp://10.9.0.1",))
    async with year.desk.look() as act:
        administrator = (await people.with_role(act.session, Role.ADMIN))[0].id or 0
        year.raw = RawDay(sorted(act.directory.series))
        history = History(act.directory, administrator)
    async with storage.sampling() as connection:
        await fill_hours(connection, START, year.at)
        await history.write(connection, START, END)
    await fill(storage, year.at, raw=False)
    for _ in range(RAW_DAYS * DAY // MINUTE):
        rows = year.raw.minute(int(year.at.timestamp()))
        async with storage.sampling() as connection:
            await connection.exec_driver_sql("INSERT INTO samples VALUES (?, ?, ?, ?)", rows)
        year.at += MINUTE
        began = perf_counter()
        await roll_up(year.desk, year.at)
        year.roll_ups.append((perf_counter() - began) * 1000)
    await forget(year.desk, year.at)
    await fill_traffic(year.desk, START, END)
    return year


async def equal(year: Year) -> bool:
    """Return whether what storage summed is what the hand summed, minute by minute and hour by hour."""
    first = int((END - RAW_DAYS * DAY).timestamp())
    async with year.desk.storage.read() as session:
        connection = await session.connection()
        for table, byhand in ((MINUTES, year.raw.minutes), (HOURS, year.raw.hours())):
            last = max(at for _, at in byhand)
            rows = await connection.execute(select(table).where(table.c.at.between(first, last)))
            if {(series, at): rest for series, at, *rest in rows} != byhand:
                return False
    return True


async def day(year: Year, table: Table, ago: timedelta) -> tuple[float, int]:
    """Return the median milliseconds to read one channel's day, and its rows."""
    unit = 1000 if table is SAMPLES else 1
    end = int((END - ago).timestamp()) * unit
    at, took, rows = table.c[1], [], 0
    async with year.desk.storage.read() as session:
        connection = await session.connection()
        for series in range(1, READERS + 1):
            began = perf_counter()
            wanted = select(table).where(table.c.series_id == series, at >= end - 86400 * unit, at < end)
            rows = len((await connection.execute(wanted)).all())
            took.append((perf_counter() - began) * 1000)
    return median(took), rows


async def timed(work: Callable[[], Awaitable[object]]) -> float:
    """Return the median milliseconds of five times *work*."""
    took = []
    for _ in range(5):
        began = perf_counter()
        await work()
        took.append((perf_counter() - began) * 1000)
    return median(took)


async def sizes(year: Year) -> dict[str, float]:
    """Return the megabytes of each table with its indexes, the largest first."""
    sums = text(
        "SELECT m.tbl_name, sum(s.pgsize) FROM dbstat s JOIN sqlite_schema m ON m.name = s.name"
        " GROUP BY 1 ORDER BY 2 DESC"
    )
    async with year.desk.storage.read() as session:
        rows = (await (await session.connection()).execute(sums)).all()
    return {name: round(size / 1e6, 2) for name, size in rows if size > 50_000}


async def measure(year: Year) -> dict[str, object]:
    """Return every figure."""

    async def summary() -> None:
        async with year.desk.look() as act:
            await daily(act)

    async def overload() -> None:
        await review(year.desk, END)

    reads = {
        "raw_today": await day(year, SAMPLES, timedelta()),
        "minutes_last_week": await day(year, MINUTES, timedelta(days=7)),
        "hours_half_a_year_ago": await day(year, HOURS, timedelta(days=182)),
    }
    return {
        "bench": "storage",
        "file_mb": round(year.file.stat().st_size / 1e6, 1),
        "journal_mb": round(year.journal.stat().st_size / 1e6, 1),
        "tables_mb": await sizes(year),
        "read_ms": {name: round(took, 2) for name, (took, _) in reads.items()},
        "read_rows": {name: rows for name, (_, rows) in reads.items()},
        "roll_up_ms": round(median(year.roll_ups[-1000:]), 1),
        "summary_ms": round(await timed(summary), 1),
        "overload_ms": round(await timed(overload), 1),
        "equal": await equal(year),
    }


async def bench() -> dict[str, object]:
    """Live the year in a file of its own and measure it."""
    with TemporaryDirectory(prefix="year-") as folder:
        file = Path(folder) / "year.db"
        await schema.upgrade(f"sqlite+aiosqlite:///{file}")
        async with Storage(f"sqlite+aiosqlite:///{file}") as storage:
            return await measure(await live(storage, file))


def main() -> None:
    """Run and print; the last line is JSON, and a limit that was passed is exit status 1."""
    told = asyncio.run(bench())
    for name, value in told.items():
        print(f"{name:12} {value}")
    print(json.dumps(told))
    if not told["equal"] or float(str(told["file_mb"])) >= LIMIT_MB:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
