"""Whether a channel flaps, by Nagios' weighing of its last states: a restless line is told of once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

OLDEST, NEWEST = 0.75, 1.25  # what a change weighs, by its age
MINUTE: Final = 60


@dataclass(frozen=True, slots=True)
class Flapping:
    """From which share of changed minutes on a channel flaps, and when it no longer does.

    *states* are looked at, one a minute.
    """

    start: float = 0.30
    stop: float = 0.20
    states: int = 21

    def __post_init__(self) -> None:
        if not 0 <= self.stop < self.start <= 1 or self.states < 3:
            raise ValueError("expected 0 <= stop < start <= 1 and 3 states or more")


def restlessness(changes: Iterable[datetime], at: datetime, rule: Flapping) -> float:
    """Return the weighed share, from 0 to 1, of the minutes up to *at* in which the channel's state changed.

    Between 21 states lie 20 minutes. One with a change counts once, however often the state changed in it.
    A change now weighs 1.25, one that is about to be forgotten 0.75: the curve of Nagios' flap detection.
    """
    minutes = rule.states - 1
    ages = {_minute(at) - _minute(change) for change in changes}
    return sum(_weight(age, minutes) for age in ages if 0 <= age < minutes) / minutes


def flaps(changes: Iterable[datetime], at: datetime, rule: Flapping, *, present: bool) -> bool:
    """Return whether the channel flaps at *at*; between the two thresholds it stays as *present* says."""
    share = restlessness(changes, at, rule)
    return share > rule.stop if present else share >= rule.start


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // MINUTE


def _weight(age: int, minutes: int) -> float:
    return NEWEST - (NEWEST - OLDEST) * age / (minutes - 1)
