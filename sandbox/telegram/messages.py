"""Messages as everybody in a chat sees them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sandbox.telegram.entities import Entity, render_html
from sandbox.telegram.files import StoredFile
from sandbox.telegram.users import User

if TYPE_CHECKING:
    from sandbox.telegram.chats import Chat

InlineMarkup = dict[str, Any]


@dataclass(frozen=True)
class Button:
    """One button of an inline keyboard: it carries data, opens a link, or does something rarer."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(eq=False)
class Message:
    """One message; *content* holds what the Bot API tells of it besides text, keyboard and reply."""

    chat: "Chat"
    id: int
    sender: User
    at: datetime
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    kind: str = "text"
    content: dict[str, Any] = field(default_factory=dict)
    file: StoredFile | None = None
    markup: InlineMarkup | None = None
    reply_to: "Message | None" = None
    thread: int | None = None
    silent: bool = False
    edits: int = 0
    edited_at: datetime | None = None
    pinned: bool = False
    deleted: bool = False
    reactions: list[str] = field(default_factory=list)

    @property
    def from_bot(self) -> bool:
        """Tell whether the bot sent it."""
        return self.sender.is_bot and self.kind != "service"

    @property
    def html(self) -> str:
        """Return text and formatting as Telegram's HTML."""
        return render_html(self.text, self.entities)

    @property
    def buttons(self) -> list[list[Button]]:
        """Return the inline keyboard, row by row."""
        rows = (self.markup or {}).get("inline_keyboard", [])
        return [[Button(b["text"], b.get("callback_data"), b.get("url")) for b in row] for row in rows]

    def button(self, text: str) -> Button:
        """Return the button that reads *text*, or the only one that contains it."""
        every = [button for row in self.buttons for button in row]
        exact = [button for button in every if button.text == text]
        found = exact or [button for button in every if text in button.text]
        assert len(found) == 1, f"{len(found)} buttons match {text!r} under {self}"
        return found[0]

    def __str__(self) -> str:
        marks = [
            mark
            for mark, holds in (
                (f"edited {self.edits}×", self.edits),
                ("pinned", self.pinned),
                ("silent", self.silent),
                ("deleted", self.deleted),
            )
            if holds
        ]
        kind = "" if self.kind == "text" else f"<{self.kind}> "
        rows = "".join(" [" + " | ".join(button.text for button in row) + "]" for row in self.buttons)
        return f"{self.sender.name}: {kind}{self.text}{rows}{' (' + ', '.join(marks) + ')' if marks else ''}"
