"""The kernel's stamps of arrival, which are of the wall clock, told by the monotonic clock."""

import time
from collections.abc import Callable
from time import monotonic, monotonic_ns
from typing import Final

STEP: Final = 0.005  # seconds; past that the wall clock was moved, and stamps that wait are of either time
_CLOSE: Final = 20_000  # nanoseconds within which two clocks count as read at once
_TRIES: Final = 3

wall_clock = time.time_ns  # nanoseconds of the clock that the kernel stamps with


class Clocks:
    """Both clocks, read together before replies are judged.

    A stamp (s, ns) was made at s - *seconds* + ns * 1e-9 - *rest* of the monotonic clock, unless *moved*.
    """

    def __init__(self, wall: Callable[[], int] = wall_clock) -> None:
        self._wall = wall
        self._gap = self._measure()
        self.read()

    def read(self) -> None:
        """Read them: one clock is slewed against the other, and may be moved."""
        gap, before = self._measure(), self._gap
        self.moved = abs(gap - before) > STEP * 1e9
        self._gap = gap
        self.now = monotonic()
        self.seconds, rest = divmod(gap, 1_000_000_000)
        self.rest = rest * 1e-9

    def believed(self, sent: float, heard: float) -> float:
        """Return when a probe *sent* was really heard, if the stamp that says *heard* cannot be true."""
        self.now = monotonic()  # replies come while others are judged
        if self.moved or not sent - STEP <= heard <= self.now:
            return self.now
        return max(sent, heard)

    def _measure(self) -> int:
        """Return how many nanoseconds the wall clock is ahead; a pause amid the readings would count."""
        for _ in range(_TRIES):
            before, wall, after = monotonic_ns(), self._wall(), monotonic_ns()
            if after - before < _CLOSE:
                break
        return wall - (before + after) // 2
