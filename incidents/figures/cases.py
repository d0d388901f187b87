"""Cases: incidents as reports count them, with what each took and which promises it kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from incidents.model import Cause, Severity
from incidents.owed import Owed


@dataclass(frozen=True, slots=True)
class Times:
    """What an incident took, each step from the one before; None where the step was not taken.

    *detect*, *acknowledge* and *assign* are ours; *accept*, *arrive* and *restore*, without the pauses, are
    the carrier's: *restore* is all of its time from the assignment on. *lasted* is the whole outage as the
    unit lived it.
    """

    detect: timedelta | None = None
    acknowledge: timedelta | None = None
    assign: timedelta | None = None
    accept: timedelta | None = None
    arrive: timedelta | None = None
    restore: timedelta | None = None
    lasted: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Clocks:
    """An incident's time by whose clock ran: ours, none, or the carrier's; the three add up.

    *agreed* is the carrier's time as two of the desk agreed on it after an objection; None without one.
    """

    ours: timedelta = timedelta()
    paused: timedelta = timedelta()
    carrier: timedelta = timedelta()
    agreed: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise that has come to its end: what was owed, when it was done, if it was, and by whose team.

    *by* is the hour at which it was broken; None where it was kept. *team* is None where it was the desk's.
    """

    owed: Owed
    by: datetime | None
    done: datetime | None
    team: int | None = None

    @property
    def missed(self) -> bool:
        """Whether it was done late, or not at all."""
        return self.by is not None

    @property
    def late(self) -> timedelta | None:
        """By how much it was late; None where it was kept, or is still not done."""
        return None if self.by is None or self.done is None else max(self.done - self.by, timedelta())


@dataclass(frozen=True, slots=True)
class Case:
    """An incident of lines that did not become a part of another, counted where and when it was opened.

    *began* is when the line fell silent, None for a report over a good line. *channels* are those it took in,
    *root* the one it began with.
    """

    id: int
    unit: int
    opened: datetime
    began: datetime | None = None
    recovered: datetime | None = None
    closed: datetime | None = None
    root: int | None = None
    channels: frozenset[int] = frozenset()
    severity: Severity = Severity.MEDIUM
    cause: Cause | None = None  # None: «chưa rõ», a cause of its own
    team: int | None = None
    times: Times = Times()
    clocks: Clocks = Clocks()
    promises: tuple[Kept, ...] = ()
    disputed: bool = False  # the carrier objected to a finding
