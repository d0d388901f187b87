"""The plain wording of a message: short forms written out, half-typed keys and slips put right."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from intents.knowledge import Words, concepts, examples, spelling
from intents.syllables import is_syllable, untyped
from intents.tokens import AREA, UNIT, Word, words_in

NUMBER = "0"
LONGEST_PHRASE = 5
SHORTEST_MENDED = 4  # letters: shorter words are all one slip apart
COMMON = 20  # times in what the package knows
# Sounds that are one in much of the north, or one key apart on paper; the longer first.
_SOUNDS = (("tr", "c"), ("ch", "c"), ("gi", "d"), ("qu", "w"), ("r", "d"), ("s", "x"), ("l", "n"), ("k", "c"))


def sound(word: str) -> str:
    """Return how *word* sounds where n and l, x and s, ch and tr, d, gi and r are one."""
    for written, spoken in _SOUNDS:
        if word.startswith(written):
            return spoken + word[len(written) :].replace("y", "i")
    return word.replace("y", "i")


def plain(words: Iterable[str]) -> Words:
    """Return the folded *words* as they were meant."""
    meant = _respelled(tuple(_mended(word) for word in words))
    if UNIT in meant:  # a district beside a unit only says which one it is
        meant = tuple(word for word in meant if word != AREA)
    return tuple(NUMBER if word.isdigit() else word for word in meant)


def _respelled(words: Words) -> Words:
    out: list[str] = []
    at = 0
    while at < len(words):
        size, meant = longest(spelling(), words, at)
        out += meant or (words[at],)
        at += size
    return tuple(out)


def longest(table: dict[Words, Words] | dict[Words, str], words: Sequence[str], at: int) -> tuple[int, Words]:
    """Return how many words from *at* on are the longest phrase of *table*, and what it stands for."""
    for size in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
        if found := table.get(tuple(words[at : at + size])):
            return size, (found,) if isinstance(found, str) else found
    return 1, ()


def is_known(word: str) -> bool:
    """Say whether the folded *word* is one that the package has met, or a mark or a number."""
    return word in _known() or not any(map(str.isalpha, word))


def legible(text: str) -> bool:
    """Say whether *text* has a single word that the package has met, as typed or as it was meant."""
    words = (word.plain for word in words_in(text))
    return any(is_known(word) or is_known(untyped(word)) for word in words if word.isalpha())


def is_common(word: str) -> bool:
    """Say whether *word* is met so often that it is hardly a slip for another."""
    return _known().get(word, 0) >= COMMON


@cache
def _known() -> dict[str, int]:
    """Return how often each word is in what the package knows."""
    seen: dict[str, int] = defaultdict(int)
    for phrase in (*concepts(), *spelling(), *spelling().values()):
        for word in phrase:
            seen[word] += 1
    for _, text in examples():
        for each in words_in(text):
            seen[untyped(each.plain)] += 1
    return dict(seen)


@cache
def _near() -> dict[str, list[str]]:
    """Return the known words by what is left when a letter is struck out: one slip apart share one."""
    near: dict[str, list[str]] = defaultdict(list)
    for word in _known():
        if len(word) >= SHORTEST_MENDED - 1:
            for left in {word, *_struck(word)}:
                near[left].append(word)
    return dict(near)


def _mended(word: str) -> str:
    if word in _known() or not word.isalnum() or word.isdigit():
        return word
    meant = untyped(word)
    if meant in _known() or len(word) < SHORTEST_MENDED or is_syllable(word):
        return meant
    likely = {near for left in {word, *_struck(word)} for near in _near().get(left, ())}
    return max(likely, key=lambda near: (_known()[near], near), default=meant)


def _struck(word: str) -> Iterator[str]:
    for index in range(min(len(word), 12)):
        yield word[:index] + word[index + 1 :]


def marked(words: Iterable[Word]) -> Words:
    """Return the *words* that bear diacritics, as written: folded, «cháy» and «chạy» are one."""
    return tuple(word.text.lower() for word in words if word.text.isalpha() and not word.text.isascii())


def plain_text(text: str) -> Words:
    """Return the plain wording of a whole text."""
    return plain(word.plain for word in words_in(text))
