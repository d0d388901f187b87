"""Office days: the calendar the desk goes by, of the country's holidays and what was decreed beside them."""

import asyncio
from datetime import date
from functools import cache

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


@cache
def holidays_of(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Return Viet Nam's holidays of *year*, and the days of its weekends that are worked in exchange."""
    from holidays.countries.vietnam import Vietnam  # a tenth of a second and 11 MB, when first asked for

    found = Vietnam(years=year)  # type: ignore[no-untyped-call]
    return frozenset(found), frozenset(found.weekend_workdays)
