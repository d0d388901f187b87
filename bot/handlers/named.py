"""Whom a name means: an exact one is certain, a part of one may mean several."""

from collections.abc import Iterable
from typing import TypeVar

from locales.folding import fold

T = TypeVar("T")


def named(said: str, known: Iterable[tuple[str, T]]) -> tuple[bool, list[T]]:
    """Return whom of those *known* by their names *said* may mean, and whether it can only be that one."""
    wanted = fold(said).split()
    near = [(fold(name).split(), each) for name, each in known]
    exact = [each for words, each in near if words == wanted]
    if exact:
        return len(exact) == 1, exact
    return False, [each for words, each in near if wanted and set(wanted) <= set(words)]
