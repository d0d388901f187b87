"""The Bot API's JSON of chats and messages."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.telegram.chats import Chat
    from sandbox.telegram.messages import Message


def message_json(message: "Message", *, with_reply: bool = True) -> dict[str, Any]:
    """Return the Bot API's Message as it stands now."""
    body: dict[str, Any] = {
        "message_id": message.id,
        "from": message.sender.as_json(),
        "chat": message.chat.as_json(),
        "date": int(message.at.timestamp()),
    }
    if message.edited_at:
        body["edit_date"] = int(message.edited_at.timestamp())
    if message.thread is not None:
        body |= {"message_thread_id": message.thread, "is_topic_message": True}
    if message.reply_to and with_reply:
        body["reply_to_message"] = message_json(message.reply_to, with_reply=False)
    if message.markup:
        body["reply_markup"] = message.markup
    return body | _words(message) | message.content


def _words(message: "Message") -> dict[str, Any]:
    if not message.text:
        return {}
    prefix = "" if message.kind == "text" else "caption_"
    body: dict[str, Any] = {"text" if message.kind == "text" else "caption": message.text}
    if message.entities:
        body[f"{prefix}entities"] = [entity.as_json() for entity in message.entities]
    return body


def full_chat_json(chat: "Chat") -> dict[str, Any]:
    """Return the Bot API's ChatFullInfo."""
    body = chat.as_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if pinned := chat.pinned:
        body["pinned_message"] = message_json(pinned[-1], with_reply=False)
    return body
