"""After hours: when an office usually switches its line off, and until when that is no outage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import ceil

from incidents.nights import Mark, Nights
from incidents.officedays import DAY, Calendar, DayKind
from incidents.routine import Routine

LONGEST = 16  # days that an office may be shut, Tết and its weekends included
QUARTER = timedelta(
    minutes=15
)  # the return is asked for at a round hour, so that many late ones are told of as one


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual hours of something, past midnight, and on how many *of* the last days it *happened*."""

    earliest: timedelta
    latest: timedelta
    happened: int
    of: int


@dataclass(frozen=True, slots=True)
class Hours:
    """When a line is usually switched off, and on, by the kind of day."""

    off: Mapping[DayKind, Usual] = field(default_factory=dict)
    on: Mapping[DayKind, Usual] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Excuse:
    """Why a silence is no outage yet: it began within the *usual* hours, and is to be over by *until*."""

    until: datetime
    usual: Usual


def learn(past: Nights, calendar: Calendar, routine: Routine) -> Hours:
    """Return the usual hours that a line's nights tell of."""
    return Hours(_by_kind(past.evenings, calendar, routine), _by_kind(past.mornings, calendar, routine))


def expected_off(hours: Hours, since: datetime, at: datetime, calendar: Calendar) -> Excuse | None:
    """Return the excuse of a line that has been silent *since* then; None where that is not its habit.

    It holds until the line's usual hour on the next day on which it usually comes on.
    """
    day = calendar.day(since)
    usual = hours.off.get(calendar.kind(day))
    if usual is None or not usual.earliest <= calendar.hour(since, day) <= usual.latest:
        return None
    until = _return(hours, day, calendar)
    return None if until is None or until <= at else Excuse(until, usual)


def _return(hours: Hours, left: date, calendar: Calendar) -> datetime | None:
    days = (left + (1 + index) * DAY for index in range(LONGEST))
    known = ((day, hours.on.get(calendar.kind(day))) for day in days)
    return next(
        (calendar.at(day, ceil(usual.latest / QUARTER) * QUARTER) for day, usual in known if usual), None
    )


def _by_kind(marks: Sequence[Mark], calendar: Calendar, routine: Routine) -> dict[DayKind, Usual]:
    found = {}
    for kind in DayKind:
        own = [mark for mark in marks if calendar.kind(mark.day) is kind][-routine.days :]
        if (usual := _usual([mark.hour for mark in own], routine)) is not None:
            found[kind] = usual
    return found


def _usual(hours: Sequence[timedelta | None], routine: Routine) -> Usual | None:
    """Return the usual hours of what happened at *hours*, the last ones last; None where it is no habit."""
    happened = [hour for hour in hours if hour is not None]
    recent = [hour for hour in hours[-routine.recent :] if hour is not None]
    seldom = len(happened) < routine.share * len(hours) or len(recent) < routine.lately
    if len(hours) < routine.least or seldom:
        return None
    usual = _around(happened, ceil(routine.core * len(happened)), routine.slack)
    lately = _around(recent, routine.lately, routine.slack)  # the hours of a new season, soon
    both = min(usual[0], lately[0]), max(usual[1], lately[1])
    fitting = (each for each in (both, usual) if each[1] - each[0] <= routine.widest)
    if (found := next(fitting, None)) is None:
        return None
    return Usual(*found, len(happened), len(hours))


def _around(hours: Sequence[timedelta], many: int, slack: timedelta) -> tuple[timedelta, timedelta]:
    """Return the shortest time that holds so *many* of *hours*, half of its length longer on either side."""
    ordered = sorted(hours)
    start, end = min(zip(ordered, ordered[many - 1 :], strict=False), key=lambda span: span[1] - span[0])
    wider = max(slack, (end - start) / 2)
    return start - wider, end + wider
