"""An order: what a person typed or tapped, taken out of an Update."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from telegram import CallbackQuery, Message, MessageOriginUser, Update
from telegram.constants import ChatType

from bot.buttons import unpack
from bot.enclosures import enclosed, is_strange
from storage.attachments import File
from storage.letters import Address

LONGEST = 1000
ENCLOSED = "bosung"  # what a file that comes without a command asks for
_COMMAND = re.compile(r"/([a-z0-9_]{1,32})(?:@(\w+))?(?:\s+|$)", re.IGNORECASE)
_CODE = re.compile(r"\bSC-(\d{4,9})\b")
_TICKET = re.compile(r"\s*#?(?:sc-?)?(\d{1,9})\b\s*", re.IGNORECASE)


class Author(StrEnum):
    """Whose the words are; what was forwarded commands nothing."""

    SENDER = "sender"
    ANOTHER = "another"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class Contact:
    """A telephone number that was shared, and the account that it is known to be of."""

    account: int | None
    phone: str


@dataclass(frozen=True, slots=True)
class Order:
    """Who asks for what, where; *verb* is a command, a button's verb, or "" for plain words."""

    source: str  # the update, so that the same one is obeyed once
    sender: int
    name: str
    where: Address
    private: bool
    at: datetime | None
    verb: str
    words: str = ""
    numbers: tuple[int, ...] = ()
    message: int | None = None
    about: int | None = None  # the ticket that the message replied to speaks of
    author: Author = Author.SENDER
    edited: bool = False  # it was said before, and reads otherwise now
    tap: bool = False
    file: File | None = None  # what came with the words, or they with it
    strange: bool = False  # it is a sticker, a place: nothing that can be kept
    contact: Contact | None = None
    bot: str = ""  # our own name as it was called, for links that lead back to us

    @property
    def origin(self) -> str:
        """The message that says it, under which what comes of it is kept: an edit or a tap has the same."""
        return f"{self.where.transport}:{self.where.chat}:{self.message}"


def parse(update: Update, bot_name: str) -> Order | None:
    """Return the order of *update*, or None for what is not addressed to us."""
    source = str(update.update_id)
    if update.callback_query is not None:
        return _tapped(update.callback_query, source, bot_name)
    message = update.message or update.edited_message
    if message is None or message.from_user is None:
        return None
    if update.message is None and message.chat.type != ChatType.PRIVATE:
        return None
    return _typed(message, source, bot_name)


def ticket(order: Order) -> tuple[int | None, str]:
    """Return the ticket's number that the words begin with (SC-0012, sc12, 12), and the other words."""
    found = _TICKET.match(order.words)
    if found is None:
        return None, order.words
    return int(found[1]), order.words[found.end() :]


def _about(replied: Message | None, bot_name: str) -> int | None:
    """Return the ticket that a message of ours names: read there, it needs no memory of what was sent."""
    if replied is None or replied.from_user is None or replied.from_user.username != bot_name:
        return None
    found = _CODE.search(replied.text or replied.caption or "")
    return int(found[1]) if found else None


def _author(message: Message, bot_name: str) -> Author:
    origin = message.forward_origin
    if origin is None:
        return Author.SENDER
    ours = isinstance(origin, MessageOriginUser) and origin.sender_user.username == bot_name
    return Author.OURS if ours else Author.ANOTHER


def _typed(message: Message, source: str, bot_name: str) -> Order | None:
    assert message.from_user is not None
    said = message.text or message.caption or ""
    file, strange = enclosed(message), is_strange(message)
    if not (said or file or strange):
        return None  # it tells of the chat: somebody came, something was pinned
    author = _author(message, bot_name)
    command = _COMMAND.match(said) if author is Author.SENDER else None
    if command and command[2] and command[2].lower() != bot_name.lower():
        return None
    private = message.chat.type == ChatType.PRIVATE
    about = _about(message.reply_to_message, bot_name)
    if command is None and not private and not (file and about):
        return None  # people talk to each other in groups; a file that answers a card is for us
    words = said[command.end() :] if command else said
    untold = ENCLOSED if file or strange else ""
    topic = message.message_thread_id if message.is_topic_message else None
    return Order(
        source=source,
        sender=message.from_user.id,
        name=message.from_user.full_name,
        where=Address(message.chat.id, topic or 0),
        private=private,
        at=message.date,
        verb=command[1].lower() if command else untold,
        words=words.strip()[:LONGEST],
        message=message.message_id,
        about=about,
        author=author,
        edited=message.edit_date is not None,
        file=file,
        strange=strange,
        contact=_contact(message),
        bot=bot_name,
    )


def _contact(message: Message) -> Contact | None:
    """Return the number that was shared; one that was forwarded tells nothing of whose it is."""
    if message.contact is None:
        return None
    owner = None if message.forward_origin else message.contact.user_id
    return Contact(owner, message.contact.phone_number)


def _tapped(query: CallbackQuery, source: str, bot_name: str) -> Order | None:
    said = unpack(query.data or "")
    if query.message is None or said is None:
        return None
    verb, numbers = said
    topic = getattr(query.message, "message_thread_id", None)
    is_topic = getattr(query.message, "is_topic_message", False)
    return Order(
        source=source,
        sender=query.from_user.id,
        name=query.from_user.full_name,
        where=Address(query.message.chat.id, topic if topic and is_topic else 0),
        private=query.message.chat.type == ChatType.PRIVATE,
        at=None,
        verb=verb,
        numbers=numbers,
        message=query.message.message_id,
        tap=True,
        bot=bot_name,
    )
