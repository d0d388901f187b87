"""How well a line carries: loss, delay and jitter of its probes, and the talk one could have over it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple

GAIN: Final = 16  # of the jitter filter, as RFC 3550 has it

# ITU-T G.107 with its default values, for G.711 with packet loss concealment (G.113 appendix I).
BEST: Final = 93.2  # R of a line without delay or loss
ROBUSTNESS: Final = 25.1  # Bpl: the loss in percent that costs half of what loss can cost
MOST: Final = 95.0  # what loss can cost at the most, in points of R
LATE: Final = 177.3  # ms one way, from where on delay disturbs the talk itself
PLAYOUT: Final = 10.0  # ms that the far end takes to play a packet out; twice the jitter is its buffer


class Grade(StrEnum):
    """A word for R, as ITU-T G.109 has it."""

    BEST = "best"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    POOR = "poor"
    UNFIT = "unfit"  # below 50: G.109 gives it no word, and advises against such a connection


_GRADES: Final = (
    (90.0, Grade.BEST),
    (80.0, Grade.HIGH),
    (70.0, Grade.MEDIUM),
    (60.0, Grade.LOW),
    (50.0, Grade.POOR),
)


class Rating(NamedTuple):
    """What the E-model makes of a line: *r* is at most 93.2, *mos* from 1 to 4.5.

    It rates a talk between two; for a video conference it is a proxy.
    """

    r: float
    mos: float

    @property
    def grade(self) -> Grade:
        """Return the word for it."""
        return next((grade for least, grade in _GRADES if self.r >= least), Grade.UNFIT)


@dataclass(frozen=True, slots=True)
class Figures:
    """Probes of one span: those with a known outcome and those of them lost; times in seconds.

    *delay* is the mean round trip, None where nothing answered; *jitter* is None where fewer than two did.
    """

    sent: int
    lost: int
    delay: float | None
    jitter: float | None

    @property
    def answered(self) -> int:
        """Return how many came back."""
        return self.sent - self.lost

    @property
    def loss(self) -> float:
        """Return the share that was lost; 0 where nothing was sent."""
        return self.lost / self.sent if self.sent else 0.0

    @property
    def rating(self) -> Rating | None:
        """Return what these figures come to; None where nothing answered: that is no quality at all."""
        return None if self.delay is None else rate(self.delay, self.jitter or 0.0, self.loss)


def rate(delay: float, jitter: float, loss: float, burst_ratio: float = 1.0) -> Rating:
    """Return the rating by the simplified E-model (ITU-T G.107).

    *delay* is the round trip and *jitter* its variation, in seconds; *loss* is a share from 0 to 1.
    *burst_ratio* is the mean length of the bursts of losses over that of losses by chance.
    """
    one_way = delay * 1000 / 2 + 2 * jitter * 1000 + PLAYOUT
    percent = loss * 100
    by_delay = 0.024 * one_way + 0.11 * max(one_way - LATE, 0.0)
    by_loss = MOST * percent / (percent / burst_ratio + ROBUSTNESS)
    r = BEST - by_delay - by_loss
    return Rating(r, _mos(r))


def jitter(round_trips: Iterable[float]) -> float | None:
    """Return the round-trip jitter by RFC 3550 in the unit of *round_trips*; None of fewer than two.

    J += (|D| - J) / 16 with D the difference of two successive round trips. Until sixteen were seen J is
    their plain mean: from zero, as long streams start it, a dozen probes would show half of their jitter.
    """
    found = None
    for count, (before, after) in enumerate(pairwise(round_trips), 1):
        found = found or 0.0
        found += (abs(after - before) - found) / min(count, GAIN)
    return found


def total(spans: Iterable[Figures]) -> Figures:
    """Return the figures of *spans* as one; delay and jitter weigh by what was answered."""
    known = list(spans)
    return Figures(
        sum(each.sent for each in known),
        sum(each.lost for each in known),
        _mean([(each.delay, each.answered) for each in known]),
        _mean([(each.jitter, each.answered) for each in known]),
    )


def _mean(weighed: Iterable[tuple[float | None, int]]) -> float | None:
    known = [(value, weight) for value, weight in weighed if value is not None]
    weights = sum(weight for _, weight in known)
    return sum(value * weight for value, weight in known) / weights if weights else None


def _mos(r: float) -> float:
    if r <= 0:
        return 1.0
    # just above 0 the cubic dips below 1, which is the worst there is
    return min(max(1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r), 1.0), 4.5)
