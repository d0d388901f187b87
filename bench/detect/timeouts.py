"""How long the prober waits for an answer: always as long, or as the engine learns it (RFC 6298)."""

from math import inf

LEAST, FIRST, MOST = 0.4, 1.0, 2.0  # seconds


class Fixed:
    """The same *timeout* for every probe, in seconds."""

    __slots__ = ("timeout",)
    horizon = inf  # seconds for which it holds

    def __init__(self, timeout: float) -> None:
        self.timeout = timeout

    def hear(self, seconds: float) -> None:
        """Learn nothing of an answer that took *seconds*."""


class Learned:
    """The smoothed round trip and four of its deviations, within bounds."""

    __slots__ = ("_mean", "_variation", "timeout")
    horizon = 300.0

    def __init__(self) -> None:
        self.timeout = FIRST
        self._mean = self._variation = 0.0

    def hear(self, seconds: float) -> None:
        """Learn from an answer that took *seconds*, be it in time or late."""
        seconds = min(seconds, MOST)
        if not self._mean:
            self._mean, self._variation = seconds, seconds / 2
        self._variation += (abs(self._mean - seconds) - self._variation) / 4
        self._mean += (seconds - self._mean) / 8
        self.timeout = min(max(self._mean + 4 * self._variation, LEAST), MOST)
