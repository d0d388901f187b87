"""The unit that a line begins with, and the words after it: «Bá Xuyên mất mạng từ sáng»."""

import re

from intents.names import Found, Gazetteer, Match, Nothing, Several
from intents.wording import words_of

LONGEST_NAME = 16  # words, a body's with its district
LONGEST_NEAR = 5  # of a name with a slip in it
_WORD = re.compile(r"\S+")
_JOINING = " \t\n,.;:–-"


def leading(text: str, gazetteer: Gazetteer, home: int | None = None) -> tuple[Match, str]:
    """Return what the beginning of *text* names, and the words after it.

    The longest beginning that is a name is meant; where none is, the longest that is near one, to be
    confirmed.
    """
    ends = [word.end() for word in _WORD.finditer(text)]
    for end in reversed(ends[:LONGEST_NAME]):
        places = gazetteer.ordered(gazetteer.exactly(words_of(text[:end])), home)
        if places:
            return Found(places[0]) if len(places) == 1 else Several(places), _rest(text, end)
    for end in reversed(ends[:LONGEST_NEAR]):
        near = gazetteer.find(text[:end], home)
        if not isinstance(near, Nothing):
            return near, _rest(text, end)
    return Nothing(), text


def _rest(text: str, end: int) -> str:
    return text[end:].strip(_JOINING)
