"""The features of a wording: its words, its ideas, and which idea comes before which."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from intents.knowledge import Words, concepts, signals
from intents.plain import longest, sound
from intents.tokens import AREA, UNIT

REACH = 6  # ideas further apart have nothing to do with each other
FILLER = "PART"
NEGATIONS = ("NOT", "YET")


def features(words: Words) -> tuple[str, ...]:
    """Return the features of the plain *words*, each once."""
    ideas = tuple(_asked(tuple(_ideas(words))))
    said = tuple(word for word in words if word not in (UNIT, AREA))
    found = {
        *(f"w {word}" for word in said),
        *(f"s {sound(word)}" for word in said),
        *(f"b {one} {two}" for one, two in pairwise(("^", *words, "$"))),
        *_of_ideas(ideas),
        *(
            f"signal {number}"
            for number, each in enumerate(signals())
            if each.pattern.search(" ".join(ideas))
        ),
        f"n {min(len(said), 12) // 3}",
        f"units {words.count(UNIT)}",
    }
    return tuple(sorted(found))


def _ideas(words: Sequence[str]) -> Iterator[str]:
    """Yield the ideas in turn, and in small letters the words that say none; fillers are left out."""
    at = 0
    while at < len(words):
        size, idea = longest(concepts(), words, at)
        if idea != (FILLER,):
            yield idea[0] if idea else words[at]
        at += size


def _asked(ideas: Sequence[str]) -> Iterator[str]:
    """Mark a negation that ends its clause: that is how Vietnamese asks."""
    for one, two in pairwise((*ideas, ".")):
        yield f"{one}?" if one in NEGATIONS and not two[0].isalnum() else one


def _of_ideas(ideas: tuple[str, ...]) -> Iterator[str]:
    for index, idea in enumerate(ideas):
        yield f"c {idea}"
        if idea.isupper():
            for later in ideas[index + 1 : index + REACH]:
                if later.isupper():
                    yield f"then {idea} {later}"
    closed = ("^", *ideas, "$")
    for one, two in pairwise(closed):
        yield f"next {one} {two}"
