"""The names within a message, as far as they can be told; what is double or only near is a question."""

from collections.abc import Iterator, Sequence

from intents.everyday import everyday
from intents.forms import FEWEST
from intents.mention import COMMUNES, DISTRICTS, Mention, is_body
from intents.names import Gazetteer
from intents.naming import Named, counterparts, naming_of, same_letters
from intents.plain import is_known, sound
from intents.slips import alike
from intents.syllables import untyped
from intents.tokens import Word
from intents.wording import SHORTENED, squeezed, without_title

LONGEST_NAME = 4  # words of a commune's or a district's name
LONGEST_BODY = 14  # words of a body's name
SHORTEST_SQUEEZED = 6  # letters of a name typed as one word
SHORTEST_CODE = 5  # digits
MOST_TRIES = 8  # beginnings of bodies that are followed up, which bounds the time
# Before a title they make many units of it: «các xã Võ Nhai» is a district.
PLURAL = frozenset({"cac", "may", "nhieu", "loat", "chuc", "hai", "ba", "bon", "nam", "sau", "bay", "tam"})


class Mentions:
    """One reading of a message for the names in it."""

    def __init__(self, gazetteer: Gazetteer, words: Sequence[Word]) -> None:
        self._gazetteer = gazetteer
        self._naming = naming_of(gazetteer)
        self._words = words
        self._tries = 0
        self._plain = tuple(word.plain if is_known(word.plain) else untyped(word.plain) for word in words)
        # As typed, where diacritics were; keys of Telex left over are none.
        self._typed = tuple(
            plain if word.text.isascii() else word.text
            for word, plain in zip(words, self._plain, strict=True)
        )

    def found(self) -> Iterator[Mention]:
        """Yield the names from left to right, no two on the same word."""
        at = 0
        while at < len(self._words):
            mention = self._body(at) or self._coded(at) or self._titled(at) or self._untitled(at)
            if mention:
                yield mention
            at = mention.end if mention else at + 1

    def _body(self, at: int) -> Mention | None:
        """Return a body: «sở nội vụ», «vp ubnd tỉnh», «SNV»."""
        word = self._plain[at]
        initials = len(word) >= FEWEST and word not in SHORTENED and self._words[at].text.isupper()
        begins = squeezed(_written_out(self._plain[at : at + 2])).startswith(self._naming.beginnings)
        if not (initials or begins) or self._tries > MOST_TRIES:
            return None
        self._tries += 1
        for end in self._ends(at, LONGEST_BODY, fewest=1 if initials else 2):
            places = tuple(filter(is_body, self._gazetteer.exactly(_written_out(self._plain[at:end]))))
            if places:
                return Mention(at, end, places)
        return None

    def _coded(self, at: int) -> Mention | None:
        word = self._plain[at]
        if word.isalpha() or (word.isdigit() and len(word) < SHORTEST_CODE):
            return None
        places = self._gazetteer.coded(word)
        return Mention(at, at + 1, places) if places else None

    def _titled(self, at: int) -> Mention | None:
        """Return the name after a title, which says what kind of unit it is."""
        ahead = self._plain[at : at + 2 + LONGEST_NAME]
        title, rest = without_title(ahead)
        start = at + len(ahead) - len(rest)
        while start < len(self._plain) and self._plain[start] in (".", ":"):
            start += 1
        if title in DISTRICTS:
            return self._district(at, start) or self._sounding(at, start)
        if title not in COMMUNES or (at and self._plain[at - 1] in PLURAL):
            return None
        return (
            self._commune(at, start, title) or self._former(at, start, title) or self._near(at, start, title)
        )

    def _commune(self, at: int, start: int, title: str) -> Mention | None:
        for end in self._ends(start):
            named = self._named(start, end)
            fit = [each for each in named if self._as_typed(start, end, each)] or named
            if fit and not self._everyday(start, end, titled=True):
                of_kind = [each for each in fit if each.kind == title]
                return _mention(at, end, of_kind or fit, near=not of_kind)
        return None

    def _former(self, at: int, start: int, title: str) -> Mention | None:
        """Return the units of this list that had the name before, or have taken it over."""
        for end in () if self._named(start, start + 2) else self._ends(start):
            others = counterparts().get(f"{title} {squeezed(self._plain[start:end])}", ())
            named = [each for other in others for each in self._naming.titled(*other)]
            if named:
                return _mention(at, end, named)
        return None

    def _near(self, at: int, start: int, title: str) -> Mention | None:
        for end in self._ends(start):
            near = alike(self._naming, self._typed[start:end], self._plain[start:end], titled=True)
            if named := [each for each in near if each.kind == title]:
                return _mention(at, end, named, near=True)
        return None

    def _untitled(self, at: int) -> Mention | None:
        """Return the name that stands without a title: a commune's, a district's, or one a slip apart."""
        for end in self._ends(at):
            named = [each for each in self._named(at, end) if self._as_typed(at, end, each)]
            if named and (self._district_after(end) or not self._everyday(at, end, titled=False)):
                return _mention(at, end, named)
            if district := self._district(at, at, end):
                return district
        for end in self._ends(at, 2):
            if not all(map(is_known, self._plain[at:end])):
                near = alike(self._naming, self._typed[at:end], self._plain[at:end], titled=False)
                if near:
                    return _mention(at, end, near, near=True)
        return None

    def _district(self, at: int, start: int, only: int = 0) -> Mention | None:
        """Return the district whose name begins at *start*; initials must be capitals or follow a title."""
        for end in [only] if only else self._ends(start):
            key = squeezed(self._plain[start:end])
            initials = end - start == 1 and len(key) <= len("tptn")
            if initials and at == start and not self._words[start].text.isupper():
                continue
            named = self._naming.districts.get(key, [])
            if named and (initials or all(self._as_typed(start, end, each) for each in named)):
                return _mention(at, end, named)
        return None

    def _district_after(self, at: int) -> Mention | None:
        """Return the district that is named from *at* on, with its title or without."""
        title, _ = without_title(self._plain[at : at + 2 + LONGEST_NAME])
        return self._titled(at) if title in DISTRICTS else self._district(at, at)

    def _sounding(self, at: int, start: int) -> Mention | None:
        """Return the district that the words after its title sound like: «huyện Phú Nương»."""
        for end in self._ends(start, fewest=2):
            named = self._naming.district_sounds.get("".join(map(sound, self._plain[start:end])))
            if named:
                return _mention(at, end, named, near=True)
        return None

    def _ends(self, start: int, most: int = LONGEST_NAME, fewest: int = 1) -> Iterator[int]:
        """Yield where a name that begins here may end, the longest first; marks are no part of one."""
        end = start
        while end < min(start + most, len(self._plain)) and self._plain[end].isalnum():
            end += 1
        yield from range(end, start + fewest - 1, -1)

    def _named(self, start: int, end: int) -> list[Named]:
        named = self._naming.communes.get(squeezed(self._plain[start:end]), [])
        long = end - start > 1 or len(self._plain[start]) >= SHORTEST_SQUEEZED
        return [each for each in named if long or " " not in each.written]

    def _as_typed(self, start: int, end: int, named: Named) -> bool:
        """Say whether the diacritics that were typed are the name's."""
        typed, written = self._typed[start:end], named.written.split()
        if len(written) != len(typed):
            return True
        return all(same_letters(*pair) for pair in zip(typed, written, strict=True))

    def _everyday(self, start: int, end: int, *, titled: bool) -> bool:
        typed = [word.text for word in self._words[start:end]]
        shouted = all(word.text.isupper() for word in self._words if word.text.isalpha())
        proper = len(typed) > 1 and not shouted and all(word[0].isupper() for word in typed)
        marked = not all(word.isascii() for word in typed)
        return everyday(self._plain, start, end, titled=titled, proper=proper, marked=marked)


def _written_out(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(each for word in words for each in SHORTENED.get(word, word).split())


def _mention(start: int, end: int, named: Sequence[Named], near: bool = False) -> Mention:
    return Mention(start, end, tuple({each.place.id: each.place for each in named}.values()), near)
