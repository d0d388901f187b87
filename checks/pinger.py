"""ICMP probes of every lane on one socket; no fault of our own is ever taken for a silence."""

import socket
import time
from collections.abc import Callable
from time import monotonic
from typing import Final

from checks.counters import Counters
from checks.echo import FOREIGN, Echo
from checks.flight import ANSWERED, EXPIRED, REFUSED, WAITING, Flight
from checks.icmp_socket import RECEIVE_BUFFER
from checks.lane import Burst, Lane
from incidents.outcome import Outcome, Reason

STEP: Final = (
    0.005  # seconds by which the two clocks may disagree over one probe before the wall is not believed
)

FRESH: Final = 32  # replies judged by one reading of the clocks: a fraction of a millisecond
_REPLY: Final = Reason.REPLY  # an enum's member is found slowly

Settle = Callable[[Lane, Burst | None, Outcome, float, float], None]  # …, sent, heard


wall_clock = time.time_ns  # nanoseconds of the clock that the kernel stamps replies with


class Pinger:
    """The probes under way on one ICMP socket; each ends in exactly one call of *settle*."""

    def __init__(
        self,
        sock: socket.socket,
        timeout: float,
        counters: Counters,
        settle: Settle,
        buffer: int = RECEIVE_BUFFER,
        wall: Callable[[], int] = wall_clock,
    ) -> None:
        self._echo = Echo(sock, buffer)
        self._flight = Flight()
        self._timeout = timeout
        self._counters = counters
        self._settle = settle
        self._wall = wall
        self._doubted = float("-inf")
        self._now, self._wall_now = monotonic(), wall()  # both clocks, read together while draining
        self.roomy = self._echo.roomy

    def send(self, lane: Lane, address: str, burst: Burst | None) -> None:
        """Send one probe of *lane* now."""
        stamp = self._wall()
        sent = monotonic()
        if self._echo.send(self._flight.next, address):
            self._counters.sent += 1
            self._flight.add((lane, burst, address, sent, stamp))
            return
        self._counters.send_failed += 1
        self._settle(lane, burst, Outcome(Reason.SEND_FAILED), sent, sent)

    def drain(self) -> None:
        """Read everything that came."""
        for refusal in self._echo.refusals():
            self._refuse(refusal.number, refusal.sequence, refusal.destination)
        for index, (number, source, stamp) in enumerate(self._echo.replies()):
            if not index % FRESH:
                self._now, self._wall_now = monotonic(), self._wall()
            self._judge(number, source, stamp)
        if dropped := self._echo.dropped():
            self._counters.dropped += dropped
            self.doubt(monotonic())

    def doubt(self, until: float) -> None:
        """Hold no silence of a probe sent up to *until* against its channel."""
        self._doubted = until

    def expire(self, now: float) -> None:
        """Settle what was sent longer ago than the timeout; *now* must be from before the last drain."""
        flight = self._flight
        for at in flight.overdue(now - self._timeout):
            flight.state[at] = EXPIRED
            self._finish(at, self._silence(flight.at(at)[3]), now)

    def close(self) -> None:
        """Close the socket."""
        self._echo.close()

    def _silence(self, sent: float) -> Outcome:
        if sent > self._doubted:
            return Outcome(Reason.TIMEOUT)
        self._counters.stalled += 1
        return Outcome(Reason.STALLED)

    def _judge(self, number: int, source: str, stamp: int) -> None:
        """Match a reply by number and by source: another host must not answer for a dead one."""
        flight = self._flight
        at = flight.place(number) if number != FOREIGN else None
        probe = None if at is None else flight.probes[at]
        if at is None or probe is None or probe[2] != source:
            self._counters.foreign += 1
            return
        state = flight.state[at]
        if state != WAITING:
            if state == ANSWERED:
                self._counters.duplicates += 1
            else:
                self._counters.late += 1
            return
        lane, burst, _, sent, begun = probe
        latency = self._latency(sent, begun, stamp)
        if latency > self._timeout:
            self._counters.late += 1
            return
        flight.state[at] = ANSWERED
        self._counters.replies += 1
        self._settle(lane, burst, Outcome(_REPLY, latency), sent, sent + latency)

    def _latency(self, sent: float, begun: int, stamp: int) -> float:
        """Return the round trip by the kernel's stamp, or by the monotonic clock where the wall was moved."""
        elapsed = self._now - sent
        if stamp and -STEP < (self._wall_now - begun) * 1e-9 - elapsed < STEP:
            latency = (stamp - begun) * 1e-9
            if 0.0 <= latency <= elapsed + STEP:
                return latency
        return max(elapsed, 0.0)

    def _refuse(self, number: int | None, sequence: int, destination: str) -> None:
        flight = self._flight
        number = flight.find(sequence, destination) if number is None else number
        at = flight.place(number) if number is not None else None
        if at is None or flight.at(at)[2] != destination or flight.state[at] != WAITING:
            return
        flight.state[at] = REFUSED
        self._counters.unreachable += 1
        self._finish(at, Outcome(Reason.UNREACHABLE), monotonic())

    def _finish(self, at: int, outcome: Outcome, heard: float) -> None:
        lane, burst, _, sent, _ = self._flight.at(at)
        self._settle(lane, burst, outcome, sent, heard)
