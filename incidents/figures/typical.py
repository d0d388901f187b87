"""What is typical of many: the median and the 90th percentile, by nearest rank."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Typical:
    """The median and the 90th percentile of *count* times; both are times that occurred."""

    count: int
    median: timedelta
    ninetieth: timedelta


def typical(times: Iterable[timedelta | None]) -> Typical | None:
    """Return what is typical of the *times* that are known; None where none is."""
    known = sorted(each for each in times if each is not None)
    if not known:
        return None
    return Typical(len(known), known[_rank(50, len(known))], known[_rank(90, len(known))])


def _rank(percent: int, count: int) -> int:
    return -(-percent * count // 100) - 1
