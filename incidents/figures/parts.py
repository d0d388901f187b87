"""The parts of a channel's time: connected, out by the carrier's doing or by another's, not seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Share(StrEnum):
    """Whose time it is. Of an outage that several would explain it is the first of them in this order."""

    UP = "up"
    BLIND = "blind"  # not seen by us: neither up nor out
    SWITCHED_OFF = "switched_off"  # by the unit, after hours or as it was found
    PLANNED = "planned"  # work that was announced
    POWER = "power"  # the unit had none, by its own word or as it was found
    LAN = "lan"  # the unit's own network, house or contract
    CARRIER = "carrier"  # all that nobody has found to be another's


@dataclass(frozen=True, slots=True)
class Parts:
    """Channel-time by share; parts of spans that do not overlap, and of several channels, add up."""

    up: timedelta = timedelta()
    blind: timedelta = timedelta()
    planned: timedelta = timedelta()
    switched_off: timedelta = timedelta()
    power: timedelta = timedelta()
    lan: timedelta = timedelta()
    carrier: timedelta = timedelta()

    def of(self, share: Share) -> timedelta:
        """Return the time of one share."""
        found: timedelta = getattr(self, share)
        return found

    @property
    def seen(self) -> timedelta:
        """The time in which we could tell."""
        return self.up + self.out

    @property
    def out(self) -> timedelta:
        """The time without a connection, whoever answers for it."""
        return self.planned + self.switched_off + self.power + self.lan + self.carrier

    @property
    def whole(self) -> timedelta:
        """All of it."""
        return self.seen + self.blind

    @property
    def suffered(self) -> timedelta:
        """The time without a connection that was wanted: an office that is shut misses none."""
        return self.out - self.switched_off

    @property
    def wanted(self) -> timedelta:
        """The time that shares are of: seen by us, and not switched off by the unit."""
        return self.up + self.suffered

    @property
    def availability(self) -> float | None:
        """The share of the wanted time that was up; None where there was none."""
        return self.up / self.wanted if self.wanted else None

    @property
    def carriers(self) -> float | None:
        """The share of the wanted time that was not lost by the carrier; None where there was none.

        All else that excuses the carrier stays in it; to excuse more never makes this less.
        """
        return 1 - self.carrier / self.wanted if self.wanted else None

    def __add__(self, other: "Parts") -> "Parts":
        return Parts(*(self.of(share) + other.of(share) for share in _FIELDS))


_FIELDS = (Share.UP, Share.BLIND, Share.PLANNED, Share.SWITCHED_OFF, Share.POWER, Share.LAN, Share.CARRIER)


def total(parts: Iterable[Parts]) -> Parts:
    """Return *parts* as one."""
    known = list(parts)
    return Parts(*(sum((each.of(share) for each in known), timedelta()) for share in _FIELDS))
