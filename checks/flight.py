"""The probes under way: a ring by number, in the order sent, which is the order they expire in."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from checks.lane import Burst, Lane

FREE: Final = 0
WAITING: Final = 1
ANSWERED: Final = 2
EXPIRED: Final = 3
REFUSED: Final = 4

# Lane, burst, address, sent (monotonic seconds), stamp (wall nanoseconds): a bare tuple is the cheapest.
Probe = tuple[Lane, Burst | None, str, float, int]


class Flight:
    """A ring by probe number; past its end an old number is forgotten."""

    def __init__(self, capacity: int = 4096) -> None:
        assert capacity & (capacity - 1) == 0
        self.next = 0  # the number of the next probe
        self.oldest = 0  # no probe before it is waiting
        self.mask = capacity - 1
        self.state = bytearray(capacity)
        self.probes: list[Probe | None] = [None] * capacity

    def add(self, probe: Probe) -> None:
        """Enter *probe*, numbered *next*, as sent."""
        if self.next - self.oldest > self.mask >> 1:
            self._grow()
        at = self.next & self.mask
        self.state[at] = WAITING
        self.probes[at] = probe
        self.next += 1

    def place(self, number: int) -> int | None:
        """Return where probe *number* lies, or None when it was never sent or is forgotten."""
        if self.next - self.mask <= number < self.next and number >= 0:
            return number & self.mask
        return None

    def find(self, sequence: int, address: str) -> int | None:
        """Return the latest number that bears the 16-bit *sequence* and went to *address*."""
        number = self.next - 1 - ((self.next - 1 - sequence) & 0xFFFF)
        at = self.place(number)
        return number if at is not None and self.at(at)[2] == address else None

    def at(self, place: int) -> Probe:
        """Return the probe that lies at *place*."""
        probe = self.probes[place]
        assert probe is not None
        return probe

    def overdue(self, due: float) -> Iterator[int]:
        """Yield where those lie that still wait and were sent until *due*, and pass over them for good."""
        end = bisect_right(range(self.oldest, self.next), due, key=lambda n: self.at(n & self.mask)[3])
        end += self.oldest
        while self.oldest < end:  # at most twice: the ring has one seam
            start = self.oldest & self.mask
            stop = min(start + end - self.oldest, self.mask + 1)
            self.oldest += stop - start
            while (start := self.state.find(WAITING, start, stop)) >= 0:
                yield start

    def _grow(self) -> None:
        """Double the ring, so that half of it always remembers probes that are over."""
        mask, state, probes = self.mask, self.state, self.probes
        self.mask = mask * 2 + 1
        self.state, self.probes = bytearray(self.mask + 1), [None] * (self.mask + 1)
        for number in range(max(0, self.next - mask), self.next):
            self.state[number & self.mask] = state[number & mask]
            self.probes[number & self.mask] = probes[number & mask]
