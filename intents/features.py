"""The features of a wording: its words, its ideas, and which idea comes before which."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from intents.ideas import ideas_in
from intents.knowledge import Words, signals
from intents.plain import sound
from intents.tokens import AREA, UNIT

REACH = 6  # ideas further apart have nothing to do with each other


def features(words: Words, marked: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the features of the plain *words*, and of those *marked* with diacritics, each once."""
    ideas = ideas_in(words)
    said = tuple(word for word in words if word not in (UNIT, AREA))
    found = {
        *(f"w {word}" for word in said),
        *(f"m {word}" for word in marked),
        *(f"s {sound(word)}" for word in said),
        *(f"b {one} {two}" for one, two in pairwise(("^", *map(sound, words), "$"))),
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
