"""Reports: a synthetic quarter and year of 214 channels; how soon their figures and pictures are there."""

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from bench.quarter.story import ZONE
from bench.quarter.write import live
from incidents.figures.periods import Period, around, days
from locales.voice import Voice
from operations.daily import daily
from operations.desk import Desk
from operations.period import period
from operations.picture import Wanted, draw
from storage import schema
from storage.engine import Storage

FIRST, QUARTER, YEAR = date(2026, 1, 1), 90, 365
MONTH = date(2026, 2, 1)
RUNS = 5
LIMITS = {"month_figures_s": 1.0, "telephone_s": 2.0, "sheet_s": 2.0, "year_figures_s": 5.0}


@asynccontextmanager
async def desk_at(file: Path, at: datetime):
    """Open a desk of its own on a new database, at that time."""
    await schema.upgrade(f"sqlite+aiosqlite:///{file}")
    async with Storage(f"sqlite+aiosqlite:///{file}") as storage:
        yield Desk(storage, lambda: at, Voice.of("vi", "Asia/Ho_Chi_Minh"))


async def timed(work: Callable[[], Awaitable[object]], runs: int = RUNS) -> float:
    """Return the median seconds of so many times *work*."""
    took = []
    for _ in range(runs):
        began = perf_counter()
        await work()
        took.append(perf_counter() - began)
    return round(median(took), 3)


async def month(folder: Path) -> dict[str, Any]:
    """Return what a month's figures and a day's pictures take."""
    asked = around(Period.MONTH, MONTH, ZONE)
    async with desk_at(folder / "quarter.db", asked.end) as desk:
        story = await live(desk, FIRST, QUARTER)
        morning = datetime(2026, 2, 10, 0, 30, tzinfo=UTC)

        async def figures() -> None:
            async with desk.look() as act:
                await period(act, asked, None)

        async def letter() -> None:
            async with desk.look(morning) as act:
                await daily(act)

        async def picture(form: Any) -> None:
            desk.easel.forget()
            await draw(desk, Wanted(form, None, morning))

        return {
            "outages": len(story.outages),
            "month_figures_s": await timed(figures),
            "letter_s": await timed(letter),
            "telephone_s": await timed(lambda: picture("telephone")),
            "sheet_s": await timed(lambda: picture("sheet")),
        }


async def year(folder: Path) -> dict[str, Any]:
    """Return what a year's figures take."""
    first = FIRST - timedelta(days=YEAR - QUARTER)
    asked = days(first, first + timedelta(days=YEAR - 1), ZONE)
    async with desk_at(folder / "year.db", asked.end) as desk:
        await live(desk, first, YEAR)

        async def figures() -> None:
            async with desk.look() as act:
                await period(act, asked, None)

        return {"year_figures_s": await timed(figures, 3)}


def main() -> None:
    """Run and print; the last line is JSON, and a limit that was passed is exit status 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out the year")
    quick = parser.parse_args().quick
    with TemporaryDirectory(prefix="reports-") as folder:
        told = asyncio.run(month(Path(folder)))
        told |= {} if quick else asyncio.run(year(Path(folder)))
    for name, value in told.items():
        print(f"{name:16} {value}")
    print(json.dumps({"bench": "reports", **told}))
    sys.exit(any(told[name] >= limit for name, limit in LIMITS.items() if name in told))


if __name__ == "__main__":
    main()
