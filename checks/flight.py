"""The probes under way and those just over: a ring by number, in columns."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from checks.lane import Burst, Lane
from checks.target import Target
from checks.timeout import LEAST, MOST
from checks.wheel import Wheel

WAITING: Final = 1
_WAITING: Final = bytes([WAITING])
ANSWERED: Final = 2
EXPIRED: Final = 3
REFUSED: Final = 4

KEPT: Final = 2 * MOST  # seconds that a probe is remembered at least, so that a late reply is known as one
LONG_AGO: Final = float("-inf")
NOBODY: Final = Lane(Target(0, "", "", None, ""))  # lies where no probe ever did


class Flight:
    """A ring that grows rather than forget a probe too soon; *soonest* is the shortest timeout (seconds).

    In the order sent every probe is looked at once, when it is *soonest* old; most are answered by then, and
    only those that still wait, and may wait for longer, go on the wheel. So expiry costs nothing for the
    answered and the same for each silent one.
    """

    def __init__(self, soonest: float = LEAST, capacity: int = 1024) -> None:
        assert capacity & (capacity - 1) == 0
        self.next = 0  # the number of the next probe
        self.mask = capacity - 1
        self.state = bytearray(capacity)
        self.lane = [NOBODY] * capacity
        self.address = [""] * capacity
        self.sent = array("d", [LONG_AGO]) * capacity  # monotonic seconds
        self.timeout = array("f", [0.0]) * capacity
        self.bursts: dict[int, Burst] = {}  # by number: few have one
        self._soonest = soonest
        self._young = 0  # the first number that was not looked at yet
        self._wheel = Wheel()

    def add(self, lane: Lane, address: str, sent: float, burst: Burst | None) -> None:
        """Enter a probe, numbered *next*, as sent."""
        if burst is not None:
            self.bursts[self.next] = burst
        self.extend([lane], [address], [sent])

    def extend(self, lanes: list[Lane], addresses: list[str], sent: list[float]) -> None:
        """Enter many probes at once, numbered from *next* on, sent in this order."""
        at, size = self.next & self.mask, len(lanes)
        room = self.mask + 1 - at
        if size > room:  # over the seam of the ring
            self.extend(lanes[:room], addresses[:room], sent[:room])
            self.extend(lanes[room:], addresses[room:], sent[room:])
        elif sent and sent[-1] - self.sent[at + size - 1] < KEPT:
            self._grow()
            self.extend(lanes, addresses, sent)
        else:
            end = at + size
            self.state[at:end] = _WAITING * size
            self.lane[at:end] = lanes
            self.address[at:end] = addresses
            self.sent[at:end] = array("d", sent)
            self.timeout[at:end] = array("f", [lane.timeout for lane in lanes])
            self.next += size

    def holds(self, number: int) -> bool:
        """Whether probe *number* was sent and is still remembered."""
        return 0 <= number < self.next and self.next - number <= self.mask + 1

    def find(self, sequence: int, address: str) -> int | None:
        """Return the latest number that bears the 16-bit *sequence* and went to *address*."""
        number = self.next - 1 - ((self.next - 1 - sequence) & 0xFFFF)
        return number if self.holds(number) and self.address[number & self.mask] == address else None

    def overdue(self, now: float) -> Iterator[int]:
        """Yield each probe that waits past its timeout at *now*, once, in the order they are due."""
        for number in self._grown_up(now):
            at = number & self.mask
            self._wheel.add(number, self.sent[at] + self.timeout[at])
        for number in self._wheel.take(now):
            if self.state[number & self.mask] == WAITING:
                yield number

    def _grown_up(self, now: float) -> Iterator[int]:
        """Yield each probe that still waits when it is *soonest* old, and pass over them all for good."""
        first, mask, sent = self._young, self.mask, self.sent
        young = range(first, self.next)
        self._young += bisect_right(young, now - self._soonest, key=lambda number: sent[number & mask])
        while first < self._young:  # at most twice: the ring has one seam
            start = first & mask
            stop = min(start + self._young - first, mask + 1)
            at = self.state.find(WAITING, start, stop)
            while at >= 0:
                yield first + at - start
                at = self.state.find(WAITING, at + 1, stop)
            first += stop - start

    def _grow(self) -> None:
        """Double every column: what lay in one half may now lie in either, by its number."""
        old, size = self.mask, self.mask + 1
        self.mask = 2 * size - 1
        self.state += bytes(size)
        self.lane += [NOBODY] * size
        self.address += [""] * size
        self.sent.extend([LONG_AGO] * size)
        self.timeout.extend(self.timeout)
        for number in range(self.next - size, self.next):
            here, there = number & old, number & self.mask
            if there != here:
                self._move(here, there)

    def _move(self, here: int, there: int) -> None:
        self.state[there], self.state[here] = self.state[here], 0
        self.lane[there], self.lane[here] = self.lane[here], NOBODY
        self.address[there], self.address[here] = self.address[here], ""
        self.sent[there], self.sent[here] = self.sent[here], LONG_AGO
        self.timeout[there] = self.timeout[here]
