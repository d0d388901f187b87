"""The line to Telegram: one bot account asked once, and what was heard of the HTTP beneath."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import httpx
from telegram import Bot, User
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.chat import NO_ENVIRONMENT
from bot.settings import Settings

PATIENCE = 5.0  # seconds for one answer


@dataclass(frozen=True, slots=True)
class Heard:
    """The last HTTP answer: its status, its clock beside ours, and whether it was a Bot API's."""

    status: int
    date: str | None
    at: datetime
    api: bool


class Line:
    """Telegram, as far as this installation reaches it."""

    def __init__(self, settings: Settings, now: Callable[[], datetime]) -> None:
        self._now = now
        self._settings = settings
        self._me: User | TelegramError | None = None
        self.heard: Heard | None = None
        self._request = HTTPXRequest(
            connection_pool_size=2,
            proxy=settings.telegram_proxy.get_secret_value() or None,
            connect_timeout=PATIENCE,
            read_timeout=PATIENCE,
            httpx_kwargs={**NO_ENVIRONMENT, "event_hooks": {"response": [self._hear]}},
        )

    @property
    def bot(self) -> Bot:
        """The account; there must be a token."""
        token, base = self._settings.telegram_token.get_secret_value(), self._settings.telegram_base_url
        return Bot(token, base_url=base, request=self._request, get_updates_request=self._request)

    async def me(self) -> User:
        """Return who the bot is, or raise the TelegramError that the first asking ended in."""
        if self._me is None:
            try:
                self._me = await self.bot.get_me()
            except TelegramError as error:
                self._me = error
        if isinstance(self._me, TelegramError):
            raise self._me
        return self._me

    async def close(self) -> None:
        """Let go of the connections."""
        await self._request.shutdown()

    async def _hear(self, response: httpx.Response) -> None:
        await response.aread()
        try:
            said = response.json()
        except ValueError:
            said = None
        api = isinstance(said, dict) and isinstance(said.get("ok"), bool)
        self.heard = Heard(response.status_code, response.headers.get("date"), self._now(), api)
