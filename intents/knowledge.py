"""The knowledge of the package: what is read, once, from the folder beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from locales.folding import fold

FOLDER = Path(__file__).with_name("knowledge")

Words = tuple[str, ...]


def rows(name: str) -> Iterator[list[str]]:
    """Yield the fields of each line of a table; a line that begins with # is a remark."""
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def phrases(text: str) -> Iterator[Words]:
    """Yield the phrases of a list with commas, each as its folded words."""
    for phrase in fold(text).split(","):
        yield tuple(phrase.split())


@cache
def concepts() -> dict[Words, str]:
    """Return which idea each phrase says."""
    return {phrase: idea for idea, said in rows("concepts.tsv") for phrase in phrases(said)}


@cache
def spelling() -> dict[Words, Words]:
    """Return what is meant by what is typed."""
    return {tuple(typed.split()): tuple(meant.split()) for typed, meant in rows("spelling.tsv")}


@cache
def intents() -> tuple[str, ...]:
    """Return the intents, in the order of the alphabet."""
    return tuple(path.stem for path in _written())


def digest() -> str:
    """Return what tells one state of the knowledge that weights are learnt from from another."""
    tables = (FOLDER / name for name in ("concepts.tsv", "signals.tsv", "spelling.tsv"))
    return sha256(b"".join(path.read_bytes() for path in (*tables, *_written()))).hexdigest()[:16]


def _written() -> list[Path]:
    return sorted((FOLDER / "examples").glob("*.txt"))


def examples() -> Iterator[tuple[str, str]]:
    """Yield every example: its intent and its text; a line that begins with # is a remark."""
    for path in _written():
        for line in path.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                yield path.stem, line


@dataclass(frozen=True, slots=True)
class Signal:
    """A pattern over the ideas of a message, and the intent that it speaks for."""

    intent: str
    strength: float
    pattern: re.Pattern[str]


@cache
def signals() -> tuple[Signal, ...]:
    """Return the patterns that speak for an intent."""
    return tuple(
        Signal(intent, float(strength), re.compile(pattern))
        for intent, strength, pattern in rows("signals.tsv")
    )
