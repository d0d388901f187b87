"""The composition root: builds a desk, starts and stops everything in order, and owns the civil clock."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic

import structlog
from telegram.error import InvalidToken

from bot.alarm import AFTER, DatabaseAlarm
from bot.chat import Chat
from bot.patience import Patience
from bot.reception import Reception
from bot.routes import handler, menu
from bot.second_way import SecondWay
from bot.settings import Settings, SettingsError
from bot.timetable import timetable
from bot.vitals import figures
from checks.icmp_socket import SocketFactory, open_icmp_socket
from incidents.model import LineState
from intents.understanding import understand
from operations import run
from operations.count import count
from operations.desk import Desk
from operations.meter import Metering
from operations.patrol import Patrol
from operations.tick import tick
from storage import people, schema
from storage.engine import Storage
from storage.lock import hold
from web.health import Health
from web.server import WebServer

log = structlog.get_logger(__name__)

TICK_SECONDS = 1.0
BEAT_SECONDS = 15.0
RESTART_SECONDS = 5.0


def civil_now() -> datetime:
    """Return the civil time; nowhere else is it read."""
    return datetime.now(UTC)


@dataclass(slots=True)
class App:
    """Everything that runs, for as long as it is open."""

    settings: Settings
    icmp_socket: SocketFactory = open_icmp_socket
    clock: Callable[[], datetime] = civil_now
    alarm_after: float = AFTER
    patience: Patience = field(default_factory=Patience)
    desk: Desk = field(init=False)
    patrol: Patrol = field(init=False)
    metering: Metering = field(init=False)
    chat: Chat = field(init=False)
    web: WebServer = field(init=False)
    ticked: float | None = field(init=False, default=None)  # when the timers were last looked at

    @asynccontextmanager
    async def open(self) -> AsyncIterator["App"]:
        """Lock and migrate the database, start in order, and on leaving stop in the opposite order."""
        if not self.settings.telegram_token.get_secret_value():
            raise SettingsError("TRUCMANG_TELEGRAM_TOKEN: no token is set; BotFather gives one")
        async with AsyncExitStack() as stack:
            stack.enter_context(hold(self.settings.database_file))
            before, after = await schema.upgrade(self.settings.database_url)
            log.info("database.schema", before=before, after=after)
            storage = await stack.enter_async_context(Storage(self.settings.database_url))
            self.chat = Chat(self.settings, self.patience)
            self.desk = Desk(
                storage,
                self.clock,
                self.settings.voice,
                self.chat.posted,
                security=self.settings.security_chats,
            )
            run_id = await run.start(
                self.desk,
                oncall_chat=self.settings.oncall_chat,
                administrators=self.settings.admins,
                anchors=self.settings.anchors,
            )
            stack.push_async_callback(self._end, run_id)
            self.patrol = Patrol(self.desk, period=self.settings.probe_seconds, icmp_socket=self.icmp_socket)
            self.metering = Metering(self.desk, self.settings.credentials)
            self.web = await stack.enter_async_context(self._web())
            await stack.enter_async_context(_task(_again("patrol", self.patrol.run)))
            await stack.enter_async_context(_task(self.metering.run()))
            await stack.enter_async_context(_task(self._warm()))
            reception = Reception(self.desk, self.patrol.probe, menu, handler)
            await stack.enter_async_context(
                _task(_again("chat", lambda: self.chat.run(self.desk, reception)))
            )
            if targets := self.settings.targets:
                second_way = SecondWay(self.desk, targets)
                await stack.enter_async_context(_task(_again("second way", second_way.run)))
            alarm = DatabaseAlarm(self.desk, self.chat.tell, after=self.alarm_after)
            await stack.enter_async_context(_task(alarm.run()))
            await stack.enter_async_context(_task(self._tick()))
            await stack.enter_async_context(_task(self._beat(run_id)))
            scheduler = timetable(self.desk, self.settings)
            scheduler.start()
            stack.callback(scheduler.shutdown, wait=False)
            yield self

    async def describe(self) -> str:
        """Return in a few lines what the bot runs on; no secret among them."""
        async with self.desk.look() as act:
            channels, people_ = len(act.directory.live_channels), len(await people.everyone(act.session))
            period = self.settings.probe_seconds or act.policies.detection(None).period
        settings = self.settings
        proxy = " through a proxy" if settings.telegram_proxy.get_secret_value() else ""
        return "\n".join(
            [
                "Trực Mạng is running.",
                f"  database  {settings.database_url}",
                f"  watching  {channels} channels every {period:g} s, {len(settings.anchors)} anchors",
                f"  chat      {settings.telegram_base_url.removesuffix('/bot')}{proxy}, "
                f"{people_} people, {settings.locale}, {settings.timezone}",
                f"  web       http://{settings.web_host}:{self.web.port}/healthz",
            ]
        )

    async def examine(self) -> Health:
        """Return the signs of life."""
        try:
            async with self.desk.storage.read() as session:
                counts = await count(session)
        except Exception:
            log.exception("database.unreadable")
            counts = None
        counters, states = self.patrol.engine.counters, self.patrol.states
        fault = self.desk.storage.fault
        tick_age = None if self.ticked is None else monotonic() - self.ticked
        return Health(
            outcome_age=self.patrol.age,
            poll_age=self.chat.poll_age,
            poll_late=self.patience.late,
            rival=self.chat.rival,
            outbox_depth=counts.waiting if counts else None,
            channels=len(states),
            out=sum(state in (LineState.DOWN, LineState.UNREACHABLE) for state in states.values()),
            blind=self.patrol.watch.blind,
            sent=counters.sent,
            replies=counters.replies,
            unknown=counters.send_failed + counters.stalled,
            database=None if fault is None else str(fault.ailment),
            figures=figures(self.settings, self.patrol, self.metering, counts, tick_age, self.clock()),
        )

    def _web(self) -> WebServer:
        settings = self.settings
        token = settings.web_token.get_secret_value()
        return WebServer(settings.web_host, settings.web_port, token, self.examine)

    async def _warm(self) -> None:
        """Have the knowledge of words and names at hand before the first message needs it."""
        async with self.desk.look() as act:
            inventory = act.directory
        await asyncio.to_thread(lambda: understand("", inventory.gazetteer))

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            try:
                await tick(self.desk, self.clock())
                self.ticked = monotonic()
            except Exception:  # the database is away: what is due stays due
                log.exception("tick.failed")

    async def _beat(self, run_id: int) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            with suppress(Exception):
                await run.beat(self.desk, run_id, self.clock())

    async def _end(self, run_id: int) -> None:
        await run.beat(self.desk, run_id, self.clock(), stopped=True)


@asynccontextmanager
async def _task(work: Awaitable[None]) -> AsyncIterator[None]:
    """Run *work* beside what is within, and have it end before what is outside of it."""
    task = asyncio.ensure_future(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _again(name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Do *work*, and begin it again whenever it fails: one part's fall is not the others'."""
    while True:
        try:
            await work()
        except InvalidToken:
            log.warning("telegram.token", mend="TRUCMANG_TELEGRAM_TOKEN is not a bot's: ask BotFather for it")
        except Exception:
            log.exception("part.failed", part=name, restart_in=RESTART_SECONDS)
            task = asyncio.current_task()
            if task is not None and task.cancelling():  # it failed in ending
                return
        await asyncio.sleep(RESTART_SECONDS)
