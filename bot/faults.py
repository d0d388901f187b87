"""What a fault of Telegram's means for a letter: sent or not, for now or for good."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)


class Fate(StrEnum):
    """What became of a request."""

    DONE = "done"
    UNSENT = "unsent"  # provably: send again
    IN_DOUBT = "in_doubt"  # it may have arrived
    LIMITED = "limited"  # unsent, and this chat wants a pause
    MOVED = "moved"  # the group has a new id
    SHUT = "shut"  # this chat does not take anything from us
    VANISHED = "vanished"  # the message to edit is gone
    FOREIGN = "foreign"  # the message to edit is somebody else's
    DEAD = "dead"  # nobody will ever take this letter


@dataclass(frozen=True, slots=True)
class Fault:
    """A fate, with the pause or the new chat it names; *silent*: nothing answered at all."""

    fate: Fate
    pause: float = 0.0
    chat: int | None = None
    silent: bool = False


def judge(error: TelegramError) -> Fault:
    """Return what *error* means; BadRequest and TimedOut are NetworkErrors too, so the order matters."""
    match error:
        case RetryAfter():
            pause = error.retry_after
            return Fault(
                Fate.LIMITED, pause.total_seconds() if isinstance(pause, timedelta) else float(pause)
            )
        case ChatMigrated():
            return Fault(Fate.MOVED, chat=error.new_chat_id)
        case Forbidden():
            return Fault(Fate.SHUT)
        case BadRequest():
            return Fault(_bad_request(error.message.lower()))
        case InvalidToken():
            return Fault(Fate.UNSENT, silent=True)
        case NetworkError() if isinstance(error.__cause__, _NEVER_LEFT):
            return Fault(Fate.UNSENT, silent=True)
        case NetworkError():
            return Fault(Fate.IN_DOUBT, silent=isinstance(error.__cause__, httpx.TransportError))
    return Fault(Fate.DEAD)


_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


_NO_SUCH_KIND = re.compile("not enough rights to send (?!text messages)")


def _bad_request(message: str) -> Fate:
    if "message is not modified" in message:
        return Fate.DONE
    if "message to edit not found" in message:
        return Fate.VANISHED
    if "message can't be edited" in message or "no text in the message to edit" in message:
        return Fate.FOREIGN
    if _NO_SUCH_KIND.search(message):  # what the chat forbids is a kind of message, not us
        return Fate.DEAD
    if "chat not found" in message or "not enough rights" in message:
        return Fate.SHUT
    return Fate.DEAD
