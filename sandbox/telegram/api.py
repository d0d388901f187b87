"""What a Bot API method works on, and the steps that all methods share."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sandbox.telegram.chats import Chat
from sandbox.telegram.commands import Commands
from sandbox.telegram.detection import detect
from sandbox.telegram.entities import Entity, trim, units
from sandbox.telegram.groups import Group
from sandbox.telegram.limits import Limits
from sandbox.telegram.markup import parse_html
from sandbox.telegram.messages import Message
from sandbox.telegram.params import Params
from sandbox.telegram.polling import Poller
from sandbox.telegram.refusals import bad_request
from sandbox.telegram.world import World

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024


@dataclass
class Api:
    """The server's side of the bot's account."""

    world: World
    limits: Limits
    poller: Poller
    commands: Commands = field(default_factory=Commands)
    profile: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int, dict[str, Any]] = field(default_factory=dict)
    webhook: str = ""


Method = Callable[[Api, Params], Any]


def find_chat(api: Api, params: Params, name: str = "chat_id") -> Chat:
    """Return the chat a request means."""
    if params.get(name) in {None, ""}:
        raise bad_request("chat_id is empty")
    try:
        return api.world.chat(int(params.get(name)))
    except ValueError:
        raise bad_request("chat not found") from None  # an @name: our chats have none


def open_chat(api: Api, params: Params) -> Chat:
    """Return the chat a request means, if the bot may write there."""
    chat = find_chat(api, params)
    chat.check_reachable()
    return chat


def find_group(api: Api, params: Params) -> Group:
    """Return the group a request means, or refuse a private chat."""
    chat = open_chat(api, params)
    if not isinstance(chat, Group):
        raise bad_request("method is available only for groups")
    return chat


def find_message(chat: Chat, message_id: int, otherwise: str) -> Message:
    """Return a message that is there, or refuse with the words of *otherwise*."""
    message = chat.find(message_id)
    if message is None:
        raise bad_request(otherwise)
    return message


def formatted(text: str, parse_mode: str, given: Iterable[Any]) -> tuple[str, list[Entity]]:
    """Return plain text and entities, parsed and trimmed as Telegram does."""
    entities = [Entity.from_json(entity) for entity in given]
    if parse_mode.lower() == "html":
        text, entities = parse_html(text)
    elif parse_mode:
        raise bad_request(f"sandbox: parse_mode {parse_mode!r} is not supported here, only HTML")
    text, entities = trim(text, entities)
    return text, sorted([*entities, *detect(text, entities)], key=lambda e: (e.offset, -e.length))


def words(params: Params) -> tuple[str, list[Entity]]:
    """Return the text of a message, within Telegram's limit."""
    text, entities = formatted(params.text("text"), params.text("parse_mode"), params.array("entities"))
    if not text:
        raise bad_request("message text is empty")
    if units(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return text, entities


def caption(params: Params) -> tuple[str, list[Entity]]:
    """Return the caption of a message, within Telegram's limit."""
    given = params.array("caption_entities")
    text, entities = formatted(params.text("caption"), params.text("parse_mode"), given)
    if units(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return text, entities
