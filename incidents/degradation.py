"""Whether a line is degraded: its minutes held against bounds, slow to begin and slower to end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import exp, fsum, lgamma, log, log1p
from typing import Final

from incidents.quality import Figures, rate, total

BEST: Final = 100.0  # R runs up to it; what is missing is impairment


class Measure(StrEnum):
    """What a bound is set on."""

    LOSS = "loss"  # a share from 0 to 1
    DELAY = "delay"  # round trip, seconds
    JITTER = "jitter"  # of the round trip, seconds
    RATING = "rating"  # R of the E-model; the lower, the worse


@dataclass(frozen=True, slots=True)
class Bounds:
    """When a line is degraded, and when it is well again.

    The delay is that of QCVN 34:2019, the others are common bounds of conferencing.
    """

    delay: float = 0.050  # seconds of round trip
    loss: float = 0.01  # share
    jitter: float = 0.030  # seconds
    rating: float = 70.0  # R; some users are dissatisfied from here down
    enter: int = 5  # minutes it is held before a line is degraded
    leave: int = 10  # minutes it is clear of every bound before the line is well
    margin: float = 0.8  # of a bound is what counts as clear
    doubt: float = 0.01  # how rarely a line that is just at the bound of loss may be taken for one beyond it
    unusual: float = 1.5  # times its usual delay is too much for a line whose usual delay is long

    def __post_init__(self) -> None:
        shares = 0 < self.loss < 1 and 0 < self.margin <= 1 and 0 < self.doubt < 1
        if not shares or self.unusual < 1 or min(self.enter, self.leave) < 1:
            raise ValueError(
                "expected loss, margin and doubt between 0 and 1, unusual from 1, enter and leave from 1"
            )

    def of(self, usual: float | None) -> "Bounds":
        """Return the bounds of a line whose round trip is *usual* seconds in the long run.

        Many a mountain line has 60 ms on its best day. Measured against 50 ms it would be degraded for ever,
        and nobody would look when it got worse. So such a line may have half as much again as is usual for
        it, and its rating is not called bad for a delay that is not called bad in itself.
        """
        delay = max(self.delay, self.unusual * (usual or 0.0))
        rating = min(self.rating, rate(delay, 0.0, 0.0).r)
        return replace(self, delay=delay, rating=rating)


@dataclass(frozen=True, slots=True)
class Excess:
    """A measure beyond its bound, both in the measure's unit; *value* is of the whole window."""

    measure: Measure
    value: float
    bound: float


@dataclass(frozen=True, slots=True)
class Degradation:
    """A line is degraded, and why."""

    reasons: tuple[Excess, ...]


def judge(
    minutes: Sequence[Figures | None],
    present: Degradation | None,
    bounds: Bounds,
    usual: float | None = None,
) -> Degradation | None:
    """Return the degradation of a line after *minutes*, or None when it is well; *present* is what it was.

    *minutes* are successive ones up to now. One that tells nothing is None: we were blind, or the line was
    out for a part of it. One without an answer tells nothing either, since silence is an outage. It takes
    ``enter`` minutes that tell something to begin and ``leave`` to end; a window with a hole decides nothing.
    While it lasts, the reasons are the newest.
    """
    bounds = bounds.of(usual)
    found = _excesses(_window(minutes, bounds.enter), bounds)
    if found:
        return Degradation(found)
    if present is not None and not _clear(_window(minutes, bounds.leave), bounds):
        return present
    return None


def _window(minutes: Sequence[Figures | None], count: int) -> list[Figures]:
    """Return the last *count* minutes; none of them where one tells nothing or is missing."""
    window = [each for each in minutes[-count:] if each is not None and each.answered]
    return window if len(window) == count else []


def _excesses(window: list[Figures], bounds: Bounds) -> tuple[Excess, ...]:
    if not window:
        return ()
    whole = total(window)
    rating = whole.rating
    found = []
    if _loses(window, whole, bounds):
        found.append(Excess(Measure.LOSS, whole.loss, bounds.loss))
    if whole.delay is not None and all((each.delay or 0) > bounds.delay for each in window):
        found.append(Excess(Measure.DELAY, whole.delay, bounds.delay))
    if whole.jitter is not None and all((each.jitter or 0) > bounds.jitter for each in window):
        found.append(Excess(Measure.JITTER, whole.jitter, bounds.jitter))
    if rating is not None and all(each.rating and each.rating.r < bounds.rating for each in window):
        found.append(Excess(Measure.RATING, rating.r, bounds.rating))
    return tuple(found)


def _loses(window: list[Figures], whole: Figures, bounds: Bounds) -> bool:
    """Whether the loss of *window* is beyond its bound, and neither chance nor one burst.

    One of twelve probes is 8 % already, and of five minutes still 1.7 %. So the sum counts, it has to be more
    than a line at the bound would lose by chance, and most of the minutes must have lost something.
    """
    losing = sum(each.lost > 0 for each in window)
    return 2 * losing > len(window) and _chance(whole, bounds.loss) < bounds.doubt


def _chance(whole: Figures, share: float) -> float:
    """Return how probable that many losses, or more, are where *share* is lost: the tail of the binomial."""
    sent = whole.sent
    fewer = (
        _log_choices(sent, lost) + lost * log(share) + (sent - lost) * log1p(-share)
        for lost in range(whole.lost)
    )
    return max(1 - fsum(map(exp, fewer)), 0.0)


def _log_choices(of: int, some: int) -> float:
    """Return the logarithm of a binomial coefficient; itself it would not fit a float."""
    return lgamma(of + 1) - lgamma(some + 1) - lgamma(of - some + 1)


def _clear(window: list[Figures], bounds: Bounds) -> bool:
    """Whether every minute of *window* is well within the bounds, and so is its loss as a whole."""
    if not window:
        return False
    whole, margin = total(window), bounds.margin
    enough = BEST - margin * (BEST - bounds.rating)
    return (
        whole.loss <= margin * bounds.loss
        and (whole.rating is None or whole.rating.r >= enough)
        and all((each.delay or 0) <= margin * bounds.delay for each in window)
        and all((each.jitter or 0) <= margin * bounds.jitter for each in window)
    )
