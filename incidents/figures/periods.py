"""Periods: the days, weeks and months that reports are of, as people count them in their zone."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from incidents.span import Span

DAY = timedelta(days=1)


class Period(StrEnum):
    """How much a report is of."""

    DAY = "day"
    WEEK = "week"  # Monday to Sunday
    MONTH = "month"


def days(first: date, last: date, zone: ZoneInfo) -> Span:
    """Return the time from the midnight at which *first* begins to the one at which *last* ends."""
    return Span(_midnight(first, zone), _midnight(last + DAY, zone))


def around(period: Period, on: date, zone: ZoneInfo) -> Span:
    """Return the whole period that *on* is in."""
    match period:
        case Period.DAY:
            return days(on, on, zone)
        case Period.WEEK:
            monday = on - on.weekday() * DAY
            return days(monday, monday + 6 * DAY, zone)
        case Period.MONTH:
            first = on.replace(day=1)
            return days(first, (first + 31 * DAY).replace(day=1) - DAY, zone)


def before(period: Period, at: datetime, zone: ZoneInfo) -> Span:
    """Return the last whole period that was over at *at*."""
    start = around(period, at.astimezone(zone).date(), zone).start
    return around(period, start.astimezone(zone).date() - DAY, zone)


def days_of(asked: Span, zone: ZoneInfo) -> list[date]:
    """Return the days that *asked* touches, in order."""
    first = asked.start.astimezone(zone).date()
    last = (asked.end - timedelta.resolution).astimezone(zone).date()
    return [first + each * DAY for each in range((last - first).days + 1)]


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
