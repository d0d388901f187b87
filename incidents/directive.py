"""A leader's directive: until the desk has reported on it, it is called for again and again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

DOUBLINGS = 8  # of a pause: by then it is the longest there is


@dataclass(frozen=True, slots=True)
class Directing:
    """When a report on a directive is due, and how often the desk is called for it."""

    due: timedelta = timedelta(hours=2)  # where the leader named no hour
    receive: timedelta = timedelta(minutes=10)  # nobody has taken it in: it rings again
    again: timedelta = timedelta(minutes=30)  # overdue: it rings again
    rarest: timedelta = timedelta(hours=4)  # each pause is twice the last one, up to this

    def __post_init__(self) -> None:
        shortest = min(self.due, self.receive, self.again)
        if shortest <= timedelta() or self.rarest < max(self.receive, self.again):
            raise ValueError("expected times above 0, and the rarest call no oftener than the others")


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive as it stands; *rung* calls since it was given, or received, the last one at *last*."""

    given: datetime
    due: datetime
    received: datetime | None = None
    answered: datetime | None = None
    rung: int = 0
    last: datetime | None = None


def next_ring(directive: Directive, rule: Directing) -> datetime | None:
    """Return when the desk is to be called next; None once it has reported.

    What nobody has received rings soon; what somebody has, at the hour it is due; both go on, ever more
    rarely, until there is a report.
    """
    if directive.answered is not None:
        return None
    since = directive.last or directive.received or directive.given
    pause = rule.receive if directive.received is None else rule.again
    doubled: timedelta = pause * 2 ** min(directive.rung, DOUBLINGS)
    again = since + min(doubled, rule.rarest)
    if since >= directive.due:
        return again
    return directive.due if directive.received is not None else min(again, directive.due)
