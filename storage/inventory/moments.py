"""Days and hours as an office writes them in a sheet."""

import re
from datetime import date, time
from typing import Final

from storage.inventory.unexpected import UnexpectedError

DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
HOUR = re.compile(r"([0-9]{1,2})\s?(?:[:hg]\s?([0-9]{2})?(?::[0-9]{2})?)?", re.IGNORECASE)
MIDNIGHT: Final = (24, 0)  # as the end of a day is written


def day(value: str) -> date:
    """Take a day: 24/11/2026, 24-11-2026 or 2026-11-24."""
    if found := DAY.fullmatch(value):
        last, month, year = map(int, found.groups())
    elif found := ISO.fullmatch(value):
        year, month, last = map(int, found.groups())
    else:
        raise UnexpectedError("a day such as 24/11/2026")
    try:
        return date(year, month, last)
    except ValueError:
        raise UnexpectedError("a day of the calendar such as 24/11/2026") from None


def hour(value: str) -> time:
    """Take an hour of the day: 07:30, 7h30 or 7h; 24:00 is midnight."""
    found = HOUR.fullmatch(value)
    if found is None:
        raise UnexpectedError("an hour such as 07:30")
    said = int(found[1]), int(found[2] or 0)
    try:
        return time() if said == MIDNIGHT else time(*said)
    except ValueError:
        raise UnexpectedError("an hour from 00:00 to 24:00") from None
