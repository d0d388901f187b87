"""Cycles in what should be a tree: each thing has one above it, and none may be above itself."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def cycles(above: Mapping[T, T | None]) -> list[tuple[T, ...]]:
    """Return every cycle once, from the member that *above* names first."""
    found = []
    done: set[T] = set()
    for start in above:
        path: dict[T, None] = {}  # in the order of the climb
        at: T | None = start
        while at is not None and at not in path and at not in done:
            path[at] = None
            at = above.get(at)
        if at is not None and at in path:
            climbed = list(path)
            found.append(tuple(climbed[climbed.index(at) :]))
        done.update(path)
    return found
