"""The roster: who is meant to be on duty, in civil days and hours, and where nobody is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from incidents.span import Span

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shift:
    """A turn of duty that begins on *day*; *first* and *second* are people, None where nobody is named.

    One that ends at the hour it begins, or at an earlier one, ends on the next day.
    """

    day: date
    begins: time
    ends: time
    first: int | None
    second: int | None = None

    def span(self, zone: ZoneInfo) -> Span:
        """Return its time, where its hours are those of *zone*."""
        last = self.day if self.ends > self.begins else self.day + DAY
        start = datetime.combine(self.day, self.begins, zone).astimezone(UTC)
        return Span(start, max(start, datetime.combine(last, self.ends, zone).astimezone(UTC)))


@dataclass(frozen=True, slots=True)
class Gap:
    """A time for which nobody is named; *end* is None where the roster ends with it."""

    start: datetime
    end: datetime | None


def present(shifts: Iterable[Shift], zone: ZoneInfo, at: datetime) -> Shift | None:
    """Return the shift of *at*: where two overlap, the one that began last relieves the other."""
    near = at.astimezone(zone).date()
    spans = [(each.span(zone), each) for each in shifts if near - 2 * DAY <= each.day <= near + DAY]
    on = [(span.start, index) for index, (span, _) in enumerate(spans) if at in span]
    return spans[max(on)[1]][1] if on else None


def coming(shifts: Iterable[Shift], zone: ZoneInfo, at: datetime) -> Shift | None:
    """Return the shift that begins next after *at*."""
    later = [each for each in shifts if each.span(zone).start > at]
    return min(later, key=lambda each: each.span(zone).start, default=None)


def gaps(shifts: Iterable[Shift], zone: ZoneInfo) -> Iterator[Gap]:
    """Yield the times between the first shift and for ever for which nobody is named, in their order."""
    named = sorted(each.span(zone) for each in shifts if each.first is not None)
    named = [each for each in named if each.length]
    until: datetime | None = None
    for span in named:
        if until is not None and until < span.start:
            yield Gap(until, span.start)
        until = span.end if until is None else max(until, span.end)
    if until is not None:
        yield Gap(until, None)
