"""ICMP probe: a channel answers when its host echoes; for one host now, on a socket of its own."""

import asyncio
from time import monotonic
from typing import Final

from checks.counters import Counters
from checks.family import family_of
from checks.icmp_socket import SocketFactory, open_icmp_socket
from checks.lane import Burst, Lane
from checks.names import Names
from checks.pinger import Pinger
from checks.target import Target
from incidents.outcome import Outcome, Reason

_TICK: Final = 0.005


async def probe(
    target: Target,
    timeout: float,  # noqa: ASYNC109 - the outcome names it
    icmp_socket: SocketFactory = open_icmp_socket,
) -> Outcome:
    """Send one echo to *target*. A dead line is an answer; only a forbidden socket raises IcmpUnavailable."""
    names = Names()
    await names.ready([target.host])
    address = names.address(target.host)
    if isinstance(address, Reason):
        return Outcome(address)
    told: list[Outcome] = []

    def settle(_lane: Lane, _burst: Burst | None, outcome: Outcome, _sent: float, _heard: float) -> None:
        told.append(outcome)

    pinger = Pinger(icmp_socket(family_of(address)), Counters(), settle, timeout=timeout)
    try:
        pinger.send(Lane(target, timeout), address, None)
        while not told:
            await asyncio.sleep(_TICK)
            now = monotonic()
            pinger.drain()
            pinger.expire(now)
    finally:
        pinger.close()
    return told[0]
