"""Addresses of hosts that are given by name: looked up off the loop, cached, never awaited by a tick."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from time import monotonic
from typing import Final

from checks.family import literal
from checks.faults import reason_of_lookup
from incidents.outcome import Reason

FRESH: Final = 300.0  # seconds an address is believed
RETRY: Final = 30.0  # seconds until a failed lookup is tried again
AT_ONCE: Final = 8

Lookup = Callable[[str], Awaitable[str]]


async def look_up(host: str) -> str:
    """Ask the system's resolver for the first address of *host*, an IPv4 one where it has any."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, None, type=socket.SOCK_DGRAM)
    found.sort(key=lambda each: each[0] != socket.AF_INET)  # stable, so else the resolver's own order
    return str(found[0][4][0])


@dataclass(slots=True)
class _Entry:
    answer: str | Reason
    due: float
    running: asyncio.Task[None] | None = None


class Names:
    """A cache of lookups; an address once known outlives a name server that fails."""

    def __init__(self, lookup: Lookup = look_up) -> None:
        self._lookup = lookup
        self._entries: dict[str, _Entry] = {}
        self._room = asyncio.Semaphore(AT_ONCE)

    def address(self, host: str) -> str | Reason:
        """Return what is known of *host* now, and start a lookup where that is old.

        Until the first lookup ends the fault is ours: SEND_FAILED.
        """
        if (address := literal(host)) is not None:
            return address
        entry = self._entries.setdefault(host, _Entry(Reason.SEND_FAILED, due=0.0))
        if entry.running is None and monotonic() >= entry.due:
            entry.running = asyncio.create_task(self._refresh(host, entry))
        return entry.answer

    async def ready(self, hosts: Iterable[str]) -> None:
        """Wait until every one of *hosts* was looked up at least once."""
        for host in hosts:
            self.address(host)
        running = [entry.running for entry in self._entries.values() if entry.running]
        if running:
            await asyncio.wait(running)

    def close(self) -> None:
        """Give up the lookups under way."""
        for entry in self._entries.values():
            if entry.running:
                entry.running.cancel()

    async def _refresh(self, host: str, entry: _Entry) -> None:
        try:
            async with self._room:
                entry.answer = await self._lookup(host)
            entry.due = monotonic() + FRESH
        except (OSError, UnicodeError) as error:
            entry.due = monotonic() + RETRY
            reason = reason_of_lookup(error) if isinstance(error, OSError) else Reason.BAD_NAME
            if reason is Reason.BAD_NAME or isinstance(entry.answer, Reason):
                entry.answer = reason
        finally:
            entry.running = None
