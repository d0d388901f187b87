"""The way to a host, hop by hop, as the routers on it tell: for the command line, never for chat."""

import asyncio
import socket
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from time import monotonic
from typing import Final

from checks.trace_socket import TraceSocket, Word

FARTHEST: Final = 30
AHEAD: Final = 6  # hops asked at once: a router that refuses them all still answers so many in a second
TRIES: Final = 2
SILENCE: Final = 4  # silent hops in a row after which nobody is expected any more


class End(StrEnum):
    """How a trace ended."""

    ARRIVED = "arrived"
    REFUSED = "refused"  # a router on the way says that it goes no further
    SILENT = "silent"
    UNSENT = "unsent"  # this machine has no way there, or no address for it


@dataclass(frozen=True, slots=True)
class Hop:
    """The router at one distance; *latency* in seconds, both None where none answered."""

    distance: int
    address: str | None
    latency: float | None


@dataclass(frozen=True, slots=True)
class Path:
    """The hops up to the last one that answered, and what was at the end."""

    hops: tuple[Hop, ...]
    end: End


async def trace(host: str, timeout: float = 1.0) -> Path:  # noqa: ASYNC109 - the patience for one try
    """Return the way to *host*, an address or a name. That nobody answers is an answer."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_DGRAM)
        with closing(TraceSocket(str(found[0][4][0]))) as sock:
            return await _Walk(sock, timeout).path()
    except OSError:
        return Path((), End.UNSENT)


class _Walk:
    """One trace under way."""

    def __init__(self, sock: TraceSocket, timeout: float) -> None:
        self._socket = sock
        self._timeout = timeout
        self._probes: list[tuple[int, float]] = []  # by number: how far it may go, and when it was sent
        self._hops: dict[int, Hop] = {}
        self._last = FARTHEST  # where the way ends
        self._end = End.SILENT
        self._heard = asyncio.Event()

    async def path(self) -> Path:
        loop = asyncio.get_running_loop()
        loop.add_reader(self._socket, self._listen)
        try:
            for first in range(1, FARTHEST + 1, AHEAD):
                for _ in range(TRIES):
                    await self._ask(range(first, first + AHEAD))
                if self._end is not End.SILENT or first + AHEAD - 1 - self._farthest >= SILENCE:
                    break
        finally:
            loop.remove_reader(self._socket)
        hops = (self._hops.get(at) or Hop(at, None, None) for at in range(1, self._farthest + 1))
        return Path(tuple(hops), self._end)

    @property
    def _farthest(self) -> int:
        return max((at for at in self._hops if at <= self._last), default=0)

    def _missing(self, distances: Iterable[int]) -> list[int]:
        return [at for at in distances if at <= self._last and at not in self._hops]

    async def _ask(self, distances: range) -> None:
        """Send one probe to each of *distances* that is not known yet, and wait for the answers."""
        for distance in self._missing(distances):
            self._probes.append((distance, monotonic()))
            if not self._socket.send(len(self._probes) - 1, distance):
                self._end = End.UNSENT
                return
        try:
            async with asyncio.timeout(self._timeout):
                while self._missing(distances):
                    self._heard.clear()
                    await self._heard.wait()
        except TimeoutError:
            return

    def _listen(self) -> None:
        now = monotonic()
        for word in self._socket.words():
            if word.number < len(self._probes):
                self._take(word, now)
        self._heard.set()

    def _take(self, word: Word, now: float) -> None:
        distance, sent = self._probes[word.number]
        self._hops.setdefault(distance, Hop(distance, word.source, now - sent))
        if not word.exceeded and distance <= self._last:
            self._last = distance
            self._end = End.ARRIVED if word.source == self._socket.address else End.REFUSED
