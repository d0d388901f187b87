"""Vigils: times for which units are to stay on, so that no silence of theirs is excused as switched off."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from incidents.span import Span

LONGEST = timedelta(days=7)
FARTHEST = timedelta(days=31)  # ahead


class Occasion(StrEnum):
    """Why units are to stay on."""

    STORM = "storm"  # an order to be on duty
    MEETING = "meeting"  # after hours
    WATCH = "watch"  # the duty desk says so


class Refusal(StrEnum):
    """Why a vigil is not kept, or not ended."""

    PAST = "past"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    FAR = "far"
    UNKNOWN_UNIT = "unknown_unit"
    NO_CHANNEL = "no_channel"
    UNKNOWN = "unknown"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Vigil:
    """A vigil over *unit* with all below it, or over all there is (None); *lifted* ends it early.

    *by* is None where it was made at the command line.
    """

    occasion: Occasion
    unit: int | None
    planned: Span
    by: int | None = None
    lifted: datetime | None = None
    id: int = 0  # 0 until storage numbers it

    @property
    def span(self) -> Span:
        """The time it is kept; empty where it was lifted before it began."""
        end = self.planned.end if self.lifted is None else min(self.planned.end, self.lifted)
        return Span(self.planned.start, max(self.planned.start, end))

    def covers(self, units: Collection[int]) -> bool:
        """Whether it is kept over what is of *units*, a unit with all above it."""
        return self.unit is None or self.unit in units


def refusal(asked: Span, at: datetime) -> Refusal | None:
    """Return why a vigil of *asked* cannot be made at *at*, or None."""
    if asked.end <= asked.start:
        return Refusal.EMPTY
    if asked.end <= at:
        return Refusal.PAST
    if asked.length > LONGEST:
        return Refusal.TOO_LONG
    return Refusal.FAR if asked.start > at + FARTHEST else None
