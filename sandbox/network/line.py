"""A line of the box: where it answers, how slowly, how reliably, and what is wrong with it."""

import zlib
from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Quirk(StrEnum):
    """A way to misbehave that real hosts have shown."""

    DUPLICATE = "duplicate"  # every reply comes twice
    IMPERSONATE = "impersonate"  # another address answers
    TRUNCATE = "truncate"  # the reply has lost most of its payload
    FORGE = "forge"  # the reply's payload is not what was sent
    UNREACHABLE = "unreachable"  # a router says that the host cannot be reached


@dataclass(slots=True)
class Line:
    """One line; *delay* and *jitter* are seconds of the round trip, *loss* is a share from 0 to 1."""

    address: str
    delay: float
    jitter: float
    loss: float = 0.0
    up: bool = True
    quirk: Quirk | None = None

    def lag(self, rng: Random) -> float | None:
        """Draw how long one answer takes, or None when there is none."""
        if not self.up or (self.loss and rng.random() < self.loss):
            return None
        return max(0.0, self.delay + rng.uniform(-self.jitter, self.jitter))


def default_line(code: str, address: str) -> Line:
    """Return a healthy line with a delay of its own, from 3 to 35 ms, the same at every start."""
    delay = 0.004 + (zlib.crc32(code.encode()) % 280) / 10_000
    return Line(address, delay=delay, jitter=delay / 10)
