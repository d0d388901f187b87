"""What a fault of Telegram's means for a letter."""

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.faults import Fate, judge


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (BadRequest("Message is not modified: specified new message content…"), Fate.DONE),
        (BadRequest("Message to edit not found"), Fate.VANISHED),
        (BadRequest("Message can't be edited"), Fate.FOREIGN),
        (BadRequest("Chat not found"), Fate.SHUT),
        (BadRequest("Not enough rights to send text messages to the chat"), Fate.SHUT),
        (BadRequest("Not enough rights to send photos to the chat"), Fate.DEAD),
        (BadRequest("There is no text in the message to edit"), Fate.FOREIGN),
        (BadRequest("Can't parse entities: unsupported start tag"), Fate.DEAD),
        (Forbidden("Forbidden: bot was blocked by the user"), Fate.SHUT),
        (InvalidToken("rejected"), Fate.UNSENT),
        (Conflict("terminated by other getUpdates request"), Fate.DEAD),
        (caused(NetworkError("no"), httpx.ConnectError("refused")), Fate.UNSENT),
        (caused(TimedOut(), httpx.ConnectTimeout("slow")), Fate.UNSENT),
        (caused(TimedOut(), httpx.PoolTimeout("full")), Fate.UNSENT),
        (caused(NetworkError("no"), httpx.ProxyError("dead")), Fate.UNSENT),
        (caused(TimedOut(), httpx.ReadTimeout("slow")), Fate.IN_DOUBT),
        (caused(NetworkError("gone"), httpx.RemoteProtocolError("dropped")), Fate.IN_DOUBT),
        (NetworkError("Bad Gateway"), Fate.IN_DOUBT),
    ],
)
def test_an_error_is_told_apart(error: TelegramError, fate: Fate) -> None:
    assert judge(error).fate is fate


def test_a_chat_that_wants_a_pause_says_how_long() -> None:
    fault = judge(RetryAfter(3))
    assert (fault.fate, fault.pause) == (Fate.LIMITED, 3.0)


def test_a_group_that_moved_names_its_new_id() -> None:
    assert judge(ChatMigrated(-1005)).chat == -1005
