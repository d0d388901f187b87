"""Users: the bot and what it has in common with people."""

from dataclasses import dataclass
from typing import Any


@dataclass(eq=False)
class User:
    """Somebody with an account."""

    id: int
    name: str
    username: str | None = None
    language: str | None = None
    is_bot: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the Bot API's User."""
        body: dict[str, Any] = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
        if self.username:
            body["username"] = self.username
        if self.language:
            body["language_code"] = self.language
        return body


@dataclass(eq=False)
class Bot(User):
    """The one bot of the world."""

    is_bot: bool = True
    reads_all_groups: bool = False

    def as_me(self) -> dict[str, Any]:
        """Return what getMe tells."""
        return self.as_json() | {
            "can_join_groups": True,
            "can_read_all_group_messages": self.reads_all_groups,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
