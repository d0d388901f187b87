"""People, and what they do with their fingers."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sandbox.telegram import attachments, membership
from sandbox.telegram.callbacks import Tap
from sandbox.telegram.chats import Chat, PrivateChat
from sandbox.telegram.detection import detect
from sandbox.telegram.entities import Entity, cut
from sandbox.telegram.groups import Group
from sandbox.telegram.users import User
from sandbox.telegram.wire import message_json

if TYPE_CHECKING:
    from sandbox.telegram.messages import Message
    from sandbox.telegram.world import World


class Person(User):
    """One person with a telephone; *chat* is the private chat with the bot."""

    def __init__(
        self,
        world: "World",
        user_id: int,
        name: str,
        *,
        phone: str = "",
        language: str | None = "vi",
        username: str | None = None,
        about: str = "",
    ) -> None:
        super().__init__(user_id, name, username, language)
        self.world = world
        self.phone = phone
        self.about = about
        self.chat = PrivateChat(world, self)

    async def starts(self, payload: str = "") -> "Message":
        """Press Start, perhaps by a deep link that carries *payload*."""
        if self.chat.blocked:
            await self.unblocks()
        return await self.says(f"/start {payload}".strip())

    async def says(
        self,
        text: str,
        chat: Chat | None = None,
        *,
        reply_to: "Message | None" = None,
        thread: int | None = None,
    ) -> "Message":
        """Write *text*, to the bot alone unless *chat* is told."""
        return self._post(chat, text=text, entities=detect(text), reply_to=reply_to, thread=thread)

    async def sends_photo(
        self, data: bytes = attachments.PIXEL, *, caption: str = "", chat: Chat | None = None, **more: Any
    ) -> "Message":
        """Send a photo; *more* are reply_to and thread."""
        fields = attachments.photo(self.world.files, data)
        return self._post(chat, text=caption, entities=detect(caption), **fields, **more)

    async def sends_album(self, pictures: Iterable[bytes], *, caption: str = "") -> "list[Message]":
        """Send several photos as one message: the bot is told of each, and the caption is the first's."""
        album = {"media_group_id": str(13_000_000_000_000_000 + self.world.next_message_id())}
        sent: list[Message] = []
        for data in pictures:
            fields = attachments.photo(self.world.files, data)
            fields["content"] |= album
            words = "" if sent else caption
            sent.append(self._post(None, text=words, entities=detect(words), **fields))
        return sent

    async def sends_video(
        self,
        data: bytes = b"ftyp",
        *,
        caption: str = "",
        seconds: int = 5,
        chat: Chat | None = None,
        **more: Any,
    ) -> "Message":
        """Send a video; *more* are reply_to and thread."""
        fields = attachments.video(self.world.files, data, seconds)
        return self._post(chat, text=caption, entities=detect(caption), **fields, **more)

    async def sends_sticker(self) -> "Message":
        """Send a sticker."""
        return self._post(None, kind="sticker", content={"sticker": attachments.STICKER})

    async def sends_voice(
        self,
        data: bytes = b"OggS",
        *,
        caption: str = "",
        seconds: int = 3,
        chat: Chat | None = None,
        **more: Any,
    ) -> "Message":
        """Send a voice message; *more* are reply_to and thread."""
        fields = attachments.voice(self.world.files, data, seconds)
        return self._post(chat, text=caption, entities=detect(caption), **fields, **more)

    async def sends_document(
        self, data: bytes, name: str, *, caption: str = "", chat: Chat | None = None, **more: Any
    ) -> "Message":
        """Send a file; *more* are reply_to and thread."""
        fields = attachments.document(self.world.files, data, name)
        return self._post(chat, text=caption, entities=detect(caption), **fields, **more)

    async def shares_location(
        self, latitude: float, longitude: float, *, chat: Chat | None = None, **more: Any
    ) -> "Message":
        """Send a place."""
        content = {"location": {"latitude": latitude, "longitude": longitude}}
        return self._post(chat, kind="location", content=content, **more)

    async def shares_contact(self, of: "Person | None" = None, *, chat: Chat | None = None) -> "Message":
        """Share a telephone number: one's own, or that *of* somebody else."""
        owner = of or self
        content = {"phone_number": owner.phone, "first_name": owner.name, "user_id": owner.id}
        return self._post(chat, kind="contact", content={"contact": content})

    async def forwards(self, message: "Message", *, chat: Chat | None = None) -> "Message":
        """Forward *message* to the bot, or to *chat*."""
        content = message.content | attachments.forwarded_from(message)
        return self._post(
            chat,
            text=message.text,
            entities=message.entities,
            kind=message.kind,
            content=content,
            file=message.file,
        )

    async def edits(self, message: "Message", text: str) -> None:
        """Change the words of one's own *message*."""
        if message.sender is not self:
            raise ValueError(f"{self.name} can't edit a message of {message.sender.name}")
        message.text, message.entities = text, detect(text)
        message.edits += 1
        message.edited_at = self.world.clock()
        message.chat.changed()
        if self._reaches_bot(message):
            self.world.updates.push("edited_message", message_json(message))

    async def presses(self, text: str, chat: Chat | None = None) -> "Message":
        """Press the button *text* of the reply keyboard."""
        place = chat or self.chat
        buttons = [button for row in place.keyboard or [] for button in row]
        found = next((button for button in buttons if button["text"] == text), None)
        assert found, f"no key {text!r} on the reply keyboard in {place.transcript()}"
        if found.get("request_contact"):
            return await self.shares_contact(chat=place)
        return await self.says(text, place)

    def taps(self, message: "Message", text: str, *, timeout: float = 5.0) -> Tap:
        """Tap the inline button that reads *text* now; await the result for the bot's answer."""
        button = message.button(text)
        assert button.data is not None, f"{button} opens a link and tells the bot nothing"
        return self.taps_data(message, button.data, timeout=timeout)

    def taps_data(self, message: "Message", data: str, *, timeout: float = 5.0) -> Tap:
        """Send a callback query with any *data*, as a stale or forged button would."""
        if isinstance(message.chat, Group) and self not in message.chat.members:
            raise ValueError(f"{self.name} is not in {message.chat.title}")
        tap = self.world.callbacks.tap(f"{self.name}'s tap {data!r}", self.world.clock(), timeout)
        query = {
            "id": tap.id,
            "from": self.as_json(),
            "message": message_json(message),
            "chat_instance": str(message.chat.id),
            "data": data,
        }
        self.world.updates.push("callback_query", query)
        return tap

    async def blocks(self) -> None:
        """Block the bot."""
        self.chat.blocked = True
        self.chat.changed()
        membership.tell_private(self, "member", "kicked")

    async def unblocks(self) -> None:
        """Unblock the bot."""
        self.chat.blocked = False
        self.chat.changed()
        membership.tell_private(self, "kicked", "member")

    async def joins(self, group: Group) -> None:
        """Join *group* by its link."""
        await group.adds(self)

    async def leaves(self, group: Group) -> None:
        """Leave *group*."""
        await group.removes(self)

    def _post(self, chat: Chat | None, **fields: Any) -> "Message":
        place = chat or self.chat
        self._check_may_write(place)
        message = place.add(self, **fields)
        if self._reaches_bot(message):
            self.world.updates.push("message", message_json(message))
        return message

    def _check_may_write(self, chat: Chat) -> None:
        if isinstance(chat, Group):
            if self not in chat.members:
                raise ValueError(f"{self.name} is not in {chat.title}")
            if chat.migrated_to:
                raise ValueError(f"{chat.title} has become a supergroup")
        elif chat is not self.chat:
            raise ValueError(f"{self.name} can't write in the chat of {chat.name}")
        elif self.chat.blocked:
            raise ValueError(f"{self.name} has blocked the bot")
        else:
            self.chat.opened = True

    def _reaches_bot(self, message: "Message") -> bool:
        """Tell whether the bot's privacy mode lets the message through."""
        chat, bot = message.chat, self.world.bot
        if not isinstance(chat, Group) or bot.reads_all_groups or chat.bot_status == "administrator":
            return not isinstance(chat, Group) or chat.bot_status not in {"left", "kicked"}
        if chat.bot_status != "member":
            return False
        answered = message.reply_to is not None and message.reply_to.sender is bot
        return answered or any(_calls(message.text, entity, bot.username) for entity in message.entities)


def _calls(text: str, entity: Entity, username: str | None) -> bool:
    if entity.type not in {"bot_command", "mention"}:
        return False
    _, at, name = cut(text, entity).partition("@")
    return (entity.type == "bot_command" and not at) or name.lower() == (username or "").lower()
