"""The world inside the box: one bot, its people and its chats."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from sandbox.telegram.callbacks import Callbacks
from sandbox.telegram.chats import Chat
from sandbox.telegram.files import Files
from sandbox.telegram.groups import Group
from sandbox.telegram.people import Person
from sandbox.telegram.refusals import bad_request
from sandbox.telegram.updates import Updates
from sandbox.telegram.users import Bot, User
from sandbox.telegram.waiting import Changes


def wall_clock() -> datetime:
    """Return the time of the world outside."""
    return datetime.now(UTC)


class World:
    """Everything that outlives a restart of the bot."""

    def __init__(self, bot: Bot, clock: Callable[[], datetime] = wall_clock) -> None:
        self.bot = bot
        self.clock = clock
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.updates = Updates()
        self.files = Files()
        self.callbacks = Callbacks()
        self.changes = Changes()
        self._last_message_id = 0

    def now(self) -> int:
        """Return the time as Telegram writes it."""
        return int(self.clock().timestamp())

    def next_message_id(self) -> int:
        """Return the next id of the count that private chats and small groups share."""
        self._last_message_id += 1
        return self._last_message_id

    def person(
        self,
        id: int,  # noqa: A002 - the Bot API's word
        name: str,
        *,
        phone: str = "",
        language: str | None = "vi",
        username: str | None = None,
        about: str = "",
    ) -> Person:
        """Make a person, with a private chat that is not yet open; *about* is what the page says of them."""
        self._must_be_new(id)
        person = Person(self, id, name, phone=phone, language=language, username=username, about=about)
        self.people[id] = person
        self.chats[id] = person.chat
        self.changes.notify()
        return person

    def group(
        self,
        id: int,  # noqa: A002 - the Bot API's word
        title: str,
        members: Iterable[Person] = (),
        *,
        forum: bool = False,
        bot_status: str = "administrator",
    ) -> Group:
        """Make a group with the bot in it; -100… makes a supergroup. The first member owns it."""
        self._must_be_new(id)
        group = Group(self, id, title, members, forum=forum)
        group.bot_status = bot_status
        self.chats[id] = group
        self.changes.notify()
        return group

    def chat(self, chat_id: int) -> Chat:
        """Return the chat *chat_id*, or raise Telegram's refusal."""
        try:
            return self.chats[chat_id]
        except KeyError:
            raise bad_request("chat not found") from None

    def user(self, user_id: int) -> User:
        """Return the person or the bot *user_id*, or raise Telegram's refusal."""
        if user_id == self.bot.id:
            return self.bot
        try:
            return self.people[user_id]
        except KeyError:
            raise bad_request("user not found") from None

    def _must_be_new(self, chat_id: int) -> None:
        if chat_id in self.chats:
            raise ValueError(f"{chat_id} is taken by «{self.chats[chat_id].name}»")
