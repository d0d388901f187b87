"""A time to come as people type it: «30'», «2 tiếng», «1h30», «lúc 15:30», «9h 25/11»."""

import re
from datetime import UTC, date, datetime, time, timedelta

from locales.folding import fold

LATEST_LENGTH = 6  # «2h» is in two hours, «9h» is nine o'clock
HALF_A_YEAR = timedelta(days=180)
_LEADING = re.compile(r"^(?:(?:den|sau|khoang|trong)\s)+")
_MINUTES = re.compile(r"(\d{1,3})\s?(?:'|’|p|phut|m)")
_HALF = re.compile(r"(?:(\d)\s?(?:h|g|gio|tieng)\s?ruoi|nua\s(?:gio|tieng))")
_HOURS = re.compile(r"(\d{1,2})\s?(h|g|gio|tieng)(?:\s?(\d{1,2})(?:\s?(?:'|p|phut))?)?")
_CLOCK = re.compile(
    r"(?:\bluc\s)?(\d{1,2})(?::|\s?(?:h|g|gio)\s?)(\d{2})?(?:\s(?:ngay\s)?(\d{1,2})[/-](\d{1,2}))?"
)


def ahead(words: str, now: datetime) -> datetime | None:
    """Return the time in UTC that the whole of *words*, said *now* in civil time, names; None for another."""
    plain = _LEADING.sub("", fold(words)).removesuffix(" nua")
    span = _length(plain)
    at = _clock(plain, now) if span is None else now + span
    return None if at is None else at.astimezone(UTC)


def _length(plain: str) -> timedelta | None:
    if found := _MINUTES.fullmatch(plain):
        return timedelta(minutes=int(found[1]))
    if found := _HALF.fullmatch(plain):
        return timedelta(hours=int(found[1] or 0), minutes=30)
    found = _HOURS.fullmatch(plain)
    if found is None or (int(found[1]) > LATEST_LENGTH and found[2] != "tieng"):
        return None
    return timedelta(hours=int(found[1]), minutes=int(found[3] or 0))


def _clock(plain: str, now: datetime) -> datetime | None:
    """Return the next such hour, or that of the day that is named."""
    found = _CLOCK.fullmatch(plain)
    if found is None:
        return None
    hour, minute, day, month = found.groups()
    try:
        at = time(int(hour), int(minute or 0), tzinfo=now.tzinfo)
        on = _day(int(day), int(month), now.date()) if day else now.date()
    except ValueError:
        return None
    found_at = datetime.combine(on, at)
    return found_at if day or found_at >= now else datetime.combine(on + timedelta(days=1), at)


def _day(day: int, month: int, today: date) -> date:
    """Return the day of this year, or of the next where the year ends before it."""
    found = date(today.year, month, day)
    return found if today - found < HALF_A_YEAR else found.replace(year=today.year + 1)
