"""The wire to Telegram without a network: the real library's requests, answered yes and remembered."""

import json
from typing import Any

from telegram import Bot, Update
from telegram.ext import Application
from telegram.request import BaseRequest, RequestData

from bot.dispatch import Dispatch
from bot.reception import Reception

ME = {"id": 700000001, "is_bot": True, "first_name": "Trực Mạng", "username": "trucmang_bot"}


class Wire(BaseRequest):
    """Takes what the library would send."""

    def __init__(self) -> None:
        self.toasts: list[str | None] = []

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[1]
        if name == "answerCallbackQuery":
            assert request_data is not None
            self.toasts.append(request_data.parameters.get("text"))
        return 200, json.dumps({"ok": True, "result": ME if name == "getMe" else True}).encode()


class Desk:
    """A bot at whose desk people type and tap; each update goes through the real application."""

    def __init__(self, reception: Reception) -> None:
        self.wire = Wire()
        bot = Bot("700000001:x", request=self.wire, get_updates_request=Wire())
        self._application = Application.builder().bot(bot).updater(None).build()
        Dispatch(reception).attach(self._application)
        self._count = 0

    async def open(self) -> None:
        """Make ready."""
        await self._application.initialize()

    async def close(self) -> None:
        """Leave."""
        await self._application.shutdown()

    async def taps(self, who: int, chat: int, data: str) -> str | None:
        """Have *who* press a button with *data* in *chat*; return what the finger is told."""
        message = self._message(chat, ME, "SC-0000")
        query = {
            "id": str(self._count),
            "from": _user(who),
            "message": message,
            "chat_instance": "1",
            "data": data,
        }
        await self._take({"callback_query": query})
        return self.wire.toasts.pop()

    async def types(self, who: int, chat: int, text: str, reply_to: str | None = None) -> None:
        """Have *who* type *text* in *chat*, perhaps in reply to a message of ours."""
        message = self._message(chat, _user(who), text)
        if reply_to is not None:
            message["reply_to_message"] = self._message(chat, ME, reply_to)
        await self._take({"message": message})

    async def _take(self, what: dict[str, Any]) -> None:
        self._count += 1
        update = Update.de_json({"update_id": self._count, **what}, self._application.bot)
        await self._application.process_update(update)

    def _message(self, chat: int, sender: dict[str, Any], text: str) -> dict[str, Any]:
        self._count += 1
        kind = {"type": "private", "first_name": "x"} if chat > 0 else {"type": "supergroup", "title": "x"}
        return {
            "message_id": self._count,
            "date": 1772413200,
            "chat": {"id": chat, **kind},
            "from": sender,
            "text": text,
        }


def _user(who: int) -> dict[str, Any]:
    return {"id": who, "is_bot": False, "first_name": f"P{who}"}
