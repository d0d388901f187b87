"""A series as the engine keeps it: its target, its place in the period and its present pace."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from checks.names import is_literal
from checks.target import Target
from incidents.outcome import Outcome


@dataclass(slots=True, eq=False)
class Lane:
    """One series under way; a lane that was replaced or removed is *gone* and its outcomes are not told."""

    target: Target
    phase: float  # from 0 to 1, where in the period its turn comes
    pace: float | None = None  # None: once a period
    turn: int = 0  # grows when the pace changes, so that turns planned before are void
    busy: int = 0  # connections of it that wait or run
    gone: bool = False
    series: int = field(init=False)
    named: bool = field(init=False)  # its host needs a lookup
    pinged: str | None = field(init=False)  # the address, where it is pinged and needs no lookup

    def __post_init__(self) -> None:
        self.series = self.target.series
        self.named = not is_literal(self.target.host)
        self.pinged = self.target.host if self.target.scheme == "icmp" and not self.named else None


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
