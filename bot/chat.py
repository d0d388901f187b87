"""The chat: the Telegram library's application in our loop, begun again whenever it falters."""

import asyncio
from contextlib import suppress
from time import monotonic
from typing import Any

import structlog
from markupsafe import Markup
from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.ext import Application
from telegram.request import HTTPXRequest

from bot.courier import Courier
from bot.dispatch import Dispatch
from bot.menus import publish
from bot.patience import Patience
from bot.polling import PollRequest
from bot.reception import Reception
from bot.settings import Settings
from operations.desk import Desk
from storage.letters import Address

log = structlog.get_logger(__name__)

AT_ONCE = 8
POOL = 8
NO_ENVIRONMENT = {"trust_env": False}  # the proxy is a setting; HTTP_PROXY would catch loopback too
UPDATES = ["message", "callback_query", "my_chat_member"]


class Chat:
    """Polling, dispatch and courier over one bot account."""

    def __init__(self, settings: Settings, patience: Patience | None = None) -> None:
        self._settings = settings
        self._proxy = settings.telegram_proxy.get_secret_value() or None
        self.patience = patience or Patience()
        self._poll: PollRequest | None = None
        self._courier: Courier | None = None
        self._bot: Bot | None = None

    @property
    def poll_age(self) -> float | None:
        """Seconds since the last good getUpdates."""
        good = self._poll.last_good if self._poll else None
        return None if good is None else monotonic() - good

    @property
    def rival(self) -> bool:
        """Whether another process lately polled with our token, and so took updates from us."""
        conflict = self._poll.last_conflict if self._poll else None
        return conflict is not None and monotonic() - conflict < self.patience.late

    def posted(self) -> None:
        """Tell the courier that there may be letters."""
        if self._courier is not None:
            self._courier.wake()

    async def tell(self, where: Address, text: Markup) -> None:
        """Send *text* at once, past the outbox; a TelegramError says that it may not have arrived."""
        if self._bot is None:
            raise NetworkError("there is no connection yet")
        await self._bot.send_message(
            where.chat, str(text), parse_mode=ParseMode.HTML, message_thread_id=where.topic or None
        )

    async def run(self, desk: Desk, reception: Reception) -> None:
        """Talk until cancelled; then stop in order, letting what is on its way finish, but not for ever."""
        poll = self._poll = self._request(PollRequest)
        request = self._request(HTTPXRequest)
        application = self._build(poll, request)
        Dispatch(reception).attach(application)
        try:
            await self._greet(application)
            await self._talk(application, desk)
        finally:
            await application.shutdown()
            # a start that failed half-way leaves them open
            await asyncio.gather(poll.shutdown(), request.shutdown())

    def _request(self, kind: type[HTTPXRequest]) -> Any:
        return kind(
            connection_pool_size=POOL if kind is PollRequest else AT_ONCE * 2,
            proxy=self._proxy,
            connect_timeout=self.patience.connect,
            read_timeout=self.patience.answer,  # the library adds a getUpdates' own time
            httpx_kwargs=NO_ENVIRONMENT,
        )

    def _build(self, poll: HTTPXRequest, request: HTTPXRequest) -> Any:
        return (
            Application.builder()
            .token(self._settings.telegram_token.get_secret_value())
            .base_url(self._settings.telegram_base_url)
            .base_file_url(self._settings.telegram_base_file_url)
            .get_updates_request(poll)
            .request(request)
            .concurrent_updates(AT_ONCE)
            .build()
        )

    async def _greet(self, application: Any) -> None:
        """Initialise the library, however long Telegram is away; a wrong token is no matter of time."""
        pause = self.patience.first_retry
        while True:
            try:
                await application.initialize()
            except InvalidToken:
                raise
            except TelegramError as error:
                log.warning("telegram.away", error=str(error), retry_in=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, self.patience.last_retry)
            else:
                log.info("telegram.here", bot=application.bot.username)
                return

    async def _talk(self, application: Any, desk: Desk) -> None:
        self._courier, self._bot = Courier(desk, application.bot, patience=self.patience), application.bot
        await application.start()
        courier = asyncio.create_task(self._courier.run())
        others = [
            asyncio.create_task(self._keep_polling(application)),
            asyncio.create_task(_offer_menus(application.bot, desk)),
        ]
        try:
            ended, _ = await asyncio.wait([courier, others[0]], return_when=asyncio.FIRST_COMPLETED)
            for each in ended:  # neither ends but by a fault, and then all begins anew
                each.result()
        finally:
            self._bot = None
            await _end(others)
            with suppress(TimeoutError):
                async with asyncio.timeout(self.patience.leave):
                    await _stop(application)
            self._courier = None
            await _end([courier])

    async def _keep_polling(self, application: Any) -> None:
        assert self._poll is not None
        while True:
            await application.updater.start_polling(
                timeout=self.patience.poll,
                bootstrap_retries=-1,
                allowed_updates=UPDATES,
                error_callback=lambda error: log.warning("telegram.poll", error=str(error)),
            )
            await self._poll.stalls(self.patience.stalled)
            log.warning("telegram.stalled", poll_age=self.poll_age)
            with suppress(TimeoutError):  # to take leave of polling it polls once more
                async with asyncio.timeout(self.patience.leave):
                    await application.updater.stop()
            await self._poll.renew()


async def _offer_menus(bot: Bot, desk: Desk) -> None:
    try:
        await publish(bot, desk)
    except Exception:  # without them people type the commands
        log.exception("menus.unpublished")


async def _stop(application: Any) -> None:
    if application.updater.running:
        await application.updater.stop()
    if application.running:
        await application.stop()


async def _end(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
