"""What others would have said of the same lines: their policies as one table, and a check at a time."""

from dataclasses import dataclass
from math import inf
from random import Random

from bench.detect.path import Fates
from bench.detect.score import Change

PING_TIMEOUT = 1.0
BETWEEN = 1.0  # seconds between the pings of one check


@dataclass(frozen=True, slots=True)
class Peer:
    """A policy: check every *period* s, every *retry* s once one failed; *attempts* failures are an alarm.

    A check fails when all its *pings* are lost. *lag* is the most seconds until an evaluation sees it.
    """

    period: float
    attempts: int
    retry: float
    pings: int = 1
    lag: float = 0.0


PEERS = {
    "nagios": Peer(60, 3, 10),
    "nagios-5-pings": Peer(60, 3, 10, pings=5),
    "zabbix": Peer(60, 3, 60, pings=3),
    "kuma-retries-0": Peer(60, 1, 60),
    "kuma-retries-1": Peer(60, 2, 60),
    "kuma-retries-3": Peer(60, 4, 60),
    "blackbox-for-1m": Peer(15, 5, 15, lag=15),  # pending from its first failed evaluation on
    "three-in-a-row": Peer(5, 3, 5),
}

# False alarms per 214 channel-months; median, p95, p99 delay in s; probes an hour: an earlier, separate
# simulation of the same model, delays of outages of 60 s and more.
EARLIER = {
    "nagios": (2245, 50, 78, 80, 60),
    "nagios-5-pings": (1, 54, 82, 84, 300),
    "zabbix": (17, 152, 180, 182, 180),
    "kuma-retries-0": (20665, 31, 58, 60, 60),
    "kuma-retries-1": (2474, 90, 118, 120, 60),
    "kuma-retries-3": (134, 210, 238, 240, 60),
    "blackbox-for-1m": (941, 76, 85, 88, 240),
}


def follow(peer: Peer, fates: Fates, span: float, random: Random) -> tuple[list[Change], int]:
    """Return what *peer* declares of a line until *span*, and how many pings it took."""
    changes: list[Change] = []
    at, failures, down, pings = random.uniform(0, peer.period), 0, False, 0
    while at < span:
        if not failures:  # jump over the checks whose first ping is answered
            lost = fates.first_loss(at, peer.period, span, PING_TIMEOUT)
            pings += peer.pings * round((min(lost, span) - at) / peer.period)
            if lost == inf:
                break
            at = lost
        pings += peer.pings
        first = 0 if failures else 1
        failed = all(fates.reply(at + turn * BETWEEN) > PING_TIMEOUT for turn in range(first, peer.pings))
        told = at + (peer.pings - 1) * BETWEEN + PING_TIMEOUT
        failures = failures + 1 if failed else 0
        if down != (failures >= peer.attempts):
            down = not down
            changes.append(Change(told + random.uniform(0, peer.lag), down))
        at += peer.retry if failures and not down else peer.period
    return changes, pings
