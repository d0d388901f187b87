"""The bot's command lists, one for each scope and language."""

import json
import re
from typing import Any

from sandbox.telegram.refusals import bad_request

Key = tuple[str, str]

_NAME = re.compile(r"[a-z0-9_]{1,32}")
_FIELDS = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


class Commands:
    """What a person sees behind the «/» key."""

    def __init__(self) -> None:
        self.lists: dict[Key, list[dict[str, str]]] = {}

    def set(self, scope: dict[str, Any], language: str, commands: list[Any]) -> None:
        """Replace one list."""
        if len(commands) > 100:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        self.lists[key(scope, language)] = [_command(command) for command in commands]

    def get(self, scope: dict[str, Any], language: str) -> list[dict[str, str]]:
        """Return exactly one list."""
        return self.lists.get(key(scope, language), [])

    def delete(self, scope: dict[str, Any], language: str) -> None:
        """Forget one list."""
        self.lists.pop(key(scope, language), None)

    def shown(self, user_id: int, chat_id: int, language: str | None) -> list[dict[str, str]]:
        """Return the list that *user_id* sees in *chat_id*: the narrowest scope wins, then the language."""
        chat_scope = {"type": "chat", "chat_id": chat_id}
        kind = "all_private_chats" if chat_id > 0 else "all_group_chats"
        scopes = [{**chat_scope, "type": "chat_member", "user_id": user_id}] if chat_id < 0 else []
        scopes += [chat_scope, {"type": kind}, {"type": "default"}]
        for scope in scopes:
            for spoken in (language or "", ""):
                if commands := self.get(scope, spoken):
                    return commands
        return []


def key(scope: dict[str, Any], language: str) -> Key:
    """Return the name of a list, or refuse a scope or language Telegram does not know."""
    kind = scope.get("type", "default")
    if kind not in _FIELDS:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    missing = [name for name in _FIELDS[kind] if name not in scope]
    if missing:
        raise bad_request(f"can't parse BotCommandScope: can't find field \"{missing[0]}\"")
    return json.dumps([kind, *(scope[name] for name in _FIELDS[kind])]), language


def _command(command: Any) -> dict[str, str]:
    name, description = command.get("command", ""), command.get("description", "")
    if not _NAME.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
