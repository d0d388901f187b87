"""The ways out of this machine: a socket for each family of ICMP, connections, and names looked up before."""

import socket
from collections.abc import Iterable, Sequence
from time import monotonic
from typing import TYPE_CHECKING

from checks.counters import Counters
from checks.family import family_of
from checks.icmp_socket import IcmpUnavailable, SocketFactory
from checks.lane import Burst, Lane
from checks.names import Lookup, Names
from checks.pinger import Pinger, Settle
from incidents.outcome import Outcome, Reason

if TYPE_CHECKING:
    from checks.pool import Pool


class Wires:
    """Sends each probe the way its lane goes; each ends in exactly one call of *settle*."""

    def __init__(
        self, timeout: float, counters: Counters, settle: Settle, icmp_socket: SocketFactory, lookup: Lookup
    ) -> None:
        self._timeout = timeout
        self._counters = counters
        self._settle = settle
        self._icmp_socket = icmp_socket
        self._names = Names(lookup)
        self._pool: Pool | None = None
        self._pingers: dict[int, Pinger] = {}  # by family
        self._refused: set[int] = set()  # families that this machine gives no socket for

    def need(self, lanes: Iterable[Lane]) -> None:
        """Open what *lanes* need, or raise IcmpUnavailable where none of the ICMP they need is to be had."""
        self._refused.clear()
        families = {_likely_family(lane) for lane in lanes if lane.target.scheme == "icmp"}
        errors = [error for family in sorted(families) if (error := self._open(family)) is not None]
        if errors and not self._pingers:
            raise errors[0]

    def send_all(self, lanes: Sequence[Lane]) -> None:
        """Send one probe of each of *lanes* now."""
        for family, pinger in self._pingers.items():
            pinger.send_all([lane for lane in lanes if lane.family == family])
        for lane in [lane for lane in lanes if lane.family not in self._pingers]:
            self.send(lane, None)

    def send(self, lane: Lane, burst: Burst | None) -> None:
        """Send one probe of *lane* now."""
        if lane.family is not None:
            self._ping(lane, lane.target.host, burst)
            return
        address = self._names.address(lane.target.host)
        if isinstance(address, Reason):
            self._fail(lane, burst, address)
        elif lane.target.scheme == "icmp":
            self._ping(lane, address, burst)
        else:
            self._connections().submit(lane, address, burst)

    def listen(self, now: float, *, stalled: bool) -> None:
        """Drain, then expire, so that no reply in the buffer is taken for a silence."""
        if self._pool is not None and self._pool.failure is not None:
            raise self._pool.failure
        for pinger in self._pingers.values():
            if stalled:
                pinger.doubt(now)
            pinger.drain()
            pinger.expire(now)

    def drain(self) -> None:
        """Read every reply that came."""
        for pinger in self._pingers.values():
            pinger.drain()

    @property
    def roomy(self) -> bool:
        """Whether every socket holds the replies of many bursts."""
        return all(pinger.roomy for pinger in self._pingers.values())

    async def ready(self, lanes: Iterable[Lane]) -> None:
        """Wait until the names of *lanes* were looked up at least once."""
        await self._names.ready(lane.target.host for lane in lanes if lane.family is None)

    async def close(self) -> None:
        """Give up what runs and close every socket."""
        if self._pool is not None:
            await self._pool.close()
        self._names.close()
        for pinger in self._pingers.values():
            pinger.close()

    def _ping(self, lane: Lane, address: str, burst: Burst | None) -> None:
        family = family_of(address)
        if family not in self._pingers and family not in self._refused:
            self._open(family)  # a name turned out to lead there
        if (pinger := self._pingers.get(family)) is not None:
            pinger.send(lane, address, burst)
        else:
            self._fail(lane, burst, Reason.SEND_FAILED)

    def _open(self, family: int) -> IcmpUnavailable | None:
        """Open the socket of *family* unless it is open; return why there is none."""
        if family in self._pingers:
            return None
        try:
            sock = self._icmp_socket(family)
        except IcmpUnavailable as error:
            self._refused.add(family)
            return error
        self._pingers[family] = Pinger(sock, self._counters, self._settle, timeout=self._timeout)
        return None

    def _connections(self) -> "Pool":
        if self._pool is None:
            from checks.pool import Pool  # with its HTTP it weighs 14 MB, which echoes do not need

            self._pool = Pool(self._timeout, self._counters, self._settle)
        return self._pool

    def _fail(self, lane: Lane, burst: Burst | None, reason: Reason) -> None:
        self._counters.send_failed += reason is Reason.SEND_FAILED
        now = monotonic()
        self._settle(lane, burst, Outcome(reason), now, now)


def _likely_family(lane: Lane) -> int:
    """Tell the family of *lane*; a name is looked up later, and IPv4 is what it mostly leads to."""
    return lane.family or socket.AF_INET
