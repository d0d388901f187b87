"""The database's alarm: what the duty desk is told past the outbox, which is in the database itself."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from time import monotonic

import structlog
from markupsafe import Markup
from telegram.error import TelegramError

from incidents.roles import Room
from locales.marker import N_
from operations.desk import Desk
from storage import letters, people
from storage.letters import Address
from storage.pulse import Ailment, Fault

log = structlog.get_logger(__name__)

AFTER = 60.0  # seconds; what heals sooner is nobody's business
EVERY = 2.0
REMEMBER = 60.0

WHY = {
    Ailment.LOCKED: N_("another program holds it"),
    Ailment.FULL: N_("the disk is full"),
    Ailment.READ_ONLY: N_("it can be read but not written"),
    Ailment.DAMAGED: N_("its file is damaged; a backup has to be restored"),
    Ailment.DISK: N_("the disk reports an error"),
}

Say = Callable[[Address, Markup], Awaitable[None]]


class DatabaseAlarm:
    """Tells every on-call chat once that the database takes nothing, and once that it does again."""

    def __init__(
        self,
        desk: Desk,
        say: Say,
        *,
        after: float = AFTER,
        every: float = EVERY,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._desk = desk
        self._say = say
        self._after = after
        self._every = every
        self._clock = clock
        self._rooms: tuple[Address, ...] = ()  # kept in mind: they may be unreadable when they are needed
        self._remembered: float | None = None
        self._told: set[Address] = set()
        self._since = 0.0

    async def run(self) -> None:
        """Watch until cancelled."""
        while True:
            await self.check()
            await asyncio.sleep(self._every)

    async def check(self) -> None:
        """Tell what has to be told now; what could not be told is told at the next check."""
        fault = self._desk.storage.fault
        if fault is None:
            await self._over()
            await self._remember()
        elif self._clock() - fault.since >= self._after:
            await self._lasts(fault)

    async def _lasts(self, fault: Fault) -> None:
        if not self._told:
            self._since = fault.since
        voice, now = self._desk.voice, self._desk.clock()
        since = now - timedelta(seconds=self._clock() - fault.since)
        text = voice.say(
            "⚠️ <b>The database has taken nothing since {when}</b>: {why}.\n"
            "The lines are still probed. Tickets, cards and buttons stand still until it is mended. "
            "Please call the administrator.",
            when=voice.when(since, now),
            why=voice.say(WHY[fault.ailment]),
        )
        for where in self._rooms:
            if where not in self._told and await self._tell(where, text):
                self._told.add(where)
                log.error("database.fault", ailment=str(fault.ailment), chat=where.chat)

    async def _over(self) -> None:
        if not self._told:
            return
        lasted = timedelta(seconds=self._clock() - self._since)
        text = self._desk.voice.say(
            "✅ The database takes everything again; it did not for {span}. "
            "Tickets and cards are being brought up to date.",
            span=self._desk.voice.duration(lasted),
        )
        for where in tuple(self._told):
            if await self._tell(where, text):
                self._told.discard(where)
                log.info("database.back", lasted=round(lasted.total_seconds()), chat=where.chat)

    async def _tell(self, where: Address, text: Markup) -> bool:
        try:
            await self._say(where, text)
        except TelegramError as error:
            log.warning("database.untold", chat=where.chat, error=str(error))
            return False
        return True

    async def _remember(self) -> None:
        now = self._clock()
        if self._remembered is not None and now - self._remembered < REMEMBER:
            return
        try:
            async with self._desk.storage.read() as session:
                rooms = await people.chats(session, Room.ONCALL)
        except Exception:
            log.exception("database.unreadable")
            return
        self._rooms, self._remembered = tuple(letters.address(room) for room in rooms), now
