"""What a message is about beside its intent: the service that fails, and the cause that is given."""

import re
from collections.abc import Sequence
from functools import cache

from intents.knowledge import phrases, rows


def service_of(words: Sequence[str]) -> str | None:
    """Return the service that the plain *words* name."""
    return _first("service", words)


def service_called(name: str) -> str | None:
    """Return the service that is called exactly by the plain *name*."""
    return next((service for service, said in _said()["service"] if said.fullmatch(name)), None)


def cause_of(words: Sequence[str]) -> str | None:
    """Return the cause that the plain *words* give."""
    return _first("cause", words)


def _first(kind: str, words: Sequence[str]) -> str | None:
    text = " ".join(words)
    return next((name for name, said in _said()[kind] if said.search(text)), None)


@cache
def _said() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for kind, name, said in rows("details.tsv"):
        either = "|".join(" ".join(phrase) for phrase in phrases(said))
        found.setdefault(kind, []).append((name, re.compile(rf"\b(?:{either})\b")))
    return found
