"""Work that recurs: on which days, at what local hour, for how long, and the spans that this gives."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from incidents.span import Span

DAY = timedelta(days=1)
WEEK = 7  # days
LAST = -1


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Days of the week; Monday is 0."""

    weekdays: frozenset[int]

    def has(self, day: date) -> bool:
        """Whether *day* is one of them."""
        return day.weekday() in self.weekdays


@dataclass(frozen=True, slots=True)
class MonthDays:
    """Days of the month, 1 to 31; a month without such a day passes it over."""

    days: frozenset[int]

    def has(self, day: date) -> bool:
        """Whether *day* is one of them."""
        return day.day in self.days


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """A weekday's *nth* day in the month, 1 to 5, or its LAST; a month without a fifth passes it over."""

    nth: int
    weekday: int

    def has(self, day: date) -> bool:
        """Whether *day* is the one."""
        if day.weekday() != self.weekday:
            return False
        if self.nth == LAST:
            return (day + WEEK * DAY).month != day.month
        return (day.day - 1) // WEEK + 1 == self.nth


@dataclass(frozen=True, slots=True)
class Recurring:
    """Work *on* certain days *at* an hour of *zone*, for *duration*; *first* and *until* are both included.

    A span may pass midnight: it belongs to the day on which it starts. An hour that a change of the clocks
    leaves out is read as if they had not been changed.
    """

    on: Weekdays | MonthDays | NthWeekday
    at: time
    duration: timedelta
    zone: ZoneInfo
    first: date
    until: date | None = None

    @property
    def opens(self) -> datetime:
        """No span starts before this."""
        return self._start(self.first)

    @property
    def over(self) -> datetime | None:
        """Every span has ended by then; None where it recurs for ever."""
        return None if self.until is None else self._start(self.until) + self.duration

    def spans(self, asked: Span) -> Iterator[Span]:
        """Yield every span that meets *asked*, whole and in order of their starts."""
        day = max(self.first, (asked.start - self.duration).astimezone(self.zone).date())
        last = asked.end.astimezone(self.zone).date()
        if self.until is not None:
            last = min(last, self.until)
        while day <= last:
            start = self._start(day)
            span = Span(start, start + self.duration)
            if self.on.has(day) and span.meets(asked):
                yield span
            day += DAY

    def _start(self, day: date) -> datetime:
        return datetime.combine(day, self.at, self.zone).astimezone(UTC)
