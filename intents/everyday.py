"""Names that are everyday words as well: whether the words around one make a name of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from intents.knowledge import phrases, rows

REACH = 3  # words around a name that are looked at


@dataclass(frozen=True, slots=True)
class Everyday:
    """A name that is everyday words: accented too, or only when plain; and around which words always."""

    accented: bool
    context: re.Pattern[str] | None


def everyday(plain: Sequence[str], start: int, end: int, *, titled: bool, proper: bool, marked: bool) -> bool:
    """Say whether the words from *start* to *end* are no name here.

    *titled* is whether a title stands before them, *proper* whether they begin with capitals as a name
    does, *marked* whether they bear the name's diacritics.
    """
    said = _names().get(" ".join(plain[start:end]))
    if said is None or proper or (marked and not said.accented):
        return False
    if said.context and said.context.search(" ".join(plain[max(0, start - REACH) : end + REACH])):
        return True
    return not titled and not (_begins(plain, start) and _goes_on(plain, end))


def _begins(plain: Sequence[str], start: int) -> bool:
    """Say whether a name may begin here: nothing, a mark or a place's word stands before."""
    return start == 0 or not plain[start - 1].isalnum() or plain[start - 1] in _around()["before"]


def _goes_on(plain: Sequence[str], end: int) -> bool:
    """Say whether what follows is what is said of a unit."""
    while end < len(plain) and plain[end] in _around()["left out"]:
        end += 1
    return end == len(plain) or not plain[end].isalnum() or plain[end] in _around()["after"]


@cache
def _around() -> dict[str, frozenset[str]]:
    return {where: frozenset(word for (word,) in phrases(said)) for where, said in rows("around.tsv")}


@cache
def _names() -> dict[str, Everyday]:
    found: dict[str, Everyday] = {}
    for name, said in rows("everyday.tsv"):
        plain = name.removeprefix("*")
        context = re.compile(rf"\b(?:{said.replace('..', plain)})\b") if said else None
        found[plain] = Everyday(name != plain, context)
    return found
