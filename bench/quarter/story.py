"""The story of a quarter: which lines are out when and why, the same in every run; all of it is made up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from incidents.model import Cause
from incidents.officedays import Calendar, DayKind
from incidents.span import Span
from incidents.wide import Scope
from storage.directory import Directory

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
SEED = 2026
FAULTS = 9.0  # a day
SHUT = 0.6  # of the communes are switched off in the evening
STORMS = (9, 38, 39, 71)  # days of the quarter
CUT = 52  # the day on which an excavator finds the cable of a district
BLIND = (23, 66)
CAUSES: Sequence[tuple[Cause | None, float]] = (
    (Cause.POWER, 0.38),
    (None, 0.22),
    (Cause.FIBRE_CUT, 0.14),
    (Cause.DEVICE, 0.13),
    (Cause.CORE, 0.05),
    (Cause.CONFIGURATION, 0.04),
    (Cause.LIGHTNING, 0.03),
    (Cause.MOVE, 0.01),
)


@dataclass(frozen=True, slots=True)
class Outage:
    """Lines that are out from one time to another, as one ticket has them."""

    channels: tuple[int, ...]
    span: Span
    cause: Cause | None
    scope: Scope | None = None  # of one that many lines share
    of: int | None = None
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """All that happens to the lines."""

    outages: tuple[Outage, ...]
    shut: tuple[tuple[int, Span], ...]  # a channel whose office is shut
    blind: tuple[Span, ...]
    works: tuple[tuple[int, Span], ...]  # a unit with all below it


def tell(directory: Directory, first: date, days: int, calendar: Calendar) -> Story:
    """Return what happens to the inventory's lines in so many days from *first* on."""
    random = Random(SEED)
    districts = _districts(directory)
    leaves = sorted(id_ for id_ in directory.live_channels if not directory.behind(id_))
    found: list[Outage] = []
    for day in range(days):
        found += _faults(random, leaves, first + day * DAY)
        if day % 90 in STORMS:
            found += _storm(random, districts, first + day * DAY)
        if day % 90 == CUT:
            found.append(_cable(districts, first + day * DAY))
    works = tuple(_works(random, sorted(districts), first, days))
    found += [_under(random, districts[unit], span) for unit, span in works]
    return Story(
        tuple(_apart(found)),
        tuple(_shut(random, leaves, first, days, calendar)),
        tuple(_at(first + day * DAY, 14 * HOUR, 20 * MINUTE) for day in range(days) if day % 90 in BLIND),
        works,
    )


def _faults(random: Random, leaves: Sequence[int], day: date) -> Iterator[Outage]:
    causes, weights = zip(*CAUSES, strict=True)
    for _ in range(round(random.gauss(FAULTS, 2))):
        line = leaves[int(len(leaves) * random.random() ** 1.6)]  # some fail again and again
        lasts = min(random.lognormvariate(3.7, 1.1), 1800) * MINUTE
        yield Outage(
            (line,), _at(day, random.uniform(6, 23) * HOUR, lasts), random.choices(causes, weights)[0]
        )


def _storm(random: Random, districts: Mapping[int, Sequence[int]], day: date) -> Iterator[Outage]:
    for district in random.sample(sorted(districts), 3):
        lines = districts[district]
        some = tuple(sorted(random.sample(lines, len(lines) * 2 // 3)))
        span = _at(day, random.uniform(15, 18) * HOUR, random.uniform(2, 11) * HOUR)
        yield Outage(some, span, Cause.POWER, Scope.AREA, district)


def _cable(districts: Mapping[int, Sequence[int]], day: date) -> Outage:
    district = max(districts, key=lambda each: len(districts[each]))
    span = _at(day, 9.4 * HOUR, 11.5 * HOUR)
    return Outage(tuple(districts[district]), span, Cause.FIBRE_CUT, Scope.AREA, district, disputed=True)


def _works(random: Random, districts: Sequence[int], first: date, days: int) -> Iterator[tuple[int, Span]]:
    for day in (first + index * DAY for index in range(days)):
        if day.weekday() == 6:
            yield random.choice(districts), _at(day, HOUR, 2 * HOUR)


def _under(random: Random, lines: Sequence[int], works: Span) -> Outage:
    """Return what the works of a night do to a line; the last ones overrun."""
    lasts = random.uniform(20, 130) * MINUTE
    start = works.start + 5 * MINUTE
    return Outage((random.choice(lines),), Span(start, start + lasts), Cause.CORE)


def _shut(
    random: Random, leaves: Sequence[int], first: date, days: int, calendar: Calendar
) -> Iterator[tuple[int, Span]]:
    for line in leaves:
        if random.random() > SHUT:
            continue
        evening, morning = random.uniform(17.1, 18.4), random.uniform(6.8, 7.5)
        off: datetime | None = None
        for day in (first + index * DAY for index in range(days)):
            if calendar.kind(day) is not DayKind.WORKDAY:
                continue
            if off is not None:
                yield line, Span(off, _at(day, random.gauss(morning, 0.1) * HOUR, HOUR).start)
            off = _at(day, random.gauss(evening, 0.1) * HOUR, HOUR).start


def _districts(directory: Directory) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for id_, channel in sorted(directory.live_channels.items()):
        area = directory.counted_under(channel.unit_id)
        if area is not None and area.id is not None:
            found.setdefault(area.id, []).append(id_)
    return found


def _apart(outages: Sequence[Outage]) -> Iterator[Outage]:
    """Yield the outages in order, but none of a line that is out already."""
    until: dict[int, datetime] = {}
    for outage in sorted(outages, key=lambda each: each.span.start):
        free = tuple(
            each for each in outage.channels if until.get(each, outage.span.start) <= outage.span.start
        )
        if len(free) == len(outage.channels):
            until |= dict.fromkeys(free, outage.span.end + 5 * MINUTE)
            yield outage


def _at(day: date, hour: timedelta, lasts: timedelta) -> Span:
    start = (datetime.combine(day, time(), ZONE) + hour).astimezone(UTC)
    return Span(start, start + lasts)
