"""A time to come as people type it: «30'», «2 tiếng», «1h30», «lúc 15:30», «9h 25/11»."""

import re
from datetime import UTC, date, datetime, time, timedelta

from locales.folding import fold

LATEST_LENGTH = 6  # «2h» is in two hours, «9h» is nine o'clock
_MINUTES = re.compile(r"(\d{1,3})\s?(?:'|’|p|phut|m)\s*$")
_HALF = re.compile(r"(?:(\d)\s?(?:h|g|gio|tieng)\s?ruoi|nua\s(?:gio|tieng))\s*$")
_HOURS = re.compile(r"(\d{1,2})\s?(h|g|gio|tieng)(?:\s?(\d{1,2})(?:\s?(?:'|p|phut))?)?\s*$")
_CLOCK = re.compile(
    r"(?:\bluc\s)?(\d{1,2})(?::|\s?(?:h|g|gio)\s?)(\d{2})?(?:\s(?:ngay\s)?(\d{1,2})[/-](\d{1,2}))?\s*$"
)


def ahead(words: str, now: datetime) -> datetime | None:
    """Return the time in UTC that the whole of *words*, said *now* in civil time, names; None for another."""
    plain = fold(words).removeprefix("den sau ").removeprefix("sau ").removeprefix("khoang ")
    span = _length(plain)
    return (now + span).astimezone(UTC) if span is not None else _clock(plain, now)


def _length(plain: str) -> timedelta | None:
    if found := _MINUTES.match(plain):
        return timedelta(minutes=int(found[1]))
    if found := _HALF.match(plain):
        return timedelta(hours=int(found[1] or 0), minutes=30)
    found = _HOURS.match(plain)
    if found is None or (int(found[1]) > LATEST_LENGTH and found[2] != "tieng"):
        return None
    return timedelta(hours=int(found[1]), minutes=int(found[3] or 0))


def _clock(plain: str, now: datetime) -> datetime | None:
    """Return the next such hour, or that of the day that is named."""
    found = _CLOCK.match(plain)
    if found is None:
        return None
    hour, minute, day, month = found.groups()
    try:
        on = date(now.year, int(month), int(day)) if day else now.date()
        at = datetime.combine(on, time(int(hour), int(minute or 0)), now.tzinfo)
    except ValueError:
        return None
    if at < now:
        at = at.replace(year=at.year + 1) if day and at < now - timedelta(days=180) else at
        at = at if day else datetime.combine(on + timedelta(days=1), at.time(), now.tzinfo)
    return at.astimezone(UTC)
