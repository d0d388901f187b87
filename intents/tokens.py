"""The words of a message as typed, and the same in plain letters."""

import html
import re
from dataclasses import dataclass
from functools import cached_property

from locales.folding import fold, tidy

LONGEST = 4096  # characters of a message that are looked at, which is what Telegram carries
MOST = 120  # words of it
UNIT, AREA = "{unit}", "{area}"  # what a name is to the intent: which one it is says nothing of it
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_TOKEN = re.compile(r"\{(?:unit|area)\}|(?<=\d)[hg](?=\d)|[^\W\d_][^\W_]*|\d+|[?!.,;:()\n=]+|[^\w\s]")


@dataclass(frozen=True)
class Word:
    """A word or a mark as typed (*text*, composed)."""

    text: str

    @cached_property
    def plain(self) -> str:
        """The word folded: lower case, no diacritics."""
        return fold(self.text)


def words_in(text: str) -> tuple[Word, ...]:
    """Return the words and marks of *text*, without markup and what cannot be seen."""
    seen = "\n".join(tidy(line) for line in _TAG.sub(" ", html.unescape(text[:LONGEST])).splitlines())
    found = (Word(piece) for piece in _TOKEN.findall(seen))
    return tuple(word for word in found if word.plain)[:MOST]
