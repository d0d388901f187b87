"""The names of areas laid out so that they can be found within a sentence."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from intents.knowledge import rows
from intents.mention import COMMUNES, DISTRICTS, is_body
from intents.names import Gazetteer
from intents.places import Place
from intents.plain import sound
from intents.wording import SPELLINGS, bare_name, squeezed, words_of
from locales.collation import sort_key
from locales.folding import fold

_LONE_Y = re.compile("(?<![aeou])y")  # a vowel of its own, not the end of «day»
ONE_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")  # Mỹ is written Mĩ too


class Named(NamedTuple):
    """A unit by one of the spellings of its name, without its title."""

    place: Place
    written: str

    @property
    def kind(self) -> str:
        """Its title, folded."""
        return fold(self.place.kind)


class Naming:
    """The communes and districts of a gazetteer by what their names come to when typed."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.communes: dict[str, list[Named]] = defaultdict(list)
        self.districts: dict[str, list[Named]] = defaultdict(list)
        self.near: dict[str, list[Named]] = defaultdict(list)  # by what is left when a letter is struck out
        self.sounds: dict[str, list[Named]] = defaultdict(list)
        self.district_sounds: dict[str, list[Named]] = defaultdict(list)
        self.beginnings = tuple({_beginning(place) for place in places if is_body(place)} - {""})
        for named in (Named(place, name) for place in places for name in _spellings(place)):
            self._enter(named)

    def _enter(self, named: Named) -> None:
        words = tuple(fold(named.written).split())
        key = squeezed(words)
        if named.kind in COMMUNES:
            self.communes[key].append(named)
            self.sounds["".join(map(sound, words))].append(named)
            for left in {key, *struck(key)}:
                self.near[left].append(named)
        elif named.kind in DISTRICTS:
            self.districts[key].append(named)
            self.district_sounds["".join(map(sound, words))].append(named)
            self.districts["".join(word[0] for word in words)].append(named)

    def titled(self, title: str, name: str) -> list[Named]:
        """Return the communes of this title and name."""
        named = self.communes.get(squeezed(tuple(fold(name).split())), [])
        return [each for each in named if each.kind == fold(title)]


@lru_cache(maxsize=8)
def naming_of(gazetteer: Gazetteer) -> Naming:
    """Return the layout of a gazetteer's names, made once."""
    return Naming(gazetteer.places)


@cache
def counterparts() -> dict[str, list[tuple[str, str]]]:
    """Return the title and name that units went by before or go by since July 2025."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for title, name, _, new_title, new_name in rows("mergers.tsv"):
        for one, other in (((title, name), (new_title, new_name)), ((new_title, new_name), (title, name))):
            found[f"{fold(one[0])} {squeezed(tuple(fold(one[1]).split()))}"].append(other)
    return dict(found)


def struck(word: str) -> Iterator[str]:
    """Yield *word* without one of its letters: two words one slip apart share such a remainder."""
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


def same_letters(typed: str, written: str) -> bool:
    """Say whether *typed* may be *written*: diacritics may be left out, but not be others."""
    if typed.isascii():
        return _LONE_Y.sub("i", fold(typed)) == _LONE_Y.sub("i", fold(written))
    return _letters(typed) == _letters(written)


@lru_cache(maxsize=4096)
def _letters(word: str) -> tuple[object, ...]:
    return sort_key(word.lower().translate(ONE_I))[0]  # by letters and tone, wherever the tone is written


def _beginning(place: Place) -> str:
    """Return how a body's name begins: its title, «so», or its first two words, «huyenuy»."""
    words = words_of(place.name)
    return words[0] if words[:1] in (("so",), ("ban",)) else squeezed(words[:2])


def _spellings(place: Place) -> Iterator[str]:
    name = bare_name(place.name)
    yield name
    yield from SPELLINGS.get(name, ())
