"""The chat: the Telegram library's application in our loop, begun again whenever it falters."""

import asyncio
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
from bot.pace import Pace
from bot.patience import Patience
from bot.polling import PollRequest
from bot.reception import Reception
from bot.settings import Settings
from operations.desk import Desk
from storage.letters import Address

log = structlog.get_logger(__name__)

AT_ONCE = 8
POOL = 8
AFTER_CANCEL = 0.2  # seconds
NO_ENVIRONMENT = {"trust_env": False}  # the proxy is a setting; HTTP_PROXY would catch loopback too
UPDATES = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]


class Chat:
    """Polling, dispatch and courier over one bot account."""

    def __init__(self, settings: Settings, patience: Patience | None = None) -> None:
        self._settings = settings
        self._proxy = settings.telegram_proxy.get_secret_value() or None
        self.patience = patience or Patience()
        self._pace = Pace()
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
        """Talk until cancelled; when polling stalls all begins anew, with connections of its own."""
        while True:
            await self._run(desk, reception)
            log.warning("telegram.stalled", seconds=self.patience.stalled)

    async def _run(self, desk: Desk, reception: Reception) -> None:
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
        """Poll and deliver until polling stalls; then stop in order, letting what is on its way finish."""
        self._bot = application.bot
        self._courier = Courier(desk, application.bot, self._pace, self.patience)
        await application.start()
        courier = asyncio.create_task(self._courier.run())
        polling = asyncio.create_task(self._keep_polling(application))
        menus = asyncio.create_task(_offer_menus(application.bot, desk))
        try:
            ended, _ = await asyncio.wait([courier, polling], return_when=asyncio.FIRST_COMPLETED)
            for each in ended:
                each.result()  # a fault of either ends the other, too
        finally:
            self._bot = None
            await _end(polling, menus)
            await _stop(application.updater, self.patience.hang_up)
            await _stop(application, self.patience.leave)
            self._courier = None
            await _end(courier)

    async def _keep_polling(self, application: Any) -> None:
        assert self._poll is not None
        await application.updater.start_polling(
            timeout=self.patience.poll,
            bootstrap_retries=-1,
            allowed_updates=UPDATES,
            error_callback=lambda error: log.warning("telegram.poll", error=str(error)),
        )
        await self._poll.stalls(self.patience.stalled)


async def _offer_menus(bot: Bot, desk: Desk) -> None:
    try:
        await publish(bot, desk)
    except Exception:  # without them people type the commands
        log.exception("menus.unpublished")


async def _stop(part: Any, seconds: float) -> None:
    """Stop the updater or the application. Both wait for Telegram in doing so, and may pass over a cancel."""
    if not part.running:
        return
    stopping = asyncio.create_task(part.stop())
    for patience in (seconds, AFTER_CANCEL):
        await asyncio.wait([stopping], timeout=patience)
        stopping.cancel()
    if stopping.done() and not stopping.cancelled() and (error := stopping.exception()):
        log.warning("telegram.unstopped", error=str(error))


async def _end(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
