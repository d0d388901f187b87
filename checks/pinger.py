"""ICMP probes of every lane of a family on one socket; no fault of our own is ever taken for a silence."""

import socket
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Final

from checks.clocks import Clocks, wall_clock
from checks.counters import Counters
from checks.echo import Echo, Refusal
from checks.flight import ANSWERED, EXPIRED, REFUSED, WAITING, Flight
from checks.icmp_socket import RECEIVE_BUFFER
from checks.lane import Burst, Lane
from checks.timeout import FIRST, LEAST
from incidents.outcome import Outcome, Reason, make

_REPLY: Final = Reason.REPLY  # an enum's member is found slowly

Settle = Callable[[Lane, Burst | None, Outcome, float, float], None]  # …, sent, heard


class Pinger:
    """The probes under way on one ICMP socket; each ends in exactly one call of *settle*.

    *timeout* (seconds) is what a lane begins with, before it has a timeout of its own.
    """

    def __init__(
        self,
        sock: socket.socket,
        counters: Counters,
        settle: Settle,
        *,
        timeout: float = FIRST,
        buffer: int = RECEIVE_BUFFER,
        wall: Callable[[], int] = wall_clock,
    ) -> None:
        self._echo = Echo(sock, buffer)
        self._flight = Flight(min(timeout, LEAST))
        self._clocks = Clocks(wall)
        self._counters = counters
        self._settle = settle
        self._doubted = float("-inf")
        self.roomy = self._echo.roomy

    def send(self, lane: Lane, address: str, burst: Burst | None) -> None:
        """Send one probe of *lane* to *address* now."""
        sent = monotonic()
        if self._echo.send(self._flight.next, address):
            self._counters.sent += 1
            self._flight.add(lane, address, sent, burst)
        else:
            self._fail(lane, burst, sent)

    def send_all(self, lanes: Sequence[Lane]) -> None:
        """Send one probe of each of *lanes*, to the address that is its host, now."""
        send, number = self._echo.send, self._flight.next
        flown: list[Lane] = []
        moments: list[float] = []
        for lane in lanes:
            sent = monotonic()
            if send(number, lane.target.host):
                flown.append(lane)
                moments.append(sent)
                number += 1
            else:
                self._fail(lane, None, sent)
        self._counters.sent += len(flown)
        self._flight.extend(flown, [lane.target.host for lane in flown], moments)

    def drain(self) -> None:
        """Read everything that came."""
        for refusal in self._echo.refusals():
            self._refuse(refusal)
        self._clocks.read()
        self._match()
        if dropped := self._echo.dropped():
            self._counters.dropped += dropped
            self.doubt(monotonic())

    def doubt(self, until: float) -> None:
        """Hold no silence of a probe sent up to *until* against its channel."""
        self._doubted = until

    def expire(self, now: float) -> None:
        """Settle what is past its timeout; *now* must be from before the last drain."""
        for number in self._flight.overdue(now):
            self._give_up(number, now)

    def close(self) -> None:
        """Close the socket."""
        self._echo.close()

    def _fail(self, lane: Lane, burst: Burst | None, sent: float) -> None:
        self._counters.send_failed += 1
        self._settle(lane, burst, Outcome(Reason.SEND_FAILED), sent, sent)

    def _match(self) -> None:
        """Match replies by number and by source: another host must not answer for a dead one."""
        flight, clocks, counters, settle = self._flight, self._clocks, self._counters, self._settle
        mask, newest = flight.mask, flight.next - 1
        oldest = max(0, newest - mask)
        state, lanes, addresses, begun = flight.state, flight.lane, flight.address, flight.sent
        timeouts, bursts, seconds, rest = flight.timeout, flight.bursts, clocks.seconds, clocks.rest
        for number, source, (whole, fraction) in self._echo.replies():
            at = number & mask
            if not oldest <= number <= newest or addresses[at] != source:
                counters.foreign += 1
                continue
            sent = begun[at]
            heard = whole - seconds + (fraction * 1e-9 - rest)
            if clocks.moved or not sent <= heard <= clocks.now:
                heard = clocks.believed(sent, heard)
            latency = heard - sent
            if state[at] != WAITING or latency > timeouts[at]:
                self._belated(number, latency)
                continue
            state[at] = ANSWERED
            counters.replies += 1
            lane = lanes[at]
            lane.hear(latency)
            burst = bursts.pop(number, None) if bursts else None
            settle(lane, burst, make(Outcome, (_REPLY, latency)), sent, heard)

    def _belated(self, number: int, latency: float) -> None:
        """Count a reply that comes too late, or once more; a late one teaches what to wait for."""
        flight = self._flight
        at = number & flight.mask
        if flight.state[at] == ANSWERED:
            self._counters.duplicates += 1
            return
        self._counters.late += 1
        if flight.state[at] == WAITING:
            self._give_up(number, self._clocks.now)
        flight.state[at] = ANSWERED
        flight.lane[at].hear(latency)

    def _give_up(self, number: int, now: float) -> None:
        at = number & self._flight.mask
        if self._flight.sent[at] <= self._doubted:
            self._counters.stalled += 1
            reason = Reason.STALLED
        else:
            reason = Reason.TIMEOUT
        self._finish(number, EXPIRED, reason, now)

    def _refuse(self, refusal: Refusal) -> None:
        flight = self._flight
        number = refusal.number
        if number is None:
            number = flight.find(refusal.sequence, refusal.destination)
        if number is None or not flight.holds(number):
            return
        at = number & flight.mask
        if flight.state[at] == WAITING and flight.address[at] == refusal.destination:
            self._counters.unreachable += 1
            self._finish(number, REFUSED, Reason.UNREACHABLE, monotonic())

    def _finish(self, number: int, state: int, reason: Reason, heard: float) -> None:
        """Settle a probe that was not answered."""
        flight = self._flight
        at = number & flight.mask
        flight.state[at] = state
        self._settle(
            flight.lane[at], flight.bursts.pop(number, None), Outcome(reason), flight.sent[at], heard
        )
