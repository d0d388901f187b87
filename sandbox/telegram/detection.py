"""The entities that Telegram finds by itself in a text: commands, mentions, addresses, numbers."""

import re
from collections.abc import Iterable

from sandbox.telegram.entities import Entity, units

# A command ends where [A-Za-z0-9_] ends, and is none if a letter follows: «/báo» is plain text.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("url", re.compile(r"(?<!\w)(?:https?://|t\.me/|www\.)[^\s<>\"']+[^\s<>\"'.,;:!?)]", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.])[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?!\w)")),
    (
        "bot_command",
        re.compile(
            r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?![A-Za-z0-9_])(?:@[A-Za-z0-9_]{3,32}(?!\w))?(?![\w/<>@])"
        ),
    ),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<!\w)#(?=\w*[^\W\d])\w{1,256}(?!\w)")),
    ("phone_number", re.compile(r"(?<![\w+])(?:\+84|0)\d{9}(?!\w)")),
)
_OPAQUE = {"code", "pre", "text_link"}


def detect(text: str, marked: Iterable[Entity] = ()) -> list[Entity]:
    """Return the entities of *text*, outside the code and links already *marked*."""
    taken = [entity for entity in marked if entity.type in _OPAQUE]
    found: list[Entity] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            entity = Entity(kind, units(text[: match.start()]), units(match.group()))
            if not any(_overlap(entity, other) for other in taken):
                taken.append(entity)
                found.append(entity)
    return sorted(found, key=lambda e: e.offset)


def _overlap(one: Entity, other: Entity) -> bool:
    return one.offset < other.end and other.offset < one.end
