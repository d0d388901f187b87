"""Bandwidth: counters become rates, a week of rates its 95th percentile, and that an overload or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final, NamedTuple

OCTETS: Final = 1 << 64  # what a high-capacity counter counts to (RFC 2863)
TICKS: Final = 1 << 32  # what sysUpTime counts to, in hundredths of a second: 497 days (RFC 3418)
SLACK: Final = 5.0  # seconds by which an agent may be late with an answer


@dataclass(frozen=True, slots=True)
class Rule:
    """How rates are taken and judged.

    The measure is that of Thông tư 06/2026/TT-BKHCN, điều 5.6: the 95th percentile of the traffic in a
    direction above 90 % of the capacity over 7 days in a row, sampled every 5 minutes. *relief*, *coverage*,
    *drift* and *fastest* are our assumptions.
    """

    period: timedelta = timedelta(minutes=5)
    window: timedelta = timedelta(days=7)
    percentile: int = 95
    overload: float = 0.90  # of the capacity, above which a channel is overloaded
    relief: float = 0.85  # and at or below which it is so no longer: between them it stays as it was
    coverage: float = 0.80  # of the samples there could be; fewer tell nothing
    drift: float = 0.1  # by which an agent's clock may run wrong
    fastest: float = 1e12  # bit/s; no port is as fast, so the counter was reset

    @property
    def expected(self) -> int:
        """How many samples a whole window has."""
        return self.window // self.period


class Reading(NamedTuple):
    """An interface's counters at one moment, as its agent gave them in one answer.

    *at* is our monotonic clock in seconds; *down* and *up* are octets towards the unit and from it, counted
    to 2**64; *uptime* and *discontinuity* (sysUpTime, ifCounterDiscontinuityTime) are hundredths of a second.
    """

    at: float
    down: int
    up: int
    uptime: int
    discontinuity: int | None = None


class Rate(NamedTuple):
    """The mean traffic between two readings, in bit/s towards the unit and from it."""

    down: int
    up: int


class Missing(StrEnum):
    """Why there is no rate."""

    FIRST = "first"  # nothing was read before
    GAP = "gap"  # too long ago, or too short, for a sample of the period
    RESTART = "restart"  # the agent's clock did not go on as ours did: it began anew
    RESET = "reset"  # the counters did


def rate(earlier: Reading | None, later: Reading, rule: Rule) -> Rate | Missing:
    """Return the mean traffic from *earlier* to *later*, by the agent's clock, which stamps its counters."""
    if earlier is None:
        return Missing.FIRST
    ours = later.at - earlier.at
    if not 0.5 <= ours / rule.period.total_seconds() <= 1.5:
        return Missing.GAP
    elapsed = (later.uptime - earlier.uptime) % TICKS / 100
    if abs(elapsed - ours) > ours * rule.drift + SLACK:
        return Missing.RESTART
    down, up = ((after - before) % OCTETS for before, after in zip(earlier[1:3], later[1:3], strict=True))
    if earlier.discontinuity != later.discontinuity or max(down, up) * 8 > rule.fastest * elapsed:
        return Missing.RESET
    return Rate(round(down * 8 / elapsed), round(up * 8 / elapsed))


def percentile(values: Sequence[int], percent: int) -> int:
    """Return the percentile by nearest rank: the least value that *percent* % of *values* do not exceed.

    It is always one of the values; ValueError where there are none.
    """
    if not values:
        raise ValueError("no values")
    rank = -(-percent * len(values) // 100)
    return sorted(values)[max(rank, 1) - 1]


class Spread(NamedTuple):
    """The 95th percentile of some values, their mean and their maximum."""

    p95: int
    mean: int
    most: int


def spread(values: Sequence[int], rule: Rule) -> Spread:
    """Return the spread of *values*; ValueError where there are none."""
    return Spread(percentile(values, rule.percentile), round(sum(values) / len(values)), max(values))


@dataclass(frozen=True, slots=True)
class Usage:
    """A window of one channel: the 95th percentiles in bit/s, of so many *samples* of those *expected*.

    The percentiles are 0 where there is no sample, and not to be relied on where there are not *enough*.
    """

    samples: int
    expected: int
    enough: bool
    down: int = 0
    up: int = 0

    @property
    def coverage(self) -> float:
        """The share of the samples that there are."""
        return min(self.samples / self.expected, 1.0)


def usage(rates: Sequence[Rate], rule: Rule) -> Usage:
    """Return what the *rates* of one window come to."""
    count, expected = len(rates), rule.expected
    if not rates:
        return Usage(0, expected, enough=False)
    down, up = (percentile(values, rule.percentile) for values in zip(*rates, strict=True))
    return Usage(count, expected, count >= rule.coverage * expected, down, up)


class Why(StrEnum):
    """Why a channel is held to be overloaded, or not."""

    OVER = "over"  # a direction is above the limit
    BETWEEN = "between"  # above relief and not above the limit: as it was
    UNDER = "under"
    SHORT = "short"  # too few samples: as it was, while there are any
    UNRATED = "unrated"  # nobody said how much it carries


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a channel is overloaded, why, and how much of the capacity the busier direction takes."""

    overloaded: bool
    why: Why
    share: float | None = None


def judge(usage: Usage, mbps: float | None, rule: Rule, *, was: bool) -> Judgement:
    """Judge the *usage* of a channel that carries *mbps* in each direction and *was* overloaded, or not."""
    if not mbps:
        return Judgement(overloaded=False, why=Why.UNRATED)
    share = max(usage.down, usage.up) / (mbps * 1e6)
    if not usage.enough:
        return Judgement(was and usage.samples > 0, Why.SHORT, share)
    if share > rule.overload:
        return Judgement(overloaded=True, why=Why.OVER, share=share)
    if share > rule.relief:
        return Judgement(was, Why.BETWEEN, share)
    return Judgement(overloaded=False, why=Why.UNDER, share=share)
