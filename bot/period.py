"""What is wanted of a window, as typed in chat: «Thần Xa, Võ Nhai từ 22:00 đến 02:00: thay tủ quang»."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.until import find_span
from incidents.maintenance import Fixed, Rule
from incidents.recurrence import LAST, MonthDays, NthWeekday, Recurring, Weekdays
from locales.folding import fold, tidy

DAY = timedelta(days=1)
EVERY_DAY = frozenset(range(7))
ORDINALS = {"dau": 1, "cuoi": LAST}

_WEEKDAY = r"(?:thu\s?[2-7]|t[2-7]|chu nhat|cn)"
_LIST = r"(?:\s*(?:,|va)\s*|\s+)"
_HOUR = r"(\d{1,2})(?::(\d{2})|\s?[hg](?:io)?(?:\s?(\d{2}))?)"
_HOURS = rf"(?:tu\s+|luc\s+)?{_HOUR}\s*(?:-|den\s|toi\s)\s*{_HOUR}"
_UNTIL = r"(?:\s+(?:den\s+)?het\s+(?:ngay\s+)?(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}))?)?"
_RECURRING = re.compile(
    rf"\b(?:(?P<weekdays>{_WEEKDAY}(?:{_LIST}{_WEEKDAY})*)\s+(?:hang|moi)\s+tuan"
    rf"|(?P<weekday>{_WEEKDAY})\s+(?P<nth>dau|cuoi)\s+(?:(?:hang|moi)\s+)?thang"
    rf"|ngay\s+(?P<days>\d{{1,2}}(?:{_LIST}\d{{1,2}})*)\s+(?:hang|moi)\s+thang"
    rf"|(?P<daily>(?:hang|moi)\s+ngay))\s+(?P<hours>{_HOURS}){_UNTIL}"
)
_LENGTH = re.compile(
    r"\b(?:ngay\s+|bay gio\s+)?(?:trong\s+)?(?:(\d{1,2})\s?ngay\b\s*)?"
    r"(?:(\d{1,3})\s?(?:h|g|gio|tieng)(?:\s?(\d{1,2})(?!\d))?\b\s*)?(?:(\d{1,4})\s?(?:phut|p\b|'))?"
)
_WHY = re.compile(r"^(?:l[ýy] do|vì|do|để)\b\s*:?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: *names* of what is covered, when (None: no end was given), and why ("" if not said)."""

    names: tuple[str, ...]
    rule: Rule | None
    reason: str


def typed(words: str, at: datetime, zone: ZoneInfo) -> Typed:
    """Return what *words*, typed *at*, want; times are of *zone*. A time is followed by the reason."""
    said = tidy(words).split()
    plain = [fold(each) for each in said]
    text = " ".join(plain)
    start, end, rule = _when(text, at, zone)
    names, reason = said[: _token(plain, start)], said[_token(plain, end) :]
    if rule is None:
        names, reason = _parted(said)
    return Typed(_listed(" ".join(names)), rule, _reason(" ".join(reason)))


def _when(text: str, at: datetime, zone: ZoneInfo) -> tuple[int, int, Rule | None]:
    """Return where in the folded *text* the time begins and ends, and the rule it gives."""
    if found := _RECURRING.search(text):
        rule = _recurring(found, at, zone)
        return found.start(), found.end(), rule
    if (span := find_span(text, at, zone)) is not None:
        start, end, asked = span
        return start, end, Fixed(asked.start, asked.end)
    for found in _LENGTH.finditer(text):
        if lasts := _length(found):
            return found.start(), found.end(), Fixed(at, at + lasts)
    return len(text), len(text), None


def _token(plain: list[str], offset: int) -> int:
    """Return the index of the first word that begins at *offset* of the joined text, or later."""
    begins = 0
    for index, each in enumerate(plain):
        if begins >= offset:
            return index
        begins += len(each) + 1
    return len(plain)


def _parted(said: list[str]) -> tuple[list[str], list[str]]:
    """Part words without a time at the first colon."""
    colon = next((index for index, each in enumerate(said) if each.endswith(":")), len(said))
    return said[: colon + 1], said[colon + 1 :]


def _listed(names: str) -> tuple[str, ...]:
    parts = re.split(r"[,;]|\s+và\s+", names)
    return tuple(name for each in parts if (name := each.strip(" :-–.")))


def _reason(said: str) -> str:
    return _WHY.sub("", said.strip(" :,;-–.")).strip()


def _length(found: re.Match[str]) -> timedelta:
    days, hours, minutes, more = (int(each or 0) for each in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes + more)


def _recurring(found: re.Match[str], at: datetime, zone: ZoneInfo) -> Rule | None:
    *_, h1, m1, n1, h2, m2, n2, day, month, year = found.groups()
    today = at.astimezone(zone).date()
    try:
        first, last = time(int(h1), int(m1 or n1 or 0)), time(int(h2), int(m2 or n2 or 0))
        until = _day(day, month, year, today)
    except ValueError:
        return None
    begins = datetime.combine(date.min, first)
    lasts = (datetime.combine(date.min, last) - begins) % DAY or DAY
    return Recurring(_days(found), first, lasts, zone, today, until)


def _day(day: str | None, month: str | None, year: str | None, today: date) -> date | None:
    if day is None or month is None:
        return None
    found = date(int(year or today.year), int(month), int(day))
    return found if year or found >= today else found.replace(year=today.year + 1)


def _days(found: re.Match[str]) -> Weekdays | MonthDays | NthWeekday:
    if found["weekdays"]:
        return Weekdays(frozenset(map(_weekday, re.findall(_WEEKDAY, found["weekdays"]))))
    if found["weekday"]:
        return NthWeekday(ORDINALS[found["nth"]], _weekday(found["weekday"]))
    if found["days"]:
        return MonthDays(frozenset(map(int, re.findall(r"\d+", found["days"]))))
    return Weekdays(EVERY_DAY)


def _weekday(said: str) -> int:
    """Return «thu 2», «t2» as 0, «chu nhat», «cn» as 6."""
    return int(said[-1]) - 2 if said[-1].isdigit() else 6
