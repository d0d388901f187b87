"""The far end of every line: what it answers to a packet, and when."""

import heapq
from collections.abc import Mapping
from random import Random
from time import monotonic

from sandbox.network import packet
from sandbox.network.line import Line, Quirk
from sandbox.network.wire import Wire


class Responder:
    """Answers echo requests from a heap of due replies, one wire for all lines."""

    def __init__(self, wire: Wire, lines: Mapping[bytes, Line], seed: int) -> None:
        self._wire = wire
        self._lines = lines
        self._rng = Random(seed)  # noqa: S311 - weather, not a secret
        self._due: list[tuple[float, int, bytes]] = []
        self._count = 0

    def pause(self) -> float | None:
        """Return the seconds until the next reply is due, or None when none is."""
        return max(0.0, self._due[0][0] - monotonic()) if self._due else None

    def take(self) -> None:
        """Read what came and plan the answers."""
        while (request := self._wire.receive()) is not None:
            line = self._lines.get(packet.requested(request) or b"")
            lag = line.lag(self._rng) if line else None
            if line is not None and lag is not None:
                self._plan(line, request, monotonic() + lag)

    def give(self) -> None:
        """Send what is due."""
        now = monotonic()
        while self._due and self._due[0][0] <= now:
            self._wire.send(heapq.heappop(self._due)[2])

    def _plan(self, line: Line, request: bytes, at: float) -> None:
        for answer in answers(line.quirk, request):
            self._count += 1
            heapq.heappush(self._due, (at, self._count, answer))


def answers(quirk: Quirk | None, request: bytes) -> list[bytes]:
    """Return the packets that a line with *quirk* sends back for one request."""
    honest = packet.reply(request)
    match quirk:
        case None:
            return [honest]
        case Quirk.DUPLICATE:
            return [honest, honest]
        case Quirk.IMPERSONATE:
            return [packet.from_another(honest)]
        case Quirk.TRUNCATE:
            return [packet.truncated(honest, 4)]
        case Quirk.FORGE:
            return [packet.forged(honest)]
        case Quirk.UNREACHABLE:
            return [packet.host_unreachable(request)]
