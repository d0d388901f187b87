"""What channels carried: by day and direction, against what the contract says they carry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from incidents.bandwidth import Spread


@dataclass(frozen=True, slots=True)
class DayLoad:
    """A day of one channel: its *samples* of 288, and the spreads towards the unit and from it, in bit/s."""

    day: date
    samples: int
    down: Spread
    up: Spread


@dataclass(frozen=True, slots=True)
class Load:
    """What a channel carried in a span, in bit/s.

    *committed* is what the contract says; None where nobody said. *p95* is the 95th percentile of the busier
    direction on its busiest day, *mean* that direction's mean over the days. *overloaded* is how long the
    circular's rule held: of seven days in a row the 95th percentile above 90 % (incidents/bandwidth.py).
    """

    committed: float | None
    p95: int
    mean: int
    most: int
    days: int
    overloaded: timedelta = timedelta()

    @property
    def share(self) -> float | None:
        """The busiest day's 95th percentile as a share of what is committed."""
        return self.p95 / self.committed if self.committed else None


def load(days: Sequence[DayLoad], mbps: float | None, overloaded: timedelta) -> Load | None:
    """Return what *days* of one channel come to; None where nothing was measured."""
    if not days:
        return None
    down, up = _direction([each.down for each in days]), _direction([each.up for each in days])
    p95, mean, most = max(down, up)
    return Load(mbps * 1e6 if mbps else None, p95, mean, most, len(days), overloaded)


def _direction(spreads: Sequence[Spread]) -> Spread:
    return Spread(
        max(each.p95 for each in spreads),
        round(sum(each.mean for each in spreads) / len(spreads)),
        max(each.most for each in spreads),
    )
