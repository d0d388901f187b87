"""A line's past nights: when it fell silent for the night, and when it came on in the morning."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from incidents.model import LineState
from incidents.officedays import DAY, NIGHT, Calendar
from incidents.span import Span
from incidents.summary import Turn

NOON = timedelta(hours=12)


class Mark(NamedTuple):
    """The hour past its midnight at which something happened on an office day; None: it did not happen."""

    day: date
    hour: timedelta | None


@dataclass(frozen=True, slots=True)
class Nights:
    """A line's past, in the order of the days.

    *evenings* has the days on which it was on: the hour at which it fell silent for the night, None where it
    stayed on. *mornings* has the days that began in silence: the hour at which it came on, None where it did
    not on that day.
    """

    evenings: tuple[Mark, ...] = ()
    mornings: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Silence:
    """A time without an answer; *seen*: we saw it begin and end, and nothing else explains it."""

    span: Span
    seen: bool


def nights(turns: Sequence[Turn], asked: Span, calendar: Calendar, apart: Sequence[Span] = ()) -> Nights:
    """Return the nights of one line within *asked*, from its *turns* in order.

    A silence that meets a span of *apart* (works, a storm, an outage whose cause is known) tells nothing, nor
    does an evening that meets one, nor what we did not see.
    """
    silences = _silences(turns, asked, apart)
    starts = [each.span.start for each in silences]
    evenings, mornings = [], []
    for day in _days(turns, asked, calendar):
        first, last = (_at(silences, starts, calendar, each) for each in (day, day + DAY))
        if first is not None and first.seen:
            hour = None if first is last else calendar.hour(first.span.end, day)
            mornings.append(Mark(day, hour))
        if first is not None and first is last:
            continue  # nobody was there
        evening = Span(calendar.at(day, NOON), calendar.at(day + DAY, NIGHT))
        if last is None and not any(each.meets(evening) for each in apart):
            evenings.append(Mark(day, None))
        elif last is not None and last.seen:
            evenings.append(Mark(day, calendar.hour(last.span.start, day)))
    return Nights(tuple(evenings), tuple(mornings))


def _silences(turns: Sequence[Turn], asked: Span, apart: Sequence[Span]) -> list[_Silence]:
    runs = [list(run) for _, run in groupby(turns, key=lambda turn: turn.state is LineState.UP)]
    found = []
    for index, run in enumerate(runs):
        if run[0].state is LineState.UP:
            continue
        until = runs[index + 1][0].since if index + 1 < len(runs) else asked.end
        span = Span(run[0].since, until)
        itself = run[0].state is run[-1].state is LineState.DOWN  # blind between them, perhaps
        seen = index > 0 and itself and not any(each.meets(span) for each in apart)
        found.append(_Silence(span, seen))
    return found


def _days(turns: Sequence[Turn], asked: Span, calendar: Calendar) -> Iterator[date]:
    """Yield the office days that lie wholly in *asked* and in what is known of the line."""
    if not turns:
        return
    day = calendar.day(max(asked.start, turns[0].since)) + DAY
    while day < calendar.day(asked.end):
        yield day
        day += DAY


def _at(
    silences: Sequence[_Silence], starts: Sequence[object], calendar: Calendar, day: date
) -> _Silence | None:
    """Return the silence that *day* began in, or None."""
    dawn = calendar.at(day, NIGHT)
    index = bisect_right(starts, dawn) - 1  # type: ignore[type-var]
    return silences[index] if index >= 0 and dawn in silences[index].span else None
