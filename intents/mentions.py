"""The units named within a message, as far as they can be told; what is double or only near is a question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intents.distance import distance
from intents.everyday import everyday
from intents.names import Gazetteer, Place
from intents.naming import COMMUNES, DISTRICTS, Named, Naming, counterparts, naming_of, same_letters, struck
from intents.plain import is_known, sound
from intents.syllables import is_syllable, untyped
from intents.tokens import Word
from intents.wording import squeezed, without_title
from locales.folding import fold

LONGEST_NAME = 4  # words of a commune's or a district's name
LONGEST_BODY = 14  # words of a body's name
BODIES = frozenset({"so", "ban", "vp", "van", "uy", "ub", "ubnd", "hdnd", "huyen", "thanh", "tinh", "thi", "hoi"})
SHORTEST_NEAR = 6  # letters: shorter names are all one slip apart
PLURAL = frozenset({"cac", "may", "nhieu", "loat", "chuc", "hai", "ba", "bon", "nam", "sau", "bay", "tam"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a message, from one word up to another: the units it may be, and whether only nearly."""

    start: int
    end: int
    places: tuple[Place, ...]
    near: bool = False

    @property
    def is_area(self) -> bool:
        """Whether it names a district, or something larger."""
        return all(Named(place, "").kind not in COMMUNES for place in self.places) and not self._is_body

    @property
    def _is_body(self) -> bool:
        return any(Named(place, "").kind not in COMMUNES | DISTRICTS | {"tinh"} for place in self.places)


