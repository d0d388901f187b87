"""The courier: outbox to Telegram; the only sender."""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta
from time import monotonic

import structlog
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.cards.message import Rows
from bot.envelope import Envelope, seal
from bot.faults import Fate, Fault, judge
from bot.pace import Pace
from operations.catch_up import catch_up, is_stale
from operations.desk import Desk
from operations.shut import shut
from storage import letters
from storage.tables import Card, Letter

log = structlog.get_logger(__name__)

LONGEST_WAIT = 30.0
FIRST_RETRY = 1.0
LAST_RETRY = 60.0
AT_ONCE = 8


class Courier:
    """Delivers what waits: one lane a chat, paced; progress by edit, what rings as a new message."""

    def __init__(self, desk: Desk, bot: Bot, pace: Pace | None = None) -> None:
        self._desk = desk
        self._bot = bot
        self._pace = pace or Pace()
        self._wake = asyncio.Event()
        self._lanes: dict[int, asyncio.Task[None]] = {}

    def wake(self) -> None:
        """Look at the outbox now."""
        self._wake.set()

    async def run(self) -> None:
        """Deliver until cancelled; what is on its way then is let finish."""
        try:
            while True:
                self._wake.clear()
                wait = await self._round()
                try:
                    await asyncio.wait_for(self._wake.wait(), wait)
                except TimeoutError:
                    continue
        finally:
            await asyncio.gather(*self._lanes.values(), return_exceptions=True)

    async def _round(self) -> float:
        """Start every lane that may go; return in how many seconds another may."""
        try:
            async with self._desk.storage.read() as session:
                waiting = await letters.pending(session)
        except Exception:  # the database is away: letters wait in it
            log.exception("outbox.unreadable")
            return FIRST_RETRY
        now, at = monotonic(), self._desk.clock()
        wait = LONGEST_WAIT
        for chat, letter in _heads(waiting, at).items():
            ready = max(self._pace.ready_at(chat, now) - now, (letter.not_before - at).total_seconds())
            if chat in self._lanes:
                continue
            if ready <= 0 and len(self._lanes) < AT_ONCE:
                self._lanes[chat] = asyncio.create_task(self._travel(chat, letter))
            else:
                wait = min(wait, max(ready, 0.01))
        return wait

    async def _travel(self, chat: int, letter: Letter) -> None:
        try:
            await self._deliver(letter)
        except Exception:
            log.exception("letter.failed", letter=letter.id, kind=letter.kind)
            await self._retry(letter, Fault(Fate.UNSENT))
        finally:
            del self._lanes[chat]
            self._wake.set()

    async def _deliver(self, letter: Letter) -> None:
        if letter.expires is not None and letter.expires < self._desk.clock():
            await self._settle(letter, "expired")
            return
        if await self._stale(letter):
            await catch_up(self._desk, letters.address(letter))
            return
        envelope = await seal(self._desk, letter)
        if envelope.card is not None and envelope.card.digest == envelope.message.digest:
            await self._settle(letter, "sent", message_id=envelope.card.message_id)
            return
        self._pace.sent(letter.chat, monotonic())
        try:
            message_id = await self._send(envelope)
        except TelegramError as error:
            await self._failed(envelope, judge(error), error)
        else:
            await self._sent(envelope, message_id)

    async def _stale(self, letter: Letter) -> bool:
        async with self._desk.look() as act:
            return is_stale(letter, act.at - letter.created, act.policies.stale_after)

    async def _send(self, envelope: Envelope) -> int:
        text, keyboard = self._text(envelope), _keyboard(envelope.message.buttons)
        plain = LinkPreviewOptions(is_disabled=True)
        if envelope.edits is not None:
            await self._bot.edit_message_text(
                text,
                envelope.where.chat,
                envelope.edits,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                link_preview_options=plain,
            )
            return envelope.edits
        reply = envelope.reply_to
        sent = await self._bot.send_message(
            envelope.where.chat,
            text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
            link_preview_options=plain,
            message_thread_id=envelope.where.topic or None,
            reply_parameters=ReplyParameters(reply, allow_sending_without_reply=True) if reply else None,
        )
        return sent.message_id

    def _text(self, envelope: Envelope) -> str:
        text = envelope.message.text
        if envelope.letter.in_doubt and envelope.edits is None:
            text = self._desk.voice.say("{text}\n(sent again)", text=text)
        return str(text)

    async def _sent(self, envelope: Envelope, message_id: int) -> None:
        letter = envelope.letter
        async with self._desk.storage.begin() as session:
            await letters.settle(session, letter, self._desk.clock(), "sent", message_id=message_id)
            if letter.kind == "card" and letter.incident_id is not None:
                digest = envelope.message.digest
                await letters.keep_card(session, letter.incident_id, envelope.where, message_id, digest)

    async def _failed(self, envelope: Envelope, fault: Fault, error: TelegramError) -> None:
        letter = envelope.letter
        log.warning("letter.refused", letter=letter.id, kind=letter.kind, fate=fault.fate, error=str(error))
        match fault.fate:
            case Fate.DONE:
                await self._sent(envelope, envelope.edits or 0)
            case Fate.MOVED if fault.chat is not None:
                async with self._desk.storage.begin() as session:
                    await letters.move_chat(session, letter.chat, fault.chat)
            case Fate.SHUT:
                await self._settle(letter, "dead", error=str(error))
                await shut(self._desk, letter.chat, str(error))
            case Fate.VANISHED if envelope.card is not None:
                await self._forget_card(envelope.card)
            case Fate.VANISHED | Fate.DEAD:
                await self._settle(letter, "dead", error=str(error))
            case Fate.IN_DOUBT if not _worth_repeating(envelope):
                await self._settle(letter, "sent", error=str(error), in_doubt=True)
            case _:
                await self._retry(letter, fault, str(error))

    async def _retry(self, letter: Letter, fault: Fault, error: str | None = None) -> None:
        pause = fault.pause or min(FIRST_RETRY * 2**letter.attempts, LAST_RETRY)
        if fault.fate is Fate.LIMITED:
            self._pace.hold(letter.chat, monotonic() + pause)
        doubt = letter.in_doubt or fault.fate is Fate.IN_DOUBT
        until = self._desk.clock() + timedelta(seconds=pause)
        async with self._desk.storage.begin() as session:
            await letters.postpone(session, letter, until, error=error, in_doubt=doubt)

    async def _settle(self, letter: Letter, outcome: str, **values: object) -> None:
        async with self._desk.storage.begin() as session:
            await letters.settle(session, letter, self._desk.clock(), outcome, **values)

    async def _forget_card(self, card: Card) -> None:
        async with self._desk.storage.begin() as session:
            await letters.forget_card(session, card)


def _heads(waiting: Iterable[tuple[Letter, bool]], at: datetime) -> dict[int, Letter]:
    """Return the letter that goes next in each chat: what rings before a redraw, then the oldest."""
    heads: dict[int, tuple[tuple[bool, bool, int], Letter]] = {}
    for letter, redraws in waiting:
        turn = (letter.not_before > at, redraws, letter.id or 0)
        if letter.chat not in heads or turn < heads[letter.chat][0]:
            heads[letter.chat] = turn, letter
    return {chat: letter for chat, (_, letter) in heads.items()}


def _worth_repeating(envelope: Envelope) -> bool:
    """Whether a copy is better than a loss: yes for what is urgent, and for an edit, which makes none."""
    if envelope.edits is not None or envelope.letter.kind == "card":
        return True
    return envelope.letter.kind == "notice" and envelope.letter.content.get("name") != "summary"


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(button.label, callback_data=button.data) for button in row] for row in rows]
    )
