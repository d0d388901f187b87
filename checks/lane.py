"""A series as the engine keeps it: where its probes go, and how long it takes."""

import asyncio
from collections.abc import Iterable

from checks.family import family_of, literal
from checks.target import Target
from checks.timeout import FIRST, RoundTrip
from incidents.outcome import Outcome


class Lane(RoundTrip):
    """One series under way; a lane that was replaced or removed is *gone* and its outcomes are not told.

    It is its own round trip and holds nothing that few lanes need: there may be 100,000.
    """

    __slots__ = ("family", "gone", "target")

    def __init__(self, target: Target, timeout: float = FIRST) -> None:
        super().__init__(timeout)
        self.target = target
        self.gone = False
        # None where it is not pinged, or must be looked up first: then a probe goes the longer way.
        direct = target.scheme == "icmp" and literal(target.host) is not None
        self.family = family_of(target.host) if direct else None


class Burst:
    """Extra probes asked for at once, and what they told; *done* is set when every one was settled."""

    def __init__(self, series: Iterable[int], count: int) -> None:
        self.outcomes: dict[int, list[Outcome]] = {one: [] for one in series}
        self.done = asyncio.Event()
        self._left = len(self.outcomes) * count
        if not self._left:
            self.done.set()

    def take(self, series: int, outcome: Outcome | None) -> None:
        """Count one probe as settled; None when it was never sent."""
        if outcome is not None:
            self.outcomes[series].append(outcome)
        self._left -= 1
        if self._left <= 0:
            self.done.set()
