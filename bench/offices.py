"""Synthetic offices: how each keeps its hours, and the silences of its line that this and outages make."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from incidents.model import LineState
from incidents.officedays import DAY, Calendar, DayKind
from incidents.span import Span, merged
from incidents.summary import Turn

HOUR = timedelta(hours=1)
OUTAGES = 20 / 30  # a day, as bench/detect has them
SEASON = 60  # days until the hours move


@dataclass(frozen=True)
class Office:
    """Hours past midnight, each with its deviation; shares are of its evenings, or of its days."""

    name: str
    opens: tuple[float, float] = (7.1, 0.1)
    closes: tuple[float, float] = (17.4, 0.15)
    switches: float = 1.0  # of its evenings: it is switched off
    late: float = 0.0  # of its evenings: people stay until 18:30 to 21:30
    saturdays: float = 0.0  # of them: it works until noon
    troubles: float = 0.0  # of its evenings: the line is cut between 17:00 and 23:00, often until the morning
    moves: float = 0.0  # by so many hours everything comes later from the season's change on


OFFICES = (
    Office("regular"),
    Office("punctual", closes=(17.0, 0.05), opens=(7.0, 0.05)),
    Office("irregular", opens=(7.4, 0.4), closes=(17.5, 0.6)),
    Office("late some evenings", late=0.2),
    Office("off four of five", switches=0.8),
    Office("works on Saturdays", saturdays=1.0),
    Office("a Saturday in two", saturdays=0.5),
    Office("summer hours", moves=0.5),
    Office("off one of three", switches=0.33),
    Office("never off", switches=0.0),
    Office("never off, bad evenings", switches=0.0, troubles=0.3),
)


def past(
    office: Office, first: date, days: int, calendar: Calendar, random: Random
) -> list[tuple[Span, bool]]:
    """Return the silences of *days*, in order, and whether each began by the office's being switched off."""
    off = list(_nights(office, first, days, calendar, random))
    dark = [*off, *_outages(first, days, calendar, random), *_troubles(office, first, days, calendar, random)]
    starts = {span.start for span in off}
    return [(span, span.start in starts) for span in merged(dark)]


def turns(silences: list[Span], since: datetime) -> list[Turn]:
    """Return a line's states from *since* on, with these silences."""
    found = [Turn(1, since, LineState.UP)]
    for span in silences:
        found += [Turn(1, span.start, LineState.DOWN), Turn(1, span.end, LineState.UP)]
    return found


def _nights(office: Office, first: date, days: int, calendar: Calendar, random: Random) -> Iterator[Span]:
    left: datetime | None = None
    for index in range(days):
        day = first + index * DAY
        later = office.moves if index >= SEASON else 0.0
        short = calendar.kind(day) is DayKind.SATURDAY
        if calendar.kind(day) is DayKind.RESTDAY or (short and random.random() >= office.saturdays):
            continue
        if left is not None:
            yield Span(left, calendar.at(day, (random.gauss(*office.opens) + later) * HOUR))
            left = None
        closes = 11.6 if short else office.closes[0] + later
        if random.random() < office.late and not short:
            closes = random.uniform(18.5, 21.5)
        if random.random() < office.switches:
            left = calendar.at(day, random.gauss(closes, office.closes[1]) * HOUR)


def _outages(first: date, days: int, calendar: Calendar, random: Random) -> Iterator[Span]:
    at = calendar.at(first, timedelta())
    end = calendar.at(first + days * DAY, timedelta())
    while (at := at + random.expovariate(OUTAGES) * DAY) < end:
        minutes = min(random.lognormvariate(2.5, 1.2), 360)
        yield Span(at, at + timedelta(minutes=minutes))


def _troubles(office: Office, first: date, days: int, calendar: Calendar, random: Random) -> Iterator[Span]:
    for index in range(days):
        if random.random() < office.troubles:
            start = calendar.at(first + index * DAY, random.uniform(17, 23) * HOUR)
            lasts = random.uniform(8, 14) if random.random() < 0.5 else random.uniform(0.2, 4)
            yield Span(start, start + lasts * HOUR)
