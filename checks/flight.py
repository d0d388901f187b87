"""The probes under way: flat arrays in a ring, in the order sent, which is the order they expire in."""

from array import array
from typing import Final

from checks.lane import Burst, Lane

FREE: Final = 0
WAITING: Final = 1
ANSWERED: Final = 2
EXPIRED: Final = 3
REFUSED: Final = 4


class Flight:
    """A ring by probe number; past its end an old number is forgotten."""

    def __init__(self, capacity: int = 4096) -> None:
        assert capacity & (capacity - 1) == 0
        self.next = 0  # the number of the next probe
        self.oldest = 0  # no probe before it is waiting
        self._allocate(capacity)

    def _allocate(self, capacity: int) -> None:
        self.mask = capacity - 1
        self.state = bytearray(capacity)
        self.sent = array("d", bytes(8 * capacity))  # monotonic seconds
        self.stamp = array("q", bytes(8 * capacity))  # wall nanoseconds
        self.address: list[str] = [""] * capacity
        self.lane: list[Lane | None] = [None] * capacity
        self.burst: list[Burst | None] = [None] * capacity

    def add(self, lane: Lane, burst: Burst | None, address: str, sent: float, stamp: int) -> None:
        """Enter the probe numbered *next* as sent."""
        if self.next - self.oldest > self.mask >> 1:
            self._grow()
        at = self.next & self.mask
        self.state[at] = WAITING
        self.sent[at] = sent
        self.stamp[at] = stamp
        self.address[at] = address
        self.lane[at] = lane
        self.burst[at] = burst
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
        return number if at is not None and self.address[at] == address else None

    def _grow(self) -> None:
        """Double the ring, so that half of it always remembers probes that are over."""
        old = (self.mask, self.state, self.sent, self.stamp, self.address, self.lane, self.burst)
        mask, state, sent, stamp, address, lane, burst = old
        first = max(0, self.next - mask)
        self._allocate((mask + 1) * 2)
        for number in range(first, self.next):
            source, at = number & mask, number & self.mask
            self.state[at], self.sent[at], self.stamp[at] = state[source], sent[source], stamp[source]
            self.address[at], self.lane[at], self.burst[at] = address[source], lane[source], burst[source]
