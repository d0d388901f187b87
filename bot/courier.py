"""The courier: outbox to Telegram; the only sender."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from time import monotonic

import structlog
from telegram import Bot

from bot.delivery import Delivery
from bot.pace import Pace
from bot.patience import Patience
from operations.desk import Desk
from storage import letters
from storage.tables import Letter

log = structlog.get_logger(__name__)

LONGEST_WAIT = 30.0
AT_ONCE = 8


class Courier:
    """Delivers what waits: one lane a chat, paced; progress by edit, what rings as a new message."""

    def __init__(
        self, desk: Desk, bot: Bot, pace: Pace | None = None, patience: Patience | None = None
    ) -> None:
        self._desk = desk
        self._pace = pace or Pace()
        self._patience = patience or Patience()
        self._delivery = Delivery(desk, bot, self._pace, self._patience)
        self._wake = asyncio.Event()
        self._lanes: dict[int, asyncio.Task[None]] = {}

    def wake(self) -> None:
        """Look at the outbox now."""
        self._wake.set()

    async def run(self) -> None:
        """Deliver until cancelled; what is on its way then is let finish, but not for ever."""
        try:
            while True:
                self._wake.clear()
                wait = await self._round()
                # not wait_for(): up to Python 3.11 it may pass over a cancel
                with suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await self._wake.wait()
        finally:
            self._delivery.ending = True
            await self._finish(list(self._lanes.values()))

    async def _finish(self, lanes: list[asyncio.Task[None]]) -> None:
        if lanes:
            await asyncio.wait(lanes, timeout=self._patience.last_words)
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)

    async def _round(self) -> float:
        """Start every lane that may go; return in how many seconds another may."""
        if len(self._lanes) >= AT_ONCE:
            return LONGEST_WAIT  # the end of a lane wakes us
        try:
            async with self._desk.storage.read() as session:
                waiting = await letters.pending(session)
        except Exception:  # the database is away: letters wait in it
            log.exception("outbox.unreadable")
            return self._patience.first_retry
        now, at = monotonic(), self._desk.clock()
        wait = LONGEST_WAIT
        for chat, (letter, redraws) in self._heads(waiting, at).items():
            if chat in self._lanes or len(self._lanes) >= AT_ONCE:
                continue
            ready = max(self._pace.ready_at(chat, now, redraws=redraws) - now, self._wait(letter, at))
            if ready <= 0:
                self._lanes[chat] = asyncio.create_task(self._travel(chat, letter))
            else:
                wait = min(wait, ready)
        return wait

    async def _travel(self, chat: int, letter: Letter) -> None:
        try:
            assert letter.id is not None
            await self._delivery.deliver(letter.id)
        except Exception:
            log.exception("letter.failed", letter=letter.id, kind=letter.kind)
            await self._put_off(letter)
        finally:
            del self._lanes[chat]
            self._wake.set()

    async def _put_off(self, letter: Letter) -> None:
        # also where even this cannot be written: a letter that fails must not be tried without a pause
        self._pace.hold(letter.chat, monotonic() + self._patience.first_retry)
        try:
            await self._delivery.put_off(letter)
        except Exception:
            log.exception("letter.unwritable", letter=letter.id)

    def _heads(self, waiting: Iterable[tuple[Letter, bool]], at: datetime) -> dict[int, tuple[Letter, bool]]:
        """Return the letter that goes next in each chat, and whether it only redraws.

        One in doubt comes first, while what it may have become is still the newest message there; then what
        rings, a redraw, and what is only shown; of these the oldest.
        """
        heads: dict[int, tuple[tuple[bool, bool, bool, bool, int], Letter]] = {}
        for letter, redraws in waiting:
            shown = letter.kind == letters.MEDIA
            turn = (self._wait(letter, at) > 0, not letter.in_doubt, redraws, shown, letter.id or 0)
            if letter.chat not in heads or turn < heads[letter.chat][0]:
                heads[letter.chat] = turn, letter
        return {chat: (letter, turn[2]) for chat, (turn, letter) in heads.items()}

    def _wait(self, letter: Letter, at: datetime) -> float:
        """Return the seconds until *letter* may go."""
        wait = (letter.not_before - at).total_seconds()
        meant = (letter.due - letter.created).total_seconds() if letter.due else 0.0
        # nothing is put off for longer than this but by the pace: since then the clock was set back
        return 0.0 if wait > meant + self._patience.last_retry else wait
