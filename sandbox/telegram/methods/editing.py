"""Methods that change, pin or remove what is already in a chat."""

from datetime import timedelta
from typing import Any

from sandbox.telegram.api import Api, caption, find_message, open_chat, words
from sandbox.telegram.chats import Chat
from sandbox.telegram.groups import Group
from sandbox.telegram.keyboards import check_markup
from sandbox.telegram.messages import Message
from sandbox.telegram.methods.media import media_fields
from sandbox.telegram.params import Params
from sandbox.telegram.refusals import Violation, bad_request
from sandbox.telegram.wire import message_json

_DELETABLE_FOR = timedelta(hours=48)
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a"
    " current content and reply markup of the message"
)


def edit_message_text(api: Api, params: Params) -> dict[str, Any]:
    """editMessageText."""
    text, entities = words(params)
    message = _target(api, params)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    return _change(api, params, message, text=text, entities=entities)


def edit_message_caption(api: Api, params: Params) -> dict[str, Any]:
    """editMessageCaption."""
    text, entities = caption(params)
    message = _target(api, params)
    if message.kind not in {"photo", "document", "voice"}:
        raise bad_request("there is no caption in the message to edit")
    return _change(api, params, message, text=text, entities=entities)


def edit_message_reply_markup(api: Api, params: Params) -> dict[str, Any]:
    """editMessageReplyMarkup."""
    return _change(api, params, _target(api, params))


def edit_message_media(api: Api, params: Params) -> dict[str, Any]:
    """editMessageMedia."""
    message = _target(api, params)
    return _change(api, params, message, **media_fields(api, params, params.mapping("media")))


def delete_message(api: Api, params: Params) -> bool:
    """deleteMessage."""
    chat = open_chat(api, params)
    _delete(api, chat, find_message(chat, params.integer("message_id"), "message to delete not found"))
    return True


def delete_messages(api: Api, params: Params) -> bool:
    """deleteMessages; what is not there is skipped."""
    chat = open_chat(api, params)
    for message_id in params.array("message_ids"):
        if message := chat.find(int(message_id)):
            _delete(api, chat, message)
    return True


def pin_chat_message(api: Api, params: Params) -> bool:
    """pinChatMessage."""
    chat = _pinnable(api, params)
    message = find_message(chat, params.integer("message_id"), "message to pin not found")
    if not message.pinned:
        message.pinned = True
        pinned = {"pinned_message": message_json(message, with_reply=False)}
        service = chat.add(api.world.bot, kind="service", content=pinned, thread=message.thread)
        api.world.updates.push("message", message_json(service))
    return True


def unpin_chat_message(api: Api, params: Params) -> bool:
    """unpinChatMessage: the one told, or the newest."""
    chat = _pinnable(api, params)
    if params.get("message_id") is not None:
        message = find_message(chat, params.integer("message_id"), "message to unpin not found")
    elif not chat.pinned:
        raise bad_request("message to unpin not found")
    else:
        message = chat.pinned[-1]
    message.pinned = False
    chat.changed()
    return True


def unpin_all_chat_messages(api: Api, params: Params) -> bool:
    """unpinAllChatMessages."""
    chat = _pinnable(api, params)
    for message in chat.pinned:
        message.pinned = False
    chat.changed()
    return True


def set_message_reaction(api: Api, params: Params) -> bool:
    """setMessageReaction."""
    chat = open_chat(api, params)
    message = find_message(chat, params.integer("message_id"), "message to react not found")
    reactions = params.array("reaction")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    message.reactions = [str(reaction.get("emoji", "")) for reaction in reactions]
    chat.changed()
    return True


def _target(api: Api, params: Params) -> Message:
    if params.get("inline_message_id"):
        raise Violation(["inline messages do not exist in the sandbox"])
    check_markup(params.mapping("reply_markup"))
    message = find_message(open_chat(api, params), params.integer("message_id"), "message to edit not found")
    if message.sender is not api.world.bot or message.kind == "service":
        raise bad_request("message can't be edited")
    return message


def _change(api: Api, params: Params, message: Message, **fields: Any) -> dict[str, Any]:
    markup = params.mapping("reply_markup")
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    fields["markup"] = markup if markup.get("inline_keyboard") else None
    if all(getattr(message, name) == value for name, value in fields.items()):
        raise bad_request(_NOT_MODIFIED)
    api.limits.spend(message.chat.id)
    for name, value in fields.items():
        setattr(message, name, value)
    message.edits += 1
    message.edited_at = api.world.clock()
    message.chat.changed()
    return message_json(message)


def _delete(api: Api, chat: Chat, message: Message) -> None:
    old = api.world.clock() - message.at > _DELETABLE_FOR
    foreign = message.sender is not api.world.bot
    admin = isinstance(chat, Group) and chat.bot_status == "administrator"
    if (old and not (foreign and admin)) or (foreign and isinstance(chat, Group) and not admin):
        raise bad_request("message can't be deleted for everyone" if old else "message can't be deleted")
    message.deleted = True
    chat.changed()


def _pinnable(api: Api, params: Params) -> Chat:
    chat = open_chat(api, params)
    if isinstance(chat, Group) and chat.bot_status != "administrator":
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat
