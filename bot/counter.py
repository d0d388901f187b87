"""The counter: an envelope as requests to Telegram, a new message or an edit, each in its turn."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.cards.message import Rows
from bot.drawn import Drawn
from bot.envelope import Envelope
from bot.faults import Fate, judge
from bot.pace import Pace
from incidents.supplement import Medium
from locales.voice import Voice
from storage.attachments import File

PLAIN = LinkPreviewOptions(is_disabled=True)
SUPERGROUPS = -(10**12)  # below this a chat numbers its messages one by one, and for itself
SENDS: dict[Medium, Callable[..., Awaitable[Message]]] = {
    Medium.PHOTO: Bot.send_photo,
    Medium.VOICE: Bot.send_voice,
    Medium.VIDEO: Bot.send_video,
    Medium.DOCUMENT: Bot.send_document,
}
REACH = 8  # messages of other people's that a search goes past


class Counter:
    """Hands envelopes over to Telegram; a TelegramError says what became of one that it did not take."""

    def __init__(self, bot: Bot, pace: Pace, voice: Voice) -> None:
        self._bot = bot
        self._pace = pace
        self._voice = voice

    async def hand_over(self, envelope: Envelope) -> int:
        """Send or edit, and return the message's number."""
        if envelope.edits is None:
            return await self._send(envelope)
        await self._edit(envelope, envelope.edits)
        return envelope.edits

    async def pin(self, chat: int, number: int) -> None:
        """Pin the message in its chat, without a bell."""
        await self._turn(chat)
        await self._bot.pin_chat_message(chat, number, disable_notification=True)

    async def search(self, envelope: Envelope, newest: int | None) -> int | None:
        """Return the message that a letter in doubt became, or None where there is none or no telling.

        *newest* is the last message known in the chat. What comes after it and can be edited is ours, and
        so this letter, since a chat is told one thing at a time.
        """
        if newest is None or envelope.where.chat > SUPERGROUPS:
            return None
        for number in range(newest + 1, newest + 1 + REACH):
            try:
                await self._edit(envelope, number)
            except TelegramError as error:
                match judge(error).fate:
                    case Fate.DONE:
                        return number
                    case Fate.FOREIGN:
                        continue
                    case Fate.VANISHED | Fate.DEAD:
                        return None
                raise
            return number
        return None

    async def _send(self, envelope: Envelope) -> int:
        await self._turn(envelope.where.chat)
        text = envelope.message.text
        if envelope.letter.in_doubt:
            text = self._voice.say("{text}\n(sent again)", text=text)
        reply = envelope.reply_to
        common: dict[str, Any] = {
            "parse_mode": ParseMode.HTML,
            "reply_markup": _share(envelope.message.share) or _keyboard(envelope.message.buttons),
            "message_thread_id": envelope.where.topic or None,
            "disable_notification": envelope.letter.content.get("quiet"),
            "reply_parameters": ReplyParameters(reply, allow_sending_without_reply=True) if reply else None,
        }
        chat = envelope.where.chat
        if envelope.file is not None:
            send = SENDS[envelope.file.kind]
            sent = await send(self._bot, chat, _content(envelope.file), caption=str(text), **common)
        else:
            sent = await self._bot.send_message(chat, str(text), link_preview_options=PLAIN, **common)
        return sent.message_id

    async def _edit(self, envelope: Envelope, number: int) -> None:
        await self._turn(envelope.where.chat)
        await self._bot.edit_message_text(
            str(envelope.message.text),
            envelope.where.chat,
            number,
            parse_mode=ParseMode.HTML,
            reply_markup=_keyboard(envelope.message.buttons),
            link_preview_options=PLAIN,
        )

    async def _turn(self, chat: int) -> None:
        """Wait until the chat may be written to, as it may be at once but in a search, and count it."""
        now = monotonic()
        await asyncio.sleep(self._pace.ready_at(chat, now) - now)
        self._pace.sent(chat, monotonic())


def _content(file: File | Drawn) -> str | InputFile:
    """Return what Telegram knows the file by, or the file itself where we made it."""
    return InputFile(file.data, filename=file.name) if isinstance(file, Drawn) else file.id


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(button.label, url=button.url, callback_data=button.data or None)
                for button in row
            ]
            for row in rows
        ]
    )


def _share(label: str | None) -> ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    if label is None:
        return None
    if not label:
        return ReplyKeyboardRemove()
    key = KeyboardButton(label, request_contact=True)
    return ReplyKeyboardMarkup([[key]], resize_keyboard=True, one_time_keyboard=True)
