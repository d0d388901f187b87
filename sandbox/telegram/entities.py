"""Message entities: marked ranges of a text, counted in UTF-16 units as Telegram counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

TAGS: dict[str, tuple[str, str]] = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ("<tg-spoiler>", "</tg-spoiler>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
}


@dataclass(frozen=True)
class Entity:
    """One marked range; *extra* is a link, a language or an emoji id, by the type."""

    type: str
    offset: int
    length: int
    extra: str | None = None

    @property
    def end(self) -> int:
        """Return the first unit past the range."""
        return self.offset + self.length

    def as_json(self) -> dict[str, Any]:
        """Return the Bot API's MessageEntity."""
        body: dict[str, Any] = {"type": self.type, "offset": self.offset, "length": self.length}
        if self.extra is not None:
            body[_EXTRA[self.type]] = self.extra
        return body

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Entity":
        """Read a MessageEntity that a bot sent."""
        extra = body.get(_EXTRA.get(str(body["type"]), ""))
        return cls(body["type"], int(body["offset"]), int(body["length"]), extra)


_EXTRA = {"text_link": "url", "pre": "language", "custom_emoji": "custom_emoji_id"}


def units(text: str) -> int:
    """Return the length of *text* in UTF-16 units."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def cut(text: str, entity: Entity) -> str:
    """Return the part of *text* that *entity* marks."""
    raw = text.encode("utf-16-le")
    return raw[entity.offset * 2 : entity.end * 2].decode("utf-16-le")


def trim(text: str, entities: Iterable[Entity]) -> tuple[str, list[Entity]]:
    """Strip white space at both ends, as Telegram does, and shift the entities along."""
    start = units(text) - units(text.lstrip())
    kept = text.strip()
    size = units(kept)
    shifted = []
    for entity in entities:
        begin, end = max(0, entity.offset - start), min(size, entity.end - start)
        if end > begin:
            shifted.append(Entity(entity.type, begin, end - begin, entity.extra))
    return kept, sorted(shifted, key=lambda e: (e.offset, -e.length))


def render_html(text: str, entities: Iterable[Entity]) -> str:
    """Return *text* as Telegram's HTML, with the formatting entities as tags."""
    opening: dict[int, str] = {}
    closing: dict[int, str] = {}
    for entity in sorted(entities, key=lambda e: (e.offset, -e.length)):
        before, after = _tags(entity)
        opening[entity.offset] = opening.get(entity.offset, "") + before
        closing[entity.end] = after + closing.get(entity.end, "")
    pieces, at = [], 0
    for char in text:
        pieces += [closing.get(at, ""), opening.get(at, ""), escape(char, quote=False)]
        at += units(char)
    return "".join([*pieces, closing.get(at, "")])


def _tags(entity: Entity) -> tuple[str, str]:
    extra = escape(entity.extra or "")
    if entity.type == "text_link":
        return f'<a href="{extra}">', "</a>"
    if entity.type == "custom_emoji":
        return f'<tg-emoji emoji-id="{extra}">', "</tg-emoji>"
    if entity.type == "pre" and extra:
        return f'<pre><code class="language-{extra}">', "</code></pre>"
    return TAGS.get(entity.type, ("", ""))
