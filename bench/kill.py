"""Kill: 50 incidents, 20 kills a run and a tenth of the words lost; what is lost, and what comes twice."""

import argparse
import asyncio
import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic

from tests.journeys.audit import Audit, audit, settled
from tests.journeys.process import Process
from tests.journeys.storm import LOST, Storm
from tests.journeys.town import open_town

AREAS, LINES = 5, 10
SETTLE_SECONDS = 300


@dataclass(frozen=True)
class Figures:
    """What one run told."""

    seed: int
    kills: int
    seconds: float
    messages: int
    edits: int
    found: Audit


async def run(seed: int, outages: int, kills: int, keep: Path | None) -> Figures:
    """Let one storm rage over a new town."""
    began = monotonic()
    with TemporaryDirectory(prefix="trucmang-") as name:
        folder = Path(name)
        async with open_town(folder, areas=AREAS, lines=LINES) as town:
            async with Storm(town, Random(seed)) as storm, Process(folder, town.env) as bot:
                await storm.rage(bot, outages=outages, kills=kills, seed=seed)
                await settled(town, storm.down, set(storm.healed), SETTLE_SECONDS)
                await bot.stop()
            found = await audit(town, storm.cut, storm.down, storm.first)
            if keep:
                shutil.copytree(folder, keep / str(seed))
            chats = [*town.oncall, *town.teams]
            messages = sum(len(chat.bot_messages) for chat in chats)
            edits = sum(message.edits for chat in chats for message in chat.bot_messages)
    return Figures(seed, kills, round(monotonic() - began, 1), messages, edits, found)


async def main() -> None:
    """Run, print a line for each run, and all figures as JSON at the end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--outages", type=int, default=50)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--keep", type=Path, help="a folder for the databases and logs")
    given = parser.parse_args()
    runs = []
    for seed in given.seeds:
        figures = await run(seed, given.outages, given.kills, given.keep)
        found = figures.found
        print(
            f"seed {seed}: {found.tickets} incidents, {found.steps} steps, {figures.messages} messages, "
            f"{figures.edits} edits, {figures.kills} kills in {figures.seconds} s: "
            f"{len(found.lost)} lost, {found.copies} copies, {found.marked} messages marked"
        )
        for wrong in found.lost:
            print(f"  {wrong}")
        runs.append(figures)
    worst = max(each.found.copies for each in runs)
    lost = sum(len(each.found.lost) for each in runs)
    told = {"bench": "kill", "requests_lost": LOST, "answers_lost": LOST, "lost": lost, "worst_copies": worst}
    print(json.dumps(told | {"runs": [asdict(each) for each in runs]}, ensure_ascii=False))


if __name__ == "__main__":
    asyncio.run(main())
