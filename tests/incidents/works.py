"""Windows of planned work to ask questions of, and random ones."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from incidents.maintenance import Fixed, Flexible, Position, Scope, Window
from incidents.recurrence import LAST, MonthDays, NthWeekday, Recurring, Weekdays
from incidents.span import Span

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
T0 = datetime(2025, 11, 24, 3, 0, tzinfo=UTC)  # a Monday, 10:00 in Việt Nam
HERE = Position(frozenset({1, 2}), frozenset({10, 11}))  # line 2 hangs behind line 1
ELSEWHERE = Position(frozenset({3}), frozenset({12}))
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def hours(count):
    """Return the time *count* hours on."""
    return T0 + timedelta(hours=count)


def span(start, end):
    """Return the span between two times in hours."""
    return Span(hours(start), hours(end))


def fixed(start, end):
    """Return the rule from one time in hours to another."""
    return Fixed(hours(start), hours(end))


def flexible(earliest, latest, lasts, begun=None):
    """Return the rule between times in hours."""
    return Flexible(
        hours(earliest), hours(latest), timedelta(hours=lasts), None if begun is None else hours(begun)
    )


def recurring(on, at="01:00", lasts=2.0, first=date(2025, 1, 1), until=None, zone=ZONE):
    """Return the rule that lasts some hours each time."""
    return Recurring(on, time.fromisoformat(at), timedelta(hours=lasts), zone, first, until)


def window(rule, channels=(1,), units=(), **values):
    """Return a window of that rule."""
    return Window(rule, Scope(frozenset(channels), frozenset(units)), "thay thiết bị", T0, **values)


zones = st.sampled_from([ZONE, ZoneInfo("UTC"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("America/Lima")])
weekdays = st.integers(0, 6)
days_on = st.one_of(
    st.frozensets(weekdays, min_size=1).map(Weekdays),
    st.frozensets(st.integers(1, 31), min_size=1, max_size=5).map(MonthDays),
    st.builds(NthWeekday, st.sampled_from([1, 2, 3, 4, 5, LAST]), weekdays),
)
recurrings = st.builds(
    Recurring,
    on=days_on,
    at=st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    duration=st.integers(1, 3000).map(lambda count: count * MINUTE),
    zone=zones,
    first=st.dates(date(2025, 10, 1), date(2025, 12, 1)),
    until=st.none() | st.dates(date(2025, 10, 1), date(2026, 3, 1)),
)
moments = st.integers(-3000, 3000).map(lambda count: T0 + count * MINUTE)
lengths = st.integers(1, 2000).map(lambda count: count * MINUTE)
fixeds = st.builds(lambda start, lasts: Fixed(start, start + lasts), moments, lengths)
flexibles = st.builds(
    lambda earliest, waits, lasts, begins: Flexible(
        earliest, earliest + waits, lasts, earliest + waits // MINUTE // 2 * MINUTE if begins else None
    ),
    moments,
    lengths,
    lengths,
    st.booleans(),
)
wishes = fixeds | flexibles.map(lambda rule: replace(rule, begun=None)) | recurrings
rules = fixeds | flexibles | recurrings
spans = st.builds(lambda start, lasts: Span(start, start + lasts), moments, lengths)
