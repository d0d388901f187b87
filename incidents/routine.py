"""Routine: what makes a habit of an office's switching its line off after hours, as one frozen value."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Routine:
    """What makes a habit: how often, how lately, and within which hours; docs/decisions/0010 has the why.

    It is one if the line went dark on *share* of the last *days* of a kind (workdays, Saturdays) and on
    *lately* of the last *recent*. The usual hours are the shortest that hold *core* of those times, each side
    longer by *slack* or by half of their length, whichever is more; together with those that hold *lately* of
    the recent times, so that a new season's hours are soon the usual ones, unless both would be too wide.
    """

    weeks: int = 8  # of the past that is looked at; 0: nothing is ever taken for a habit
    days: int = 30
    share: float = 0.6
    least: int = 7  # fewer days tell of no habit
    recent: int = 6
    lately: int = 4
    core: float = 2 / 3
    slack: timedelta = timedelta(minutes=20)
    widest: timedelta = timedelta(hours=3)  # hours that lie farther apart are no usual hours
