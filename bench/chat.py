"""Chat: what many people write, through the whole bot, beside a bare echo bot of the same library.

    python -m bench.chat [--messages 10000] [--people 300] [--rate 20]

Both bots are run in this process against the sandbox's Telegram over HTTP, one after the other, with the same
messages from the same people at the same pace. What is timed is the bot's own handling of an update, from
the library's call to its answer: the letter written into the outbox, or the echo sent.
"""

import argparse
import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from sqlmodel import col, select
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bench.talk import Talk, talk
from bot.app import App, civil_now
from bot.box import Box, open_box
from bot.chat import AT_ONCE
from incidents.roles import Role
from sandbox.telegram import Person as User
from sandbox.telegram import TelegramServer
from storage.engine import Storage
from storage.tables import Letter, Person, Posting, Unit

ANSWERS = ("answer:", "report:")  # how the keys of answers begin
LIMIT = 10  # times the echo's median
FIRST_ID = 700_000
PATIENCE = 180  # seconds that all may take after the last message
COMMUNES = ("xã", "phường", "thị trấn")


@dataclass
class Timed:
    """How long each update took, in milliseconds, and how many failed."""

    took: list[float] = field(default_factory=list)
    failed: int = 0


@contextmanager
def timed() -> Iterator[Timed]:
    """Time every update that the library hands to its handlers within the block, and count what fails."""
    told, process, fail = Timed(), Application.process_update, Application.process_error

    async def timing(application: Any, update: object) -> None:
        began = perf_counter()
        await process(application, update)
        if isinstance(update, Update) and update.message and update.message.text:  # not of a pin
            told.took.append((perf_counter() - began) * 1000)

    async def failing(*given: Any) -> bool:
        told.failed += 1
        return await fail(*given)

    Application.process_update, Application.process_error = timing, failing  # type: ignore[method-assign]
    try:
        yield told
    finally:
        Application.process_update, Application.process_error = process, fail  # type: ignore[method-assign]


async def say(people: list[User], script: list[Talk], rate: float) -> None:
    """Have each message said by the next person, evenly spread in time."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    for number, line in enumerate(script):
        await asyncio.sleep(began + number / rate - loop.time())
        await people[number % len(people)].says(line.text)


async def until(done: Callable[[], Awaitable[bool]]) -> None:
    """Wait until *done*, or until patience runs out: what is missing then is counted."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not await done():  # noqa: ASYNC110 (what it asks is a database)
                await asyncio.sleep(0.2)
    except TimeoutError:
        print("patience ran out")


async def ours(script: list[Talk], count: int, rate: float) -> dict[str, Any]:
    """Return how the bot fared."""
    async with open_box() as box:
        people = await _enrolled(box, count)
        with timed() as told:
            async with box.app.open() as app:
                await say(people, script, rate)
                await until(lambda: _all_settled(app, told, len(script)))
                kept = await _letters(app)
        shown = sum(len(person.chat.bot_messages) for person in people)
    return _figures(told, len(script)) | _answers(kept, script, shown)


async def _enrolled(box: Box, count: int) -> list[User]:
    """Return *count* officers, each of a commune, known to the bot and to Telegram."""
    async with Storage(box.settings.database_url) as storage, storage.begin() as session:
        communes = (await session.exec(select(Unit.id).where(col(Unit.kind).in_(COMMUNES)))).all()
        for number in range(count):
            unit = communes[number % len(communes)]
            name = f"Cán bộ {number}"
            officer = Person(telegram_id=FIRST_ID + number, name=name, role=Role.OFFICER)
            session.add(officer)
            await session.flush()
            session.add(Posting(person_id=officer.id, unit_id=unit, since=civil_now()))
    world = box.telegram.world
    return [world.person(FIRST_ID + number, f"Cán bộ {number}") for number in range(count)]


async def _all_settled(app: App, told: Timed, count: int) -> bool:
    if len(told.took) < count:
        return False
    async with app.desk.look() as act:
        waits = (
            col(Letter.settled).is_(None),
            Letter.chat >= FIRST_ID,
        )  # the desk's cards come by the minute
        return (await act.session.exec(select(Letter.id).where(*waits).limit(1))).first() is None


async def _letters(app: App) -> list[tuple[str, str | None]]:
    """Return the key and the outcome of every answer to an officer."""
    async with app.desk.look() as act:
        rows = await act.session.exec(select(Letter.key, Letter.outcome).where(Letter.chat >= FIRST_ID))
        return [(key, outcome) for key, outcome in rows if key and key.startswith(ANSWERS)]


def _answers(kept: list[tuple[str, str | None]], script: list[Talk], shown: int) -> dict[str, Any]:
    """Hold the letters against the script: what is to be answered was, once, and reached its reader."""
    expected = Counter(line.answered for line in script)
    outcomes = Counter(outcome or "waiting" for _, outcome in kept)
    return {
        "expected": expected[True],
        "silent": expected[False],
        "letters": len(kept),
        "sent": outcomes["sent"],
        "shown": shown,
        "lost": abs(expected[True] - len(kept)) + len(kept) - min(outcomes["sent"], shown),
    }


async def echo(script: list[Talk], count: int, rate: float) -> dict[str, Any]:
    """Return how a bot fares that only says again what it is told."""
    async with TelegramServer() as server:
        people = [server.world.person(FIRST_ID + each, f"Cán bộ {each}") for each in range(count)]
        with timed() as told:
            async with _echoing(server):
                await say(people, script, rate)
                await until(lambda: _reached(told, len(script)))
        shown = sum(len(person.chat.bot_messages) for person in people)
    return _figures(told, len(script)) | {"shown": shown}


async def _reached(told: Timed, count: int) -> bool:
    return len(told.took) >= count


@asynccontextmanager
async def _echoing(server: TelegramServer) -> AsyncIterator[None]:
    async def answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text(update.message.text or "")

    application: Any = (
        Application.builder()
        .token(server.token)
        .base_url(server.base_url)
        .concurrent_updates(AT_ONCE)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, answer))
    async with application:
        await application.start()
        await application.updater.start_polling()
        yield
        await application.updater.stop()
        await application.stop()


def _figures(told: Timed, count: int) -> dict[str, Any]:
    took = sorted(told.took) or [0.0]
    return {
        "handled": len(told.took),
        "unhandled": count - len(told.took),
        "failed": told.failed,
        "p50_ms": round(median(took), 2),
        "p95_ms": round(quantiles(took, n=20, method="inclusive")[-1], 2) if len(took) > 1 else took[0],
        "max_ms": round(took[-1], 1),
    }


async def bench(messages: int, people: int, rate: float) -> dict[str, Any]:
    """Return every figure."""
    script = list(talk(messages, people, rate))
    theirs = await echo(script, people, rate)
    mine = await ours(script, people, rate)
    ratio = round(mine["p50_ms"] / theirs["p50_ms"], 2)
    nothing_lost = not (mine["lost"] or mine["unhandled"] or mine["failed"])
    return {
        "at": civil_now().isoformat(timespec="seconds"),
        "messages": messages,
        "people": people,
        "rate": rate,
        "ours": mine,
        "echo": theirs,
        "ratio": ratio,
        "passed": nothing_lost and ratio <= LIMIT,
    }


def main() -> None:
    """Print the table for people, and one JSON line last."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--rate", type=float, default=20, help="messages a second, of all together")
    given = parser.parse_args()
    told = asyncio.run(bench(given.messages, given.people, given.rate))
    for name in ("echo", "ours"):
        print(f"{name:5}", *(f"{key} {value}" for key, value in told[name].items()))
    print(json.dumps(told))


if __name__ == "__main__":
    main()
