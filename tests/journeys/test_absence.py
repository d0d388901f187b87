"""Six hours without Telegram by a scripted clock: thirty tickets come and go, and one digest tells of it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

from telegram import Bot
from telegram.request import HTTPXRequest

from bot.courier import Courier
from bot.pace import Pace
from bot.patience import Patience
from incidents.actions import Close, Leave
from incidents.lifecycle import Step
from incidents.model import Incident, Member, code
from operations.catch_up import is_behind
from operations.desk import Desk
from operations.respond import begin, take
from operations.tick import tick
from storage import incidents, letters
from storage.engine import Storage
from tests.journeys.audit import VOICE
from tests.journeys.town import Town, open_town

AREAS, LINES = 2, 16
EVERY = timedelta(minutes=12)  # a ticket; thirty in six hours
LASTS = 2  # of these spells
QUICK = Patience(connect=1, answer=1, first_retry=0.05, last_retry=0.05, last_words=0.5)


@asynccontextmanager
async def delivering(desk: Desk, courier: Courier) -> AsyncIterator[None]:
    task = asyncio.create_task(courier.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await holds():
            await asyncio.sleep(0.02)


async def opens(desk: Desk, line: str) -> Incident:
    async with desk.act() as act:
        id_, channel = next((id_, each) for id_, each in act.directory.channels.items() if each.code == line)
        silent = Incident(unit=channel.unit_id, opened=act.at, root=id_, members=(Member(id_, act.at),))
        return await begin(act, silent, "silent")


async def closes(desk: Desk, id_: int) -> None:
    async with desk.act() as act:
        incident = await incidents.find(act.session, id_)
        assert incident is not None
        left = await take(act, incident, Leave(incident.silent, act.at))
        assert isinstance(left, Step)
        assert isinstance(await take(act, left.after, Close(None)), Step)


async def test_six_hours_of_absence_end_in_one_digest_and_the_cards_of_what_is_open(
    tmp_path: Path, clock
) -> None:
    async with open_town(tmp_path, areas=AREAS, lines=LINES) as town, Storage(town.url) as storage:
        desk = Desk(storage, clock, VOICE)
        request = HTTPXRequest(connect_timeout=1, read_timeout=1, httpx_kwargs={"trust_env": False})
        async with Bot(town.telegram.token, base_url=town.telegram.base_url, request=request) as bot:
            courier = Courier(desk, bot, Pace(spacing=0.0, group_minute=1000), QUICK)
            async with delivering(desk, courier):
                seen = await opens(desk, town.lines[0][-1])
                courier.wake()
                await town.oncall[0].next_message(containing=code(seen.id))
                await town.telegram.faults.away()
                still = await _absence(desk, town, clock, courier, seen)
                await town.telegram.faults.heal()

                async def all_said() -> bool:
                    async with storage.read() as session:
                        return await letters.depth(session) == 0

                await until(all_said)
        (card, *later) = town.oncall[0].bot_messages
        assert card.text.startswith(f"⚪ {code(seen.id)}")
        for area, told in enumerate((later, town.oncall[1].bot_messages)):
            digests = [each for each in told if each.text.startswith("Trong lúc mất kết nối với Telegram")]
            cards = [each for each in told if each not in digests]
            assert len(digests) == 1
            own = sorted(code(id_) for id_, of in still.items() if of == area)
            assert sorted(each.text.split()[1] for each in cards) == own
            assert f"Đang mở: {len(own)}" in digests[0].text
            assert sum(line.startswith(("🔴", "🟢")) for line in digests[0].text.splitlines()) == 15 + (
                area == 0
            )


async def _absence(desk: Desk, town: Town, clock, courier: Courier, seen: Incident) -> dict[int, int]:
    """Let six hours go by; return the area of each ticket that is still open then."""
    live: dict[int, int] = {}
    due: list[tuple[int, int]] = [(1, seen.id)]
    for spell in range(30):
        clock.on(seconds=EVERY.total_seconds())
        await tick(desk, clock.at)
        for id_ in [id_ for when, id_ in due if when == spell]:
            await closes(desk, id_)
            live.pop(id_, None)
        area = spell % AREAS
        ticket = await opens(desk, town.lines[area][spell // AREAS])
        live[ticket.id] = area
        if spell % 10 != 9:  # three stay
            due.append((spell + LASTS, ticket.id))
        await _caught_up(desk, town, courier)
    for id_ in [id_ for when, id_ in due if when >= 30]:
        await closes(desk, id_)
        live.pop(id_)
    clock.on(minutes=6)  # what is younger than five is news still
    await _caught_up(desk, town, courier)
    return live


async def _caught_up(desk: Desk, town: Town, courier: Courier) -> None:
    """Wait until the courier, who tries in vain, has folded what is stale by now."""

    async def caught_up() -> bool:
        async with desk.look() as act:
            return not any([await is_behind(act, letters.Address(chat.id)) for chat in town.oncall])

    courier.wake()
    await until(caught_up)
