"""A finding: what one check saw, how bad it is, and how to mend it."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was seen; *mend* says what to do about it."""

    level: Level
    what: str
    mend: str = ""


def ok(what: str) -> Finding:
    """All is well."""
    return Finding(Level.OK, what)


def warn(what: str, mend: str) -> Finding:
    """The bot works, but not as well as it could."""
    return Finding(Level.WARN, what, mend)


def fail(what: str, mend: str) -> Finding:
    """The bot does not do its work like this."""
    return Finding(Level.FAIL, what, mend)


def some(names: list[str], shown: int = 5) -> str:
    """Return the first of *names*, with an ellipsis for the others."""
    return ", ".join(names[:shown]) + ("…" if len(names) > shown else "")
