"""How long the answer of one line is waited for: by its own delay and variation, within bounds."""

from typing import Final

LEAST: Final = 0.4  # seconds
FIRST: Final = 1.0  # until the first answer
MOST: Final = 2.0
# While no answer took longer, neither mean nor variation can exceed it, so 5 times it is all that may be
# waited for: such a line, as nearly all are, needs neither figure.
PROMPT: Final = LEAST / 5


class RoundTrip:
    """The round trip of one line, and the *timeout* (seconds) of its next probe by RFC 6298, section 2.

    Unlike in TCP every answer bears the number of its probe, so a late one teaches, too. A silence does not
    back off: that would only have an outage found out later.
    """

    __slots__ = ("mean", "timeout", "variation")

    def __init__(self, timeout: float = FIRST) -> None:
        self.timeout = timeout
        self.mean: float | None = None  # seconds, kept from the first answer that is not prompt
        self.variation = 0.0

    def hear(self, seconds: float) -> None:
        """Learn from an answer that took *seconds*, be it in time or late."""
        mean = self.mean
        if mean is None:
            if seconds <= PROMPT:
                self.timeout = LEAST
                return
            mean = seconds = min(seconds, MOST)
            self.variation = seconds / 2
        else:
            seconds = min(seconds, MOST)  # nobody is waited for longer, so more would teach nothing
            self.variation += (abs(mean - seconds) - self.variation) / 4
        self.mean = mean + (seconds - mean) / 8
        self.timeout = min(max(self.mean + 4 * self.variation, LEAST), MOST)
