"""Faults of our own: a series of which nothing else is heard for long is one that we cannot see."""

from collections.abc import Iterable
from math import inf
from typing import Final

LASTING: Final = 15.0  # seconds


class Faults:
    """Since when (monotonic seconds) nothing but our own faults is heard of each series."""

    def __init__(self) -> None:
        self._since: dict[int, float] = {}

    def note(self, series: int, at: float) -> None:
        """A probe of *series*, sent *at*, told nothing of it."""
        self._since.setdefault(series, at)

    def clear(self, series: int) -> None:
        """A probe of *series* told something."""
        if self._since:
            self._since.pop(series, None)

    def since(self, series: Iterable[int], at: float) -> float | None:
        """Return since when none of *series* can be seen; None if *at* one can, or the fault may pass."""
        latest = max((self._since.get(each, inf) for each in series), default=inf)
        return latest if at - latest >= LASTING else None

    def of_all(self, count: int, at: float) -> float | None:
        """Return since when none of the *count* series there are can be seen, or None."""
        return self.since(self._since, at) if len(self._since) == count else None
