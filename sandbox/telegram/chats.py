"""Chats: an ordered list of messages, and waiting for what comes next in it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self, TypeVar

from sandbox.telegram.messages import Message
from sandbox.telegram.refusals import forbidden
from sandbox.telegram.waiting import Changes

if TYPE_CHECKING:
    from sandbox.telegram.people import Person
    from sandbox.telegram.users import User
    from sandbox.telegram.world import World

T = TypeVar("T")
ReplyKeyboard = list[list[dict[str, Any]]]


class Chat:
    """What private chats and groups have in common."""

    type = "private"

    def __init__(self, world: "World", chat_id: int) -> None:
        self.world = world
        self.id = chat_id
        self.messages: list[Message] = []
        self.keyboard: ReplyKeyboard | None = None
        self.action: str | None = None
        self.changes = Changes()
        self._given = 0  # how many messages next_message() has passed by

    @property
    def name(self) -> str:
        """Return what a person reads at the head of the chat."""
        raise NotImplementedError

    @property
    def bot_messages(self) -> list[Message]:
        """Return what the bot wrote, in order, deleted ones too."""
        return [message for message in self.messages if message.from_bot]

    @property
    def pinned(self) -> list[Message]:
        """Return the pinned messages, oldest first."""
        return [message for message in self.messages if message.pinned and not message.deleted]

    def check_reachable(self) -> None:
        """Raise Telegram's refusal if the bot may not write here."""

    def as_json(self) -> dict[str, Any]:
        """Return the Bot API's Chat."""
        raise NotImplementedError

    def next_id(self) -> int:
        """Return a fresh message id; private chats and small groups share one count."""
        return self.world.next_message_id()

    def add(self, sender: "User", **fields: Any) -> Message:
        """Append a message and wake those who wait."""
        message = Message(self, self.next_id(), sender, self.world.clock(), **fields)
        self.messages.append(message)
        self.action = None
        self.changed()
        return message

    def find(self, message_id: int) -> Message | None:
        """Return the message *message_id* if it is still there."""
        for message in reversed(self.messages):
            if message.id == message_id and not message.deleted:
                return message
        return None

    def changed(self) -> None:
        """Wake those who wait for this chat, and the page."""
        self.changes.notify()
        self.world.changes.notify()

    async def wait(self, condition: Callable[[Self], T], timeout: float = 5.0) -> T:  # noqa: ASYNC109 - a bound on waiting is the point
        """Return the first true value of *condition*, or fail and show what was said."""
        try:
            return await self.changes.until(lambda: condition(self), timeout)
        except TimeoutError:
            raise AssertionError(f"nothing of the kind in {timeout} s in {self.transcript()}") from None

    async def next_message(
        self,
        *,
        after: Message | None = None,
        containing: str = "",
        timeout: float = 5.0,  # noqa: ASYNC109 - a bound on waiting is the point
    ) -> Message:
        """Return the bot's next message: after *after*, or else the first one not yet returned here."""
        start = self._given if after is None else self.messages.index(after) + 1

        def found(_: Chat) -> int | None:
            for index in range(start, len(self.messages)):
                message = self.messages[index]
                if message.from_bot and not message.deleted and containing in message.text:
                    return index + 1
            return None

        position = await self.wait(found, timeout)
        assert position
        self._given = max(self._given, position)
        return self.messages[position - 1]

    def transcript(self) -> str:
        """Return the chat as readable lines."""
        return "\n".join([f"«{self.name}»:", *(f"  {message}" for message in self.messages)])


class PrivateChat(Chat):
    """The bot alone with one person."""

    def __init__(self, world: "World", person: "Person") -> None:
        super().__init__(world, person.id)
        self.person = person
        self.opened = False
        self.blocked = False

    @property
    def name(self) -> str:
        """Return the person's name."""
        return self.person.name

    def check_reachable(self) -> None:
        """Refuse before the first word, and while blocked."""
        if not self.opened:
            raise forbidden("bot can't initiate conversation with a user")
        if self.blocked:
            raise forbidden("bot was blocked by the user")

    def as_json(self) -> dict[str, Any]:
        """Return the Bot API's Chat."""
        body: dict[str, Any] = {"id": self.id, "type": "private", "first_name": self.person.name}
        return body | ({"username": self.person.username} if self.person.username else {})
