"""When a vigil is to be, as typed in chat, «Võ Nhai từ 18:00 đến 22:00 25/11», and the words before it."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from incidents.span import Span
from locales.folding import fold

DAY = timedelta(days=1)
_HOUR = r"(\d{1,2})(?::(\d{2})|\s?[hg](?:\s?(\d{2}))?)"
_DAY = r"(?:\s+(?:ngay\s+)?(\d{1,2})[/-](\d{1,2})(?:[/-]\d{4})?)?"
_FROM = rf"(?:\b(?:tu\s+)?{_HOUR}{_DAY}\s*(?:-|\bden\b|\btoi\b)\s*|\b(?:den|toi)\s+)"
_SPAN = re.compile(rf"{_FROM}{_HOUR}{_DAY}")


def span_in(words: str, at: datetime, zone: ZoneInfo) -> tuple[str, Span] | None:
    """Return the words before the time, folded, and the time in UTC; None without an end, or of no such hour.

    Without a start it begins *at*; without a day the end is the next such hour.
    """
    plain = fold(words)
    found = find_span(plain, at, zone)
    if found is None or plain[found[1] :].strip():
        return None
    return plain[: found[0]].strip(), found[2]


def find_span(plain: str, at: datetime, zone: ZoneInfo) -> tuple[int, int, Span] | None:
    """Return where in folded words the time begins and ends, and the time, as ``span_in`` reads it."""
    found = _SPAN.search(plain)
    if found is None:
        return None
    now = at.astimezone(zone)
    first, last = found.groups()[:5], found.groups()[5:]
    try:
        start = (
            now
            if first[0] is None
            else _moment(first, _day(first, now) or _day(last, now) or now.date(), zone)
        )
        day = _day(last, now)
        end = _moment(last, day or start.date(), zone)
    except ValueError:
        return None
    if day is None and end <= start:
        end = (end.replace(tzinfo=None) + DAY).replace(tzinfo=zone)
    elif end <= start and first[0] is not None and _day(first, now) is None:  # the night before that day
        start = (start.replace(tzinfo=None) - DAY).replace(tzinfo=zone)
    return found.start(), found.end(), Span(start.astimezone(UTC), end.astimezone(UTC))


def _moment(said: tuple[str | None, ...], day: date, zone: ZoneInfo) -> datetime:
    hour, minute, other, *_ = said
    return datetime.combine(day, time(int(hour or 0), int(minute or other or 0)), zone)


def _day(said: tuple[str | None, ...], now: datetime) -> date | None:
    """Return the day that was said: of this year or, if that is long past, of the next."""
    *_, day, month = said
    if day is None or month is None:
        return None
    found = date(now.year, int(month), int(day))
    return found if now.date() - found < 180 * DAY else found.replace(year=now.year + 1)
