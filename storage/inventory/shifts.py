"""The people of a roster, by number or by name, and shifts that are in each other's way."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from incidents.roles import Role
from locales.folding import fold
from storage.inventory.entries import Entry
from storage.inventory.problem import Problem

DESK: Final = frozenset({Role.ONCALL, Role.ADMIN})
DAY: Final = timedelta(days=1)
WANTED: Final = (
    "one person of the desk (truc_ban, quan_tri): the Telegram number, or the name if nobody shares it"
)


class Staff(NamedTuple):
    """Somebody whom a roster may name."""

    telegram_id: int
    name: str
    role: str


def staff_of(known: Iterable[Staff], people: Iterable[Entry]) -> tuple[Staff, ...]:
    """Return who is of the desk; what the sheet of people says goes before what is *known*."""
    found = {each.telegram_id: each for each in known}
    for entry in people:
        if (number := entry.get("telegram_id")) is not None:
            found[number] = Staff(number, entry.get("name") or "", entry.get("role") or "")
    return tuple(each for each in found.values() if each.role in DESK)


def who(reference: str | None, staff: Iterable[Staff]) -> int | None:
    """Return the number of the one person that *reference* means, or None."""
    if not reference:
        return None
    wanted = fold(reference)
    meant = [each.telegram_id for each in staff if wanted in (str(each.telegram_id), fold(each.name))]
    return meant[0] if len(meant) == 1 else None


def unknown_staff(entries: Iterable[Entry], staff: tuple[Staff, ...]) -> Iterator[Problem]:
    """Yield the references to nobody of the desk, or to several."""
    for entry in entries:
        for column in ("first", "second"):
            reference = entry.get(column)
            if reference and who(reference, staff) is None:
                yield entry.problem(column, reference, WANTED)


def overlaps(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Yield the shifts that begin before an earlier one of the sheet has ended."""
    spans = sorted((*_span(entry), entry.row, entry) for entry in entries if _whole(entry))
    for (_, until, row, _), (start, _, _, later) in pairwise(spans):
        if start < until:
            expected = f"an hour after the shift of row {row} has ended"
            yield later.problem("from", f"{later.get('from'):%H:%M}", expected)


def _whole(entry: Entry) -> bool:
    return None not in (entry.get("date"), entry.get("from"), entry.get("to"))


def _span(entry: Entry) -> tuple[datetime, datetime]:
    day: date = entry.get("date")
    begins, ends = entry.get("from"), entry.get("to")
    assert isinstance(begins, time)
    return datetime.combine(day, begins), datetime.combine(day if ends > begins else day + DAY, ends)
