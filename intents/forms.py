"""The forms of a unit's name: the ways in which people write one and the same unit."""

import re
from collections.abc import Iterator

from intents.places import Place
from intents.wording import (
    SPELLINGS,
    Words,
    bare_name,
    shortest_name,
    squeezed,
    without_office,
    without_title,
    words_of,
)
from locales.folding import fold

FEWEST = 3  # words of a body's name that may stand for all of it
LONGEST = 16  # words of it that are told apart, which bounds the search for them
Shape = re.Pattern[str]


def names_of(place: Place) -> Iterator[str]:
    """Yield the names it goes by, run together."""
    for written in (place.name, shortest_name(place.name), *SPELLINGS.get(bare_name(place.name), ())):
        words = words_of(written)
        yield squeezed(words)
        yield squeezed(_without_area(words, place.area))
        yield squeezed(_without_inner_title(words))


def pattern_of(words: Words) -> Shape:
    """Return what matches a body's words cut to initials or left off the end: «SNV», «sở TNMT»."""
    pattern = ""
    for index, word in reversed(list(enumerate(words[:LONGEST]))):
        start = squeezed((word[0],))
        if len(word) > 1:
            start += f"(?:{squeezed((word,))[1:]})?"
        pattern = f"(?:{start}{pattern})?" if index >= FEWEST else start + pattern
    return re.compile(pattern)


def titles_of(place: Place) -> tuple[str | None, ...]:
    """Return its titles, folded: by its kind and by its name."""
    written = bare_name(place.name) != place.name
    return fold(place.kind), without_title(words_of(place.name))[0] if written else None


def _without_area(words: Words, area: str) -> Words:
    """Return «Thành ủy» for «Thành ủy Thái Nguyên»: its district tells the rest."""
    tail = words_of(bare_name(area))
    return words[: -len(tail)] or words if tail and words[-len(tail) :] == tail else words


def _without_inner_title(words: Words) -> Words:
    """Return «UBND Phú Bình» for «UBND huyện Phú Bình»."""
    rest = without_office(words)
    return words[: len(words) - len(rest)] + without_title(rest)[1] if rest != words else words
