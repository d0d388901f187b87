"""Groups: members come and go, forums have topics, and a small group may become a supergroup."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sandbox.telegram import membership
from sandbox.telegram.chats import Chat
from sandbox.telegram.refusals import Refusal, forbidden, upgraded
from sandbox.telegram.wire import message_json

if TYPE_CHECKING:
    from sandbox.telegram.messages import Message
    from sandbox.telegram.people import Person
    from sandbox.telegram.users import User
    from sandbox.telegram.world import World


class Group(Chat):
    """A group or, if its id begins with -100, a supergroup; *bot_status* is the bot's place in it."""

    def __init__(
        self, world: "World", chat_id: int, title: str, members: Iterable["Person"], *, forum: bool = False
    ) -> None:
        super().__init__(world, chat_id)
        self.title = title
        self.type = "supergroup" if str(chat_id).startswith("-100") else "group"
        self.forum = forum
        self.members: list[Person] = list(members)
        self.admins: set[int] = {self.members[0].id} if self.members else set()
        self.bot_status = "administrator"
        self.topics: dict[int, str] = {}
        self.migrated_to: Group | None = None
        self._last_id = 1  # the first message of a supergroup is its creation
        if forum and self.type != "supergroup":
            raise ValueError("only a supergroup (-100…) can be a forum")

    @property
    def name(self) -> str:
        """Return the title."""
        return self.title

    def next_id(self) -> int:
        """Return a fresh message id; a supergroup counts its own."""
        if self.type != "supergroup":
            return super().next_id()
        self._last_id += 1
        return self._last_id

    def check_reachable(self) -> None:
        """Refuse if the group moved away or the bot is out."""
        if refusal := self.refusal():
            raise refusal

    def refusal(self) -> Refusal | None:
        """Return why the bot may not write here, if so."""
        if self.migrated_to:
            return upgraded(self.migrated_to.id)
        if self.bot_status == "kicked":
            return forbidden(f"bot was kicked from the {self.type} chat")
        if self.bot_status == "left":
            return forbidden(f"bot is not a member of the {self.type} chat")
        return None

    def status_of(self, user: "User") -> str:
        """Return the ChatMember status of *user*."""
        if user is self.world.bot:
            return self.bot_status
        if user not in self.members:
            return "left"
        if user.id in self.admins:
            return "creator" if user is self.members[0] else "administrator"
        return "member"

    def as_json(self) -> dict[str, Any]:
        """Return the Bot API's Chat."""
        body: dict[str, Any] = {"id": self.id, "type": self.type, "title": self.title}
        return body | ({"is_forum": True} if self.forum else {})

    def topic(self, name: str) -> int:
        """Open a topic and return its message_thread_id."""
        if not self.forum:
            raise ValueError(f"{self.title} is no forum")
        service = self.serve(self.members[0], {"forum_topic_created": {"name": name, "icon_color": 7322096}})
        service.thread = service.id
        self.topics[service.id] = name
        return service.id

    def serve(self, sender: "User", content: dict[str, Any]) -> "Message":
        """Append a service message and tell the bot."""
        message = self.add(sender, kind="service", content=content)
        if self.bot_status in {"member", "administrator"}:
            self.world.updates.push("message", message_json(message))
        return message

    async def adds(self, person: "Person", by: "Person | None" = None) -> None:
        """Let *person* in, by invitation of *by* or by a link."""
        membership.add(self, person, by or person)

    async def removes(self, person: "Person", by: "Person | None" = None) -> None:
        """Put *person* out; without *by* the person left."""
        membership.remove(self, person, by or person)

    async def adds_bot(self, by: "Person", status: str = "member") -> None:
        """Let the bot in."""
        membership.set_bot_status(self, by, status)

    async def kicks_bot(self, by: "Person") -> None:
        """Throw the bot out."""
        membership.set_bot_status(self, by, "kicked")

    async def migrates(self, to: int | None = None) -> "Group":
        """Become a supergroup, as Telegram does when an admin changes certain settings."""
        return membership.migrate(self, to or int(f"-100{2_000_000_000 + abs(self.id)}"))
