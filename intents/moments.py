"""The times a message speaks of: since when something has been so, or the span of what is to come."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from intents.tokens import Word

# Days by how far they are from today; parts of a day by the hour they begin.
DAYS = {
    "hom kia": -2,
    "hom qua": -1,
    "toi qua": -1,
    "dem qua": -1,
    "chieu qua": -1,
    "sang qua": -1,
    "trua qua": -1,
}
DAYS |= {"mai": 1, "ngay kia": 2, "ngay mot": 2}
PARTS = {"sang": 7, "trua": 11, "chieu": 13, "toi": 18, "dem": 22}
NOON = 12
_HOUR = r"(\d{1,2})\s?(?:gio|h|g|:)\s?(\d{1,2})?"
_CLOCK = re.compile(rf"(?<!\d){_HOUR}(?![\d])(?:\s?(?:phut|p))?(?:\s?(sang|trua|chieu|toi|dem))?")
_LENGTH = re.compile(r"(\d{1,3})\s?(phut|p|tieng|ngay)\b(?:\s(?:dong ho|roi|nay|truoc|qua))*")
_LENGTHS = {
    "phut": timedelta(minutes=1),
    "p": timedelta(minutes=1),
    "tieng": timedelta(hours=1),
    "ngay": timedelta(days=1),
}
_DATE = re.compile(r"(?:ngay|hom|mung)?\s?(?<!\d)(\d{1,2})\s?[/-]\s?(\d{1,2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Moments:
    """Since when something has been so; from when until when something is to be. None: not said."""

    since: datetime | None = None
    begins: datetime | None = None
    ends: datetime | None = None


NO_MOMENTS = Moments()


def moments_in(words: Sequence[Word], at: datetime | None) -> Moments:
    """Return the times that *words*, written *at* (civil time), speak of; without *at* none can be told."""
    if at is None:
        return NO_MOMENTS
    text = " ".join(word.plain for word in words)
    clocks = list(_clocks(text, _day(text, at), at))
    if len(clocks) > 1 and clocks[0] < clocks[1]:
        return Moments(begins=clocks[0], ends=clocks[1])
    if clocks:
        return Moments(since=clocks[0]) if clocks[0] <= at else Moments(begins=clocks[0])
    if lasted := _LENGTH.search(text):
        return Moments(since=at - int(lasted[1]) * _LENGTHS[lasted[2]])
    return _part(text, at)


def _clocks(text: str, day: date, at: datetime) -> Iterator[datetime]:
    for hour, minute, part in _CLOCK.findall(text):
        shifted = int(hour) + (NOON if part in ("chieu", "toi") and int(hour) < NOON else 0)
        if shifted < 24 and int(minute or 0) < 60:
            yield datetime.combine(day, time(shifted, int(minute or 0)), at.tzinfo)


def _day(text: str, at: datetime) -> date:
    for said, days in DAYS.items():
        if re.search(rf"\b{said}\b", text):
            return (at + timedelta(days=days)).date()
    if written := _DATE.search(text):
        try:
            day = date(at.year, int(written[2]), int(written[1]))
        except ValueError:
            return at.date()
        return day if day >= at.date() - timedelta(days=180) else day.replace(year=at.year + 1)
    return at.date()


def _part(text: str, at: datetime) -> Moments:
    """Return «tối qua», «từ sáng», «sáng mai» as the beginning of that part of the day."""
    for part, hour in PARTS.items():
        if re.search(rf"\b(?:{part} (?:nay|qua|mai)|tu {part}|hoi {part}|{part} hom qua)\b", text):
            moment = datetime.combine(_day(text, at), time(hour), at.tzinfo)
            return Moments(since=moment) if moment <= at else Moments(begins=moment)
    day = _day(text, at)
    if day == at.date():
        return NO_MOMENTS
    moment = datetime.combine(day, time(), at.tzinfo)
    return Moments(since=moment) if moment <= at else Moments(begins=moment)
