"""The delivery of one letter: whether it still goes, and what is written of how it went."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from time import monotonic

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import Bot
from telegram.error import TelegramError

from bot.counter import Counter
from bot.envelope import Envelope, framed, is_picture, seal
from bot.faults import Fate, Fault, judge
from bot.pace import Pace
from bot.patience import Patience
from operations.catch_up import catch_up, is_behind
from operations.desk import Desk
from operations.shut import shut
from storage import boards, letters
from storage.tables import Letter

log = structlog.get_logger(__name__)

DOUBLINGS = 10  # of a pause: by then it is the longest there is


class Delivery:
    """Delivers letters, one at a time in each chat.

    That a message may have left is written before it leaves: if we die before the answer, the next run knows
    the letter to be in doubt. It looks for the message, and sends the urgent again where it finds none.
    """

    def __init__(self, desk: Desk, bot: Bot, pace: Pace, patience: Patience) -> None:
        self._desk = desk
        self._counter = Counter(bot, pace, desk.voice)
        self._pace = pace
        self._patience = patience
        self._misses: dict[int, int] = {}  # by chat: how often in a row nothing came back at all
        self.ending = False

    async def deliver(self, letter_id: int) -> None:
        """Deliver the letter, unless it was settled since it was seen to wait."""
        async with self._desk.look() as act:
            letter = await act.session.get(Letter, letter_id)
            if letter is None or letter.settled is not None:
                return
            expired = letter.expires is not None and letter.expires < act.at
            behind = await is_behind(act, letters.address(letter))
            known = expired or behind or is_picture(letter)
            envelope = None if known else await seal(act, self._desk.voice, letter)
        if envelope is not None:
            await self._pass(envelope)
        elif expired:
            await self._settle(letter, "expired")
        elif not behind:
            await self._pass(await framed(self._desk, letter))
        else:
            await catch_up(self._desk, letters.address(letter))

    async def put_off(self, letter: Letter) -> None:
        """Leave for later a letter that failed by our own fault; whether it may have left is written."""
        until = self._desk.clock() + timedelta(seconds=self._pause(letter.attempts))
        await self._write(lambda session: letters.postpone(session, letter, until))

    async def _pass(self, envelope: Envelope) -> None:
        if envelope.withdrawn:  # without its key: should the chat get the job again, it is posted again
            await self._settle(envelope.letter, "withdrawn", key=None)
        else:
            await self._try(envelope)

    async def _try(self, envelope: Envelope) -> None:
        letter = envelope.letter
        if envelope.card is not None and envelope.card.digest == envelope.message.digest:
            await self._settle(letter, "sent", message_id=envelope.card.message_id)
            return
        if letter.in_doubt and not _worth_repeating(envelope):
            await self._settle(letter, "sent", in_doubt=True)
            return
        try:
            message_id = await self._pass_on(envelope)
        except TelegramError as error:
            await self._failed(envelope, judge(error), error)
        else:
            self._answered()
            await self._sent(envelope, message_id)
            if letter.kind == letters.BOARD and not letter.content.get("pinned"):
                await self._pin(letter, message_id)

    async def _pin(self, board: Letter, message_id: int) -> None:
        """Pin the chat's board; where that is not allowed it stays where it is, and is not tried again."""
        try:
            await self._counter.pin(board.chat, message_id)
        except TelegramError as error:
            log.warning("board.unpinned", chat=board.chat, error=str(error))
            if judge(error).fate not in (Fate.SHUT, Fate.DEAD):
                return
        await self._write(lambda session: boards.pinned(session, board))

    async def _pass_on(self, envelope: Envelope) -> int:
        letter = envelope.letter
        if envelope.edits is not None:
            return await self._counter.hand_over(envelope)
        if letter.in_doubt:
            async with self._desk.storage.read() as session:
                newest = await letters.newest_message(session, letter.chat)
            found = await self._counter.search(envelope, newest)
            log.info("letter.searched", letter=letter.id, kind=letter.kind, found=found)
            if found is not None:
                return found
        else:
            async with self._desk.storage.begin() as session:
                await letters.doubt(session, letter)
        return await self._counter.hand_over(envelope)

    async def _sent(self, envelope: Envelope, message_id: int) -> None:
        letter = envelope.letter

        async def write(session: AsyncSession) -> None:
            keeps = {} if envelope.keeps is None else {"content": envelope.keeps}
            await letters.settle(session, letter, self._desk.clock(), "sent", message_id=message_id, **keeps)
            if letter.kind == "card" and letter.incident_id is not None:
                digest = envelope.message.digest
                await letters.keep_card(session, letter.incident_id, envelope.where, message_id, digest)

        await self._write(write)

    async def _failed(self, envelope: Envelope, fault: Fault, error: TelegramError) -> None:
        letter = envelope.letter
        log.warning("letter.refused", letter=letter.id, kind=letter.kind, fate=fault.fate, error=str(error))
        match fault.fate:
            case Fate.DONE:
                await self._sent(envelope, envelope.edits or 0)
            case Fate.MOVED if fault.chat is not None:
                await self._move(letter, fault.chat)
            case Fate.SHUT:
                await self._settle(letter, "dead", error=str(error))
                if letter.content.get("name") != "broadcast":  # whoever sent that reads whom it missed
                    await shut(self._desk, letter.chat, str(error))
            case Fate.VANISHED | Fate.FOREIGN if envelope.card is not None:
                card = envelope.card
                await self._write(lambda session: letters.forget_card(session, card))
            case Fate.VANISHED | Fate.FOREIGN if letter.kind == letters.BOARD:
                await self._write(lambda session: boards.lost(session, letter))
            case Fate.VANISHED | Fate.FOREIGN | Fate.DEAD:
                await self._settle(letter, "dead", error=str(error))
            case Fate.IN_DOUBT if not _worth_repeating(envelope):
                await self._settle(letter, "sent", error=str(error), in_doubt=True)
            case _:
                await self._retry(letter, fault, str(error))

    async def _retry(self, letter: Letter, fault: Fault, error: str) -> None:
        doubt = letter.in_doubt or fault.fate is Fate.IN_DOUBT
        until = self._desk.clock()
        if fault.silent:  # nothing goes through: what this chat has to hear waits together, in its order
            misses = self._misses[letter.chat] = self._misses.get(letter.chat, -1) + 1
            self._pace.hold(letter.chat, monotonic() + self._pause(misses))
        elif fault.fate is Fate.LIMITED:
            self._pace.hold(letter.chat, monotonic() + fault.pause)
        else:
            until += timedelta(seconds=self._pause(letter.attempts))
        await self._write(
            lambda session: letters.postpone(session, letter, until, error=error, in_doubt=doubt)
        )

    def _pause(self, failures: int) -> float:
        return min(self._patience.first_retry * 2.0 ** min(failures, DOUBLINGS), self._patience.last_retry)

    def _answered(self) -> None:
        """Telegram is there: no chat waits any longer because it was away."""
        for chat in self._misses:
            self._pace.release(chat)
        self._misses.clear()

    async def _move(self, letter: Letter, new: int) -> None:
        async def write(session: AsyncSession) -> None:
            await letters.postpone(session, letter, self._desk.clock(), in_doubt=letter.in_doubt)
            await letters.move_chat(session, letter.chat, new)

        await self._write(write)

    async def _settle(self, letter: Letter, outcome: str, **values: object) -> None:
        at = self._desk.clock()
        await self._write(lambda session: letters.settle(session, letter, at, outcome, **values))

    async def _write(self, what: Callable[[AsyncSession], Awaitable[None]]) -> None:
        """Write what became of a letter, however long the database is away: till then it would go again."""
        storage = self._desk.storage
        while True:
            try:
                async with storage.begin() as session:
                    await what(session)
            except Exception:
                if self.ending or storage.fault is None:
                    raise
                log.warning("outbox.unwritable", ailment=str(storage.fault.ailment))
                await asyncio.sleep(self._patience.first_retry)
            else:
                return


def _worth_repeating(envelope: Envelope) -> bool:
    """Whether a copy is better than a loss: yes for what is urgent, and for an edit, which makes none."""
    if envelope.edits is not None or envelope.letter.kind == "card":
        return True
    return envelope.letter.kind == "notice" and envelope.letter.content.get("name") != "summary"
