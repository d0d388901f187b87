"""The night, in which an officer is told nothing that can wait."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class Quiet:
    """From one local hour to another, mostly across midnight; two that are the same make no night."""

    since: str = "22:00"
    until: str = "06:00"

    def __post_init__(self) -> None:
        for hour in (self.since, self.until):
            time.fromisoformat(hour)  # a ValueError says that it is no hour


def wakes(quiet: Quiet, local: datetime) -> datetime | None:
    """Return when the night ends that *local*, a time of the zone the hours are meant in, is in.

    None by day.
    """
    since, until = time.fromisoformat(quiet.since), time.fromisoformat(quiet.until)
    now = local.time()
    asleep = since <= now < until if since <= until else now >= since or now < until
    if not asleep:
        return None
    day = local.date() if now < until else local.date() + timedelta(days=1)
    return datetime.combine(day, until, local.tzinfo)
