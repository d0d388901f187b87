"""What the demo page shows: the world as one person sees it, as JSON."""

from collections.abc import Callable
from typing import Any

from sandbox.telegram.api import Api
from sandbox.telegram.chats import Chat, PrivateChat
from sandbox.telegram.groups import Group
from sandbox.telegram.messages import Message
from sandbox.telegram.people import Person
from sandbox.telegram.world import World

Json = dict[str, Any]

SHOWN = 200


def overview(world: World) -> Json:
    """Return everybody with their chats."""
    people = [
        {
            "id": person.id,
            "name": person.name,
            "about": person.about,
            "chats": [_row(chat, world) for chat in chats_of(person)],
        }
        for person in world.people.values()
    ]
    return {"bot": {"name": world.bot.name, "username": world.bot.username}, "people": people}


def chats_of(person: Person) -> list[Chat]:
    """Return the chats that *person* is in: the private one first."""
    groups = [
        chat
        for chat in person.world.chats.values()
        if isinstance(chat, Group) and person in chat.members and not chat.migrated_to
    ]
    return [person.chat, *groups]


def conversation(api: Api, person: Person, chat: Chat) -> Json:
    """Return the newest messages of *chat* as *person* sees them, and what there is to press."""
    shown = [message for message in chat.messages if not message.deleted][-SHOWN:]
    return {
        "id": chat.id,
        "name": _title(chat),
        "type": chat.type,
        "members": len(chat.members) + 1 if isinstance(chat, Group) else 2,
        "opened": chat.opened if isinstance(chat, PrivateChat) else True,
        "blocked": isinstance(chat, PrivateChat) and chat.blocked,
        "action": chat.action,
        "keyboard": chat.keyboard,
        "topics": chat.topics if isinstance(chat, Group) else {},
        "pinned": [_brief(message) for message in chat.pinned[-1:]],
        "commands": api.commands.shown(person.id, chat.id, person.language),
        "messages": [_message(message, person) for message in shown],
    }


def _row(chat: Chat, world: World) -> Json:
    name = world.bot.name if isinstance(chat, PrivateChat) else chat.name
    shown = [message for message in chat.messages if not message.deleted]
    last = _summary(shown[-1])[:80] if shown else ""
    return {"id": chat.id, "name": name, "type": chat.type, "count": len(chat.messages), "last": last}


def _title(chat: Chat) -> str:
    return chat.world.bot.name if isinstance(chat, PrivateChat) else chat.name


def _message(message: Message, person: Person) -> Json:
    return {
        "id": message.id,
        "mine": message.sender is person,
        "from": message.sender.name,
        "bot": message.sender.is_bot,
        "at": message.at.isoformat(),
        "kind": message.kind,
        "text": message.text,
        "entities": [entity.as_json() for entity in message.entities],
        "buttons": [[{"text": b.text, "url": b.url} for b in row] for row in message.buttons],
        "reply_to": _brief(message.reply_to) if message.reply_to else None,
        "edited": message.edits > 0,
        "pinned": message.pinned,
        "silent": message.silent,
        "thread": message.thread,
        "reactions": message.reactions,
        "forwarded": "forward_origin" in message.content,
        "file": _file(message),
        "note": _note(message),
    }


def _brief(message: Message) -> Json:
    return {"id": message.id, "from": message.sender.name, "text": _summary(message)[:120]}


def _summary(message: Message) -> str:
    return message.text.replace("\n", " ") or _note(message)


def _file(message: Message) -> Json | None:
    stored = message.file
    if stored is None:
        return None
    return {"url": f"world/file/{stored.file_id}", "name": stored.name, "size": len(stored.data)}


def _note(message: Message) -> str:
    """Return what there is to read of a message that has no words of its own."""
    for field, tell in _NOTES.items():
        if field in message.content:
            return tell(message.content[field], message.sender.name)
    return ""


_NOTES: dict[str, Callable[[Any, str], str]] = {
    "photo": lambda *_: "Ảnh",
    "document": lambda document, _: document["file_name"],
    "video": lambda video, _: f"Video {video['duration']} giây",
    "sticker": lambda sticker, _: sticker["emoji"],
    "voice": lambda voice, _: f"Tin thoại {voice['duration']} giây",
    "venue": lambda venue, _: f"{venue['title']} – {venue['address']}",
    "location": lambda place, _: f"Vị trí {place['latitude']:.5f}, {place['longitude']:.5f}",
    "contact": lambda contact, _: f"Danh thiếp: {contact['first_name']} · {contact['phone_number']}",
    "new_chat_members": lambda users, _: f"{', '.join(user['first_name'] for user in users)} đã vào nhóm",
    "left_chat_member": lambda user, _: f"{user['first_name']} đã rời nhóm",
    "pinned_message": lambda _, sender: f"{sender} đã ghim một tin nhắn",
    "forum_topic_created": lambda topic, _: f"Đã mở chủ đề «{topic['name']}»",
    "migrate_to_chat_id": lambda *_: "Nhóm đã được nâng thành siêu nhóm",
    "migrate_from_chat_id": lambda *_: "Nhóm đã được nâng thành siêu nhóm",
}
