"""The rows of the benchmark: which policy meets which world, and what it must reach there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from bench.detect.model import Model
from bench.detect.peers import PEERS

PROFILES = ("nhanh", "can_bang", "ben")
PLAIN = Model()
WORLDS = {
    "plain": PLAIN,
    "calmer-mix": replace(PLAIN, shares=(0.70, 0.25, 0.05)),  # of lines with 2, 8 and 40 bursts a day
    "uniform-lengths": replace(PLAIN, uniform=True),
    "bad-loss": replace(PLAIN, burst_loss=(0.6, 0.8)),
    "long-blips": replace(PLAIN, blip_length=(0.5, 15)),
    "evenings": replace(PLAIN, evening_loss=0.2, evening_delay=100),
    "flapping": replace(PLAIN, flap_days=0.1),
    "own-uplink": replace(PLAIN, own=2),
    "own-uplink-no-anchor": replace(PLAIN, own=2, anchors=0),
    "uplinks": replace(PLAIN, children=20),
    "by-second": replace(PLAIN, shared=True),
}
STRESSES = tuple(WORLDS)[3:]
LONG = ("flapping", "uplinks", "by-second")  # of a quarter of the channels, the others of half


class Goal(NamedTuple):
    """The most false alarms per 214 channel-months, median and p99 delay (s), probes an hour and channel."""

    false: float
    median: float
    p99: float
    probes: float | None = None


GOALS = {("plain", "nhanh"): Goal(0, 7.1, 8.1, 1785), ("plain", "can_bang"): Goal(0, 8.6, 11.1, 724)}
GOALS |= {(world, profile): Goal(1, 18.6, 21.1) for world in STRESSES for profile in PROFILES}
# Probes within a second that share their fate tell as much as one of them: to be as sure takes longer.
GOALS |= {("by-second", profile): Goal(1, 20.0, 24.0) for profile in PROFILES}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; *timeout* in seconds, None to learn it; *share* of the channels it takes."""

    world: str
    policy: str
    timeout: float | None = 0.4
    share: float = 1.0

    @property
    def ours(self) -> bool:
        """Return whether the production core is driven."""
        return self.policy not in PEERS

    @property
    def goal(self) -> Goal | None:
        """Return what it must reach."""
        return GOALS.get((self.world, self.policy))


def usual() -> Iterator[Row]:
    """Yield what is run by default: the whole model, and the stresses of a part of the channels."""
    yield from (Row("plain", profile) for profile in PROFILES)
    yield Row("plain", "can_bang", timeout=1.0, share=0.25)
    yield Row("calmer-mix", "can_bang", share=0.25)
    yield from (Row(world, "can_bang", share=0.25 if world in LONG else 0.5) for world in STRESSES)
    yield from (Row("plain", peer, timeout=None, share=0.25) for peer in PEERS)


def grid() -> Iterator[Row]:
    """Yield every world by every profile and at both timeouts, and the peers in every world."""
    for world in WORLDS:
        yield from (Row(world, profile, timeout) for profile in PROFILES for timeout in (0.4, 1.0))
        yield from (Row(world, peer, timeout=None) for peer in PEERS)
