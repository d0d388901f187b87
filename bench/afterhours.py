"""After hours: how well the habit of switching off is told from outages, on months of synthetic offices."""

import json
import sys
from collections import Counter
from datetime import date, timedelta
from random import Random
from statistics import median
from zoneinfo import ZoneInfo

from bench.offices import OFFICES, Office, past, turns
from incidents.afterhours import expected_off, learn
from incidents.nights import nights
from incidents.officedays import Calendar
from incidents.routine import Routine
from incidents.span import Span
from operations.officedays import holidays_of

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST = date(2025, 12, 1)  # Tết 2026 is in it
DAYS = 120
WARM = timedelta(days=21)  # evenings from then on are counted
EVENING = range(16, 23)


def lived(
    office: Office, calendar: Calendar, routine: Routine, random: Random
) -> tuple[Counter[str], int | None]:
    """Return what became of each silence of one office, and the days until its habit was first known."""
    counts: Counter[str] = Counter()
    known = None
    silences = past(office, FIRST, DAYS, calendar, random)
    start = calendar.at(FIRST, timedelta())
    for index, (span, switched) in enumerate(silences):
        before = turns([each for each, _ in silences[:index]], start)
        asked = Span(max(start, span.start - routine.weeks * timedelta(weeks=1)), span.start)
        hours = learn(nights(before, asked, calendar), calendar, routine)
        excuse = expected_off(hours, span.start, span.start, calendar)
        if switched and excuse and known is None:
            known = (span.start - start).days
        if span.start - start >= WARM:
            evening = span.start.astimezone(ZONE).hour in EVENING
            counts.update(_kinds(span, evening, switched, excuse.until if excuse else None))
    return counts, known


def _kinds(span: Span, evening: bool, switched: bool, until) -> list[str]:
    if switched:
        late = ["late"] if until and span.end > until else []
        return ["night", *late] if until else ["night", "rung"]
    hidden = ["hidden"] if until else []
    return ["outage", *(["evening"] if evening else []), *hidden]


def measure(office: Office, calendar: Calendar, routine: Routine, times: int) -> dict[str, object]:
    """Return the figures of *times* such offices."""
    total: Counter[str] = Counter()
    known = []
    for seed in range(times):
        counts, first = lived(office, calendar, routine, Random(seed))
        total += counts
        known.append(first)
    months = times * (DAYS - WARM.days) / 30
    found = [each for each in known if each is not None]
    return {
        "known_after_days": median(found) if len(found) * 2 > times else None,
        "rung_a_month": round(total["rung"] / months, 2),
        "late_a_month": round(total["late"] / months, 2),
        "nights_a_month": round(total["night"] / months, 1),
        "outages": total["outage"],
        "hidden": total["hidden"],
        "evening": total["evening"],
    }


def main() -> None:
    """Run and print; the last line is JSON."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    years = [holidays_of(year) for year in (2025, 2026)]
    calendar = Calendar(ZONE, *(frozenset().union(*days) for days in zip(*years, strict=True)))
    told = {each.name: measure(each, calendar, Routine(), times) for each in OFFICES}
    for name, figures in told.items():
        print(f"{name:24}", *(f"{key}={value}" for key, value in figures.items()))
    print(json.dumps({"bench": "afterhours", "offices": times, **told}))


if __name__ == "__main__":
    main()