class Mentions:
    """One reading of a message for the names in it."""

    def __init__(self, gazetteer: Gazetteer, words: Sequence[Word]) -> None:
        self._gazetteer = gazetteer
        self._naming: Naming = naming_of(gazetteer)
        self._words = words
        self._plain = tuple(word.plain if is_known(word.plain) else untyped(word.plain) for word in words)

    def found(self) -> tuple[Mention, ...]:
        """Return the names, from left to right."""
        return tuple(self._all())

    def _all(self) -> Iterator[Mention]:
        at = 0
        while at < len(self._words):
            mention = self._body(at) or self._coded(at) or self._titled(at) or self._bare(at)
            if mention:
                yield mention
            at = mention.end if mention else at + 1

    def _body(self, at: int) -> Mention | None:
        if self._plain[at] not in BODIES:
            return None
        for end in range(min(at + LONGEST_BODY, len(self._plain)), at + 1, -1):
            words = tuple(each for word in self._plain[at:end] for each in _SHORT.get(word, word).split())
            if all(word.isalnum() for word in words):
                places = self._gazetteer.exactly(words)
                if places and any(Named(each, "").kind not in COMMUNES | DISTRICTS | {"tinh"} for each in places):
                    return Mention(at, end, places)
        return None

    def _coded(self, at: int) -> Mention | None:
        word = self._plain[at]
        if len(word) < 3 or word.isalpha() or (word.isdigit() and len(word) < 5):
            return None
        places = self._gazetteer.coded(word)
        return Mention(at, at + 1, places) if places else None

    def _titled(self, at: int) -> Mention | None:
        """Return the name after a typed title, which says what kind of unit it is."""
        title, rest = without_title(self._plain[at : at + 2 + LONGEST_NAME])
        if title is None:
            return None
        start = at + len(self._plain[at : at + 2 + LONGEST_NAME]) - len(rest)
        while start < len(self._plain) and self._plain[start] in (".", ":"):
            start += 1
        if title in DISTRICTS:
            return self._district(at, start)
        if title not in COMMUNES or (at and self._plain[at - 1] in PLURAL):
            return None
        return self._commune(at, start, title) or self._former(at, start, title) or self._near(at, start, title)

    def _commune(self, at: int, start: int, title: str) -> Mention | None:
        for end in self._ends(start):
            named = self._exact(start, end)
            fit = [each for each in named if self._as_typed(start, end, each)] or named
            if fit and not self._everyday(start, end, titled=True):
                of_kind = [each for each in fit if each.kind == title]
                return self._mention(at, end, of_kind or fit, near=not of_kind and len(fit) == 1)
        return None

    def _former(self, at: int, start: int, title: str) -> Mention | None:
        """Return the units of this list that had the name before, or have taken it over."""
        for end in () if self._exact(start, start + 2) else self._ends(start):
            others = counterparts().get(f"{title} {squeezed(self._plain[start:end])}", ())
            named = [
                each
                for other, name in others
                for each in self._naming.communes.get(squeezed(_folded(name)), ())
                if each.kind == _folded_title(other)
            ]
            if named:
                return self._mention(at, end, named)
        return None

    def _near(self, at: int, start: int, title: str) -> Mention | None:
        for end in self._ends(start, 3):
            named = [each for each in self._alike(start, end, titled=True) if each.kind == title]
            if named:
                return self._mention(at, end, named, near=True)
        return None

    def _bare(self, at: int) -> Mention | None:
        """Return the name that stands without a title: a district's, a commune's, or one a slip apart."""
        for end in self._ends(at):
            named = [each for each in self._exact(at, end) if self._as_typed(at, end, each)]
            if named and (self._district(end, end) or not self._everyday(at, end, titled=False)):
                return self._mention(at, end, named)
            if district := self._district(at, at, end):
                return district
        for end in self._ends(at, 2):
            if not all(map(is_known, self._plain[at:end])) and (named := self._alike(at, end, titled=False)):
                return self._mention(at, end, named, near=True)
        return None

    def _district(self, at: int, start: int, only: int = 0) -> Mention | None:
        if at >= len(self._words):
            return None
        for end in [only] if only else self._ends(start):
            words = self._plain[start:end]
            key = squeezed(words)
            initials = len(words) == 1 and len(key) < 4
            if initials and at == start and not self._words[start].text.isupper():
                continue
            named = self._naming.districts.get(key, [])
            if named and (initials or all(self._as_typed(start, end, each) for each in named)):
                return Mention(at, end, tuple({each.place.id: each.place for each in named}.values()))
        return None

    def _ends(self, start: int, most: int = LONGEST_NAME) -> Iterator[int]:
        """Yield where a name that begins here may end, the longest first; marks are no part of one."""
        end = start
        while end < min(start + most, len(self._plain)) and self._plain[end].isalnum():
            end += 1
        yield from range(end, start, -1)

    def _exact(self, start: int, end: int) -> list[Named]:
        key = squeezed(self._plain[start:end])
        if end - start == 1 and " " not in key and len(key) > 3:
            return [each for each in self._naming.communes.get(key, []) if len(key) > 5]
        return self._naming.communes.get(key, [])

    def _as_typed(self, start: int, end: int, named: Named) -> bool:
        written = named.written.split()
        if len(written) != end - start:
            return True
        typed = [word.text for word in self._words[start:end]]
        return all(same_letters(*pair) for pair in zip(typed, written, strict=True))

    def _everyday(self, start: int, end: int, *, titled: bool) -> bool:
        written, marked = self._proper(start, end), self._marked(start, end)
        return everyday(self._plain, start, end, titled=titled, written=written, marked=marked)

    def _proper(self, start: int, end: int) -> bool:
        """Say whether the words begin with capitals as a name does, in a message that is not all capitals."""
        typed = [word.text for word in self._words[start:end]]
        shouted = all(word.text.isupper() for word in self._words if word.text.isalpha())
        return not shouted and all(word[0].isupper() for word in typed) and len(typed) > 1

    def _marked(self, start: int, end: int) -> bool:
        return any(not word.text.isascii() for word in self._words[start:end])

    def _alike(self, start: int, end: int, *, titled: bool) -> list[Named]:
        """Return the names that sound alike here or are one slip away; without a title in one word only."""
        words = self._plain[start:end]
        key = squeezed(words)
        if len(key) < SHORTEST_NEAR or (len(words) == 1 and len(key) < SHORTEST_NEAR + 2):
            return []
        if same := self._naming.sounds.get("".join(map(sound, words))):
            return same
        near = {each for left in {key, *struck(key)} for each in self._naming.near.get(left, ())}
        return [
            each
            for each in near
            if distance(key, squeezed(_folded(each.written)), 1) is not None
            and (titled or self._slipped(start, end, each))
        ]

    def _slipped(self, start: int, end: int, named: Named) -> bool:
        """Say whether the words are the name's but for one that is no syllable at all."""
        written = named.written.split()
        pairs = list(zip(self._words[start:end], self._plain[start:end], written, strict=False))
        other = [plain for word, plain, name in pairs if not same_letters(word.text, name) or plain not in _folded(name)]
        return len(written) == end - start and len(other) == 1 and not is_syllable(other[0])

    def _mention(self, start: int, end: int, named: Sequence[Named], near: bool = False) -> Mention:
        return Mention(start, end, tuple({each.place.id: each.place for each in named}.values()), near)


_SHORT = {"ubnd": "uy ban nhan dan", "ub": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "vp": "van phong"}

def _folded(name: str) -> tuple[str, ...]:
    return tuple(fold(name).split())


def _folded_title(title: str) -> str:
    return " ".join(_folded(title))
