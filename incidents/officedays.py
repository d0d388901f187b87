"""Office days: which days offices work, and at what hour of which day something happened."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
NIGHT = timedelta(hours=3)  # an office day ends, and the next begins, when nobody is at work
SATURDAY = 5  # date.weekday()


class DayKind(StrEnum):
    """What kind of day it is to an office."""

    WORKDAY = "workday"
    SATURDAY = "saturday"
    RESTDAY = "restday"  # Sundays and holidays


@dataclass(frozen=True, slots=True)
class Calendar:
    """The civil days of *zone*: *off* are holidays, *on* days of a weekend that are worked in exchange."""

    zone: ZoneInfo
    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()

    def kind(self, day: date) -> DayKind:
        """Return what kind of day it is; one that is worked in exchange is a workday, whatever else it is."""
        if day in self.on:
            return DayKind.WORKDAY
        if day in self.off or day.weekday() > SATURDAY:
            return DayKind.RESTDAY
        return DayKind.SATURDAY if day.weekday() == SATURDAY else DayKind.WORKDAY

    def day(self, at: datetime) -> date:
        """Return the office day of *at*: what is left of an evening after midnight is of the day before."""
        return (self._wall(at) - NIGHT).date()

    def hour(self, at: datetime, day: date) -> timedelta:
        """Return how long after the midnight that *day* began with *at* is, by the clock on the wall."""
        return self._wall(at) - datetime.combine(day, time())

    def at(self, day: date, hour: timedelta) -> datetime:
        """Return the instant, in UTC, at which the clock on the wall is *hour* past *day*'s midnight."""
        return (datetime.combine(day, time()) + hour).replace(tzinfo=self.zone).astimezone(UTC)

    def _wall(self, at: datetime) -> datetime:
        return at.astimezone(self.zone).replace(tzinfo=None)
