"""Office days: the calendar the desk goes by, of the country's holidays and what was decreed beside them."""

import asyncio
from datetime import date
from functools import cache
from typing import Any

from incidents.officedays import Calendar
from incidents.span import Span
from operations.desk import Act


async def calendar_over(act: Act, asked: Span) -> Calendar:
    """Return the calendar of every year that *asked* touches; what was decreed goes before the holidays."""
    years = range(asked.start.year, asked.end.year + 1)
    known = [await asyncio.to_thread(holidays_of, year) for year in years]
    decreed_off, decreed_on = frozenset(act.policies.days_off), frozenset(act.policies.days_on)
    off = frozenset().union(*(holidays for holidays, _ in known))
    on = frozenset().union(*(exchanged for _, exchanged in known))
    return Calendar(act.zone, (off - decreed_on) | decreed_off, (on - decreed_off) | decreed_on)


async def named_holidays(act: Act, asked: Span) -> dict[date, str]:
    """Return what the country's holidays of every year that *asked* touches are called there."""
    years = range(asked.start.year, asked.end.year + 1)
    known = [await asyncio.to_thread(_names_of, year) for year in years]
    off = (await calendar_over(act, asked)).off
    return {day: name for names in known for day, name in names.items() if day in off}


@cache
def holidays_of(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Return Viet Nam's holidays of *year*, and the days of its weekends that are worked in exchange."""
    found = _vietnam(year)
    return frozenset(found), frozenset(found.weekend_workdays)


@cache
def _names_of(year: int) -> dict[date, str]:
    return dict(_vietnam(year).items())


def _vietnam(year: int) -> Any:
    from holidays.countries.vietnam import Vietnam  # a tenth of a second and 11 MB, when first asked for

    return Vietnam(years=year, language="vi")  # type: ignore[no-untyped-call]
