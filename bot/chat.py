"""The chat: the Telegram library's application in our loop, begun again whenever it falters."""

import asyncio
from contextlib import suppress
from http import HTTPStatus
from time import monotonic
from typing import Any

import structlog
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application
from telegram.request import HTTPXRequest

from bot.courier import Courier
from bot.dispatch import Dispatch
from bot.menus import publish
from bot.reception import Reception
from bot.settings import Settings
from operations.desk import Desk

log = structlog.get_logger(__name__)

POLL_SECONDS = 10
STALLED = 60.0  # no good getUpdates for this long: begin polling anew
AT_ONCE = 8
FIRST_RETRY, LAST_RETRY = 1.0, 60.0
NO_ENVIRONMENT = {"trust_env": False}  # the proxy is a setting; HTTP_PROXY would catch loopback too
PATIENCE = 3.0  # seconds for Telegram to take leave


class PollRequest(HTTPXRequest):
    """The request of getUpdates, which remembers when it last succeeded."""

    last_good: float | None = None

    async def do_request(self, *args: object, **kwargs: object) -> tuple[int, bytes]:
        """Do the request and note the time of a good answer."""
        status, body = await super().do_request(*args, **kwargs)  # type: ignore[arg-type]
        if status == HTTPStatus.OK:
            self.last_good = monotonic()
        return status, body

    async def stalls(self) -> None:
        """Return once no answer was good for too long."""
        since = monotonic()
        while True:
            left = max(since, self.last_good or since) + STALLED - monotonic()
            if left <= 0:
                return
            await asyncio.sleep(left)


class Chat:
    """Polling, dispatch and courier over one bot account."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._proxy = settings.telegram_proxy.get_secret_value() or None
        self._poll: PollRequest | None = None
        self._courier: Courier | None = None

    @property
    def poll_age(self) -> float | None:
        """Seconds since the last good getUpdates."""
        good = self._poll.last_good if self._poll else None
        return None if good is None else monotonic() - good

    def posted(self) -> None:
        """Tell the courier that there may be letters."""
        if self._courier is not None:
            self._courier.wake()

    async def run(self, desk: Desk, reception: Reception) -> None:
        """Talk until cancelled; then stop in order, letting what is on its way finish."""
        application = self._build()
        Dispatch(reception).attach(application)
        await _greet(application)
        self._courier = Courier(desk, application.bot)
        helpers = [
            asyncio.create_task(self._courier.run()),
            asyncio.create_task(publish(application.bot, desk)),
        ]
        try:
            await application.start()
            await self._keep_polling(application)
        finally:
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await _stop(application)
            for helper in helpers:
                helper.cancel()
            await asyncio.gather(*helpers, return_exceptions=True)
            await application.shutdown()

    def _build(self) -> Any:
        self._poll = PollRequest(
            connection_pool_size=8,
            proxy=self._proxy,
            read_timeout=POLL_SECONDS + 5,
            httpx_kwargs=NO_ENVIRONMENT,
        )
        request = HTTPXRequest(
            connection_pool_size=AT_ONCE * 2, proxy=self._proxy, read_timeout=10, httpx_kwargs=NO_ENVIRONMENT
        )
        return (
            Application.builder()
            .token(self._settings.telegram_token.get_secret_value())
            .base_url(self._settings.telegram_base_url)
            .base_file_url(self._settings.telegram_base_file_url)
            .get_updates_request(self._poll)
            .request(request)
            .concurrent_updates(AT_ONCE)
            .build()
        )

    async def _keep_polling(self, application: Any) -> None:
        assert self._poll is not None
        while True:
            await application.updater.start_polling(
                timeout=POLL_SECONDS,
                bootstrap_retries=-1,
                allowed_updates=["message", "callback_query", "my_chat_member"],
                error_callback=lambda error: log.warning("telegram.poll", error=str(error)),
            )
            await self._poll.stalls()
            log.warning("telegram.stalled", poll_age=self.poll_age)
            await application.updater.stop()


async def _greet(application: Any) -> None:
    """Initialise the library, however long Telegram is away; a wrong token is no matter of time."""
    pause = FIRST_RETRY
    while True:
        try:
            await application.initialize()
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("telegram.away", error=str(error), retry_in=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LAST_RETRY)
        else:
            log.info("telegram.here", bot=application.bot.username)
            return


async def _stop(application: Any) -> None:
    if application.updater.running:
        await application.updater.stop()
    if application.running:
        await application.stop()
