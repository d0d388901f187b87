"""A message: text in Telegram's HTML and rows of buttons; what every card renders to."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Self

from markupsafe import Markup

LIMIT = 4096  # UTF-16 units after parsing
SPARE = 16  # of them, for the ellipsis and for what a copy says of itself


@dataclass(frozen=True, slots=True)
class Button:
    """A button and what a tap on it sends back, or the *url* that it opens instead."""

    label: str
    data: str = ""
    url: str | None = None

    def __post_init__(self) -> None:
        if self.url is None and not 1 <= len(self.data.encode()) <= 64:
            raise ValueError(f"callback data {self.data!r} is not 1 to 64 bytes")


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """What is said, and the buttons beneath it.

    *share* is what the one key in place of the keyboard is called by which readers share their own telephone
    number; "" takes that key away again.
    """

    text: Markup
    buttons: Rows = ()
    share: str | None = None

    @classmethod
    def of(cls, lines: Iterable[Markup | str | None], buttons: Rows = ()) -> Self:
        """Join *lines*, dropping None; what would not fit is cut by whole lines, with an ellipsis."""
        kept: list[Markup] = []
        room = LIMIT - SPARE
        for line in lines:
            if line is None:
                continue
            part = Markup.escape(line)
            room -= units(part.striptags() if part else "") + 1
            if room < 0:
                kept.append(Markup("…"))
                break
            kept.append(part)
        return cls(Markup("\n").join(kept), buttons)

    @property
    def digest(self) -> str:
        """Return a fingerprint of what the reader sees."""
        return blake2b(repr((str(self.text), self.buttons)).encode(), digest_size=8).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """Return it as an outbox keeps it."""
        return {
            "text": str(self.text),
            "buttons": [[[button.label, button.data, button.url] for button in row] for row in self.buttons],
            "share": self.share,
        }

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Self:
        """Return what ``to_json`` kept."""
        rows = tuple(tuple(Button(*button) for button in row) for row in content.get("buttons", ()))
        return cls(Markup(content["text"]), rows, content.get("share"))  # noqa: S704  (rendered by us, escaped then)


def units(text: str) -> int:
    """Return the length as Telegram counts: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def in_rows(buttons: Iterable[Button], width: int) -> Rows:
    """Lay *buttons* out in rows of *width*."""
    flat = tuple(buttons)
    return tuple(flat[start : start + width] for start in range(0, len(flat), width))
