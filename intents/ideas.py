"""The ideas of a wording: what its phrases say, by their letters or, of several words, by their sound."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from intents.knowledge import Words, concepts
from intents.plain import longest, sound

FILLER = "PART"
NEGATIONS = ("NOT", "YET")


def ideas_in(words: Sequence[str]) -> tuple[str, ...]:
    """Return the ideas in turn, and in small letters the words that say none; fillers are left out."""
    return tuple(_asked(tuple(_ideas(words))))


def _ideas(words: Sequence[str]) -> Iterator[str]:
    sounds = tuple(map(sound, words))
    at = 0
    while at < len(words):
        size, idea = longest(concepts(), words, at)
        heard, alike = longest(_sounding(), sounds, at)
        if alike and (heard > size or not idea):
            size, idea = heard, alike
        if idea != (FILLER,):
            yield idea[0] if idea else words[at]
        at += size


def _asked(ideas: Sequence[str]) -> Iterator[str]:
    """Mark a negation that ends its clause: that is how Vietnamese asks."""
    for one, two in pairwise((*ideas, ".")):
        yield f"{one}?" if one in NEGATIONS and not two[0].isalnum() else one


@cache
def _sounding() -> dict[Words, str]:
    """Return the idea of each phrase by its sound; a lone word, or one that sounds as another, has none."""
    heard: dict[Words, set[str]] = defaultdict(set)
    for phrase, idea in concepts().items():
        if len(phrase) > 1:
            heard[tuple(map(sound, phrase))].add(idea)
    return {sounds: ideas.pop() for sounds, ideas in heard.items() if len(ideas) == 1}
