"""Posting: the steps from a request to a new message in a chat."""

from typing import Any

from sandbox.telegram.api import Api, find_message, open_chat
from sandbox.telegram.chats import Chat
from sandbox.telegram.groups import Group
from sandbox.telegram.keyboards import check_markup
from sandbox.telegram.messages import Message
from sandbox.telegram.params import Params
from sandbox.telegram.refusals import bad_request
from sandbox.telegram.wire import message_json


def post(api: Api, params: Params, **fields: Any) -> dict[str, Any]:
    """Add the bot's message to the chat the request means, and return it as Telegram would."""
    return message_json(post_all(api, params, [fields])[0])


def post_all(api: Api, params: Params, contents: list[dict[str, Any]]) -> list[Message]:
    """Add several messages at once, as an album does, or none."""
    markup = params.mapping("reply_markup")
    check_markup(markup)
    chat = open_chat(api, params)
    shared = {
        "thread": find_thread(chat, params),
        "reply_to": find_reply(chat, params),
        "silent": params.flag("disable_notification"),
        "markup": markup if markup.get("inline_keyboard") else None,
    }
    api.limits.spend(chat.id, len(contents))
    _show_keyboard(chat, markup)
    return [chat.add(api.world.bot, **fields, **shared) for fields in contents]


def find_thread(chat: Chat, params: Params) -> int | None:
    """Return the topic a request means; the General topic (1) must be left out."""
    if params.get("message_thread_id") in {None, "", 0}:
        return None
    thread = params.integer("message_thread_id")
    if not isinstance(chat, Group) or thread not in chat.topics:
        raise bad_request("message thread not found")
    return thread


def find_reply(chat: Chat, params: Params) -> Message | None:
    """Return the message a request replies to."""
    reply = params.mapping("reply_parameters")
    message_id = reply.get("message_id", params.get("reply_to_message_id"))
    if message_id is None:
        return None
    if reply.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
        return chat.find(int(message_id))
    return find_message(chat, int(message_id), "message to be replied not found")


def _show_keyboard(chat: Chat, markup: dict[str, Any]) -> None:
    if markup.get("remove_keyboard"):
        chat.keyboard = None
    if rows := markup.get("keyboard"):
        chat.keyboard = [[{"text": key} if isinstance(key, str) else key for key in row] for row in rows]
