"""By when somebody wants an answer: an hour that a leader's words name, or a span from now."""

import re
from datetime import datetime, timedelta

from intents.moments import moments_in
from intents.tokens import words_in
from locales.folding import fold

FARTHEST = timedelta(days=31)
_SPAN = re.compile(r"\b(?:trong|sau)\s+(?:vong\s+)?(\d{1,3})\s?(phut|p|gio|h|tieng|ngay)\b")
_SPANS = {
    "phut": timedelta(minutes=1),
    "p": timedelta(minutes=1),
    "gio": timedelta(hours=1),
    "h": timedelta(hours=1),
    "tieng": timedelta(hours=1),
    "ngay": timedelta(days=1),
}


def appointed(text: str, at: datetime) -> datetime | None:
    """Return the moment after *at* (civil time) that *text* names, a month ahead at most; else None."""
    if span := _SPAN.search(fold(text)):
        found = at + int(span[1]) * _SPANS[span[2]]
    else:
        said = moments_in(words_in(text), at)
        named = [each for each in (said.begins, said.ends) if each is not None]
        found = max(named, default=at)
    return found if at < found <= at + FARTHEST else None
