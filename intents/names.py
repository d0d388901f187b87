"""A gazetteer: finds the units that a person may mean by a name as people type it, and never guesses."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from intents.distance import distance
from intents.forms import Shape, names_of, pattern_of, titles_of
from intents.places import Found, Match, Nothing, Place, Several
from intents.wording import (
    AREAS,
    JOINING,
    Words,
    bare_name,
    is_title,
    squeezed,
    without_office,
    without_title,
    words_of,
)
from locales.collation import Key, sort_key
from locales.folding import fold

__all__ = ["Found", "Gazetteer", "Match", "Nothing", "Place", "Several"]

LONGEST = 200  # characters of a query that are looked at: no name is longer
SHORTEST = 3  # letters that may stand for a longer name
MOST = 8  # buttons a person can take in
WRONG_PLACE = 0  # the name is right; its title or district is not
PART = 3  # only the beginning of the name was typed
SPREAD = 1  # how much worse than the best a match may be and still be offered
FOLDED_AREAS = frozenset(map(fold, AREAS))


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to take a query apart: a name, and what narrows it down."""

    name: str
    title: str | None = None
    areas: frozenset[str] | None = None


class Gazetteer:
    """Every unit by every name it goes by."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._names: dict[str, dict[int, Place]] = defaultdict(dict)
        self._codes: dict[str, dict[int, Place]] = defaultdict(dict)  # exact or not at all
        self._bodies: list[tuple[Shape, Place]] = []
        self._places = {place.id: place for place in places}
        for place in self._places.values():
            self._enter(place)
        self._areas = _areas(self._places.values())
        self._provinces = tuple(
            words_of(place.name) for place in self._places.values() if "tinh" in titles_of(place)
        )

    def find(self, query: str, home: int | None = None) -> Match:
        """Find what *query* may mean to somebody of the unit *home*."""
        words = self._without_province(words_of(query[:LONGEST]))
        readings = tuple(self._readings(words))
        for reading in readings:
            if exact := self._exact(reading):
                return self._match({place.id: 0 for place in exact}, home)
        near: dict[int, int] = {}
        for reading in readings:
            for place, far in self._near(reading):
                near[place.id] = min(far, near.get(place.id, far))
        likely = {each: far for each, far in near.items() if far <= min(near.values()) + SPREAD}
        return Several(self._sorted(likely, home)) if likely else Nothing()

    @property
    def places(self) -> tuple[Place, ...]:
        """Every unit, in the order given."""
        return tuple(self._places.values())

    def exactly(self, words: Words) -> tuple[Place, ...]:
        """Return the units that the folded *words* name without a slip."""
        for reading in self._readings(self._without_province(words)):
            if exact := self._exact(reading):
                return tuple(exact)
        return ()

    def coded(self, word: str) -> tuple[Place, ...]:
        """Return the units that go by the code *word*, folded."""
        return tuple(self._codes.get(squeezed((word,)), {}).values())

    def ordered(self, places: Iterable[Place], home: int | None) -> tuple[Place, ...]:
        """Return *places* as they are to be offered to somebody of the unit *home*."""
        return self._sorted({place.id: 0 for place in places}, home)

    def _enter(self, place: Place) -> None:
        for name in names_of(place):
            self._names[name][place.id] = place
        for alias in place.aliases:
            self._codes[squeezed(words_of(alias))][place.id] = place
        if fold(place.kind) not in FOLDED_AREAS:
            self._bodies.append((pattern_of(words_of(place.name)), place))

    def _readings(self, words: Words) -> Iterator[Reading]:
        """Yield the ways to read the words, the most literal first."""
        if not words or is_title(words):
            return
        yield Reading(squeezed(words))
        for title, rest in _openings(words):
            yield Reading(squeezed(rest), title)
            yield from self._with_area(rest, title)

    def _without_province(self, words: Words) -> Words:
        for province in self._provinces:
            if words[-len(province) :] == province and len(words) > len(province):
                return words[: -len(province)]
        return words

    def _with_area(self, words: Words, title: str | None) -> Iterator[Reading]:
        for cut in range(len(words) - 1, 0, -1):
            for name, rest in ((words[:cut], words[cut:]), (words[-cut:], words[:-cut])):
                areas = self._areas.get(_area_key(rest))
                if areas:
                    yield Reading(squeezed(name), title, areas)
                    own, bare = without_title(name)
                    if title is None and own:  # said after its district: «Phú Bình, xã Tân Thành»
                        yield Reading(squeezed(bare), own, areas)

    def _exact(self, reading: Reading) -> list[Place]:
        same = {**self._names.get(reading.name, {}), **self._codes.get(reading.name, {})}
        if not same:
            same = {place.id: place for pattern, place in self._bodies if pattern.fullmatch(reading.name)}
        return [place for place in same.values() if _fits(place, reading)]

    def _near(self, reading: Reading) -> Iterator[tuple[Place, int]]:
        for place in self._names.get(reading.name, {}).values():
            yield place, WRONG_PLACE
        limit = _slips(reading.name)
        for name, places in self._names.items():
            far = distance(reading.name, name, limit) if limit else None
            if far is None and len(reading.name) >= SHORTEST and name.startswith(reading.name):
                far = PART
            if far is not None:
                yield from ((place, far) for place in places.values() if _fits(place, reading))

    def _match(self, scores: dict[int, int], home: int | None) -> Match:
        places = self._sorted(scores, home)
        return Found(places[0]) if len(places) == 1 else Several(places)

    def _sorted(self, scores: dict[int, int], home: int | None) -> tuple[Place, ...]:
        own = self._places.get(home) if home is not None else None

        def rank(place: Place) -> tuple[bool, int, bool, Key]:
            return (
                place != own,
                scores[place.id],
                not (own and own.area == place.area),
                sort_key(place.name),
            )

        return tuple(sorted((self._places[each] for each in scores), key=rank)[:MOST])


def _openings(words: Words) -> Iterator[tuple[str | None, Words]]:
    """Yield what is left when a title, an office or both are taken off the front."""
    seen = {words}
    yield None, words
    for start in (words, without_office(words)):
        title, rest = without_title(start)
        if rest and rest not in seen:
            seen.add(rest)
            yield title, rest


def _areas(places: Iterable[Place]) -> dict[str, frozenset[str]]:
    known: dict[str, set[str]] = defaultdict(set)
    areas = {(place.area, place.area) for place in places if place.area}
    provinces = {(place.name, "") for place in places if "tinh" in titles_of(place)}  # all without a district
    for name, area in areas | provinces:
        words = words_of(bare_name(name))
        known[squeezed(words)].add(area)
        known[squeezed(tuple(word[0] for word in words))].add(area)
    return {key: frozenset(areas) for key, areas in known.items()}


def _area_key(words: Words) -> str:
    while words and words[0] in JOINING:
        words = words[1:]
    return squeezed(without_title(words)[1])


def _fits(place: Place, reading: Reading) -> bool:
    if reading.areas is not None and place.area not in reading.areas:
        return False
    return reading.title is None or reading.title in titles_of(place)


def _slips(name: str) -> int:
    """Return how many slips a name of this length may have: short names are all near each other."""
    return 0 if len(name) < 4 else 1 if len(name) < 6 else 2
