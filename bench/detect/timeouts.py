"""How long the prober waits for an answer: always as long, or as the engine learns it of the line."""

from math import inf

from checks.timeout import RoundTrip


class Fixed:
    """The same *timeout* for every probe, in seconds."""

    __slots__ = ("timeout",)
    horizon = inf  # seconds for which it holds

    def __init__(self, timeout: float) -> None:
        self.timeout = timeout

    def hear(self, seconds: float) -> None:
        """Learn nothing of an answer that took *seconds*."""


class Learned(RoundTrip):
    """The engine's own."""

    __slots__ = ()
    horizon = 300.0
