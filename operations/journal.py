"""The journal: who did what, from the tickets' timelines and from what is written beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import col, select

from operations.desk import Act
from storage.tables import Deed, Timeline

FARTHEST = 50  # pages back


@dataclass(frozen=True, slots=True)
class Filter:
    """Of whom, of which ticket and of which local day; None: of any."""

    person: int | None = None
    incident: int | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One act: *what* is a step of the ticket if *of_ticket*, else a deed."""

    at: datetime
    by: int | None
    what: str
    of_ticket: bool
    incident: int | None
    about: int | None = None
    unit: int | None = None
    data: dict[str, Any] | None = None


def note(
    act: Act,
    what: str,
    by: int | None,
    *,
    about: int | None = None,
    unit: int | None = None,
    incident: int | None = None,
    **data: Any,
) -> None:
    """Write down within an open act what the person *by* did, to an account, a unit or of a ticket."""
    act.session.add(
        Deed(
            at=act.at,
            person_id=by,
            what=what,
            about_id=about,
            unit_id=unit,
            incident_id=incident,
            data=data,
        )
    )


async def entries(act: Act, wanted: Filter, page: int, size: int) -> tuple[list[Entry], bool]:
    """Return a page of what people did, the newest first, and whether there is another one.

    Of a ticket that is asked for, what was done by nobody is told as well.
    """
    page = max(0, min(page, FARTHEST))
    most = (page + 1) * size + 1
    steps, deeds = await _steps(act, wanted, most), await _deeds(act, wanted, most)
    found = sorted((*steps, *deeds), key=lambda each: each.at, reverse=True)
    return found[page * size : (page + 1) * size], len(found) > (page + 1) * size and page < FARTHEST


async def _steps(act: Act, wanted: Filter, most: int) -> list[Entry]:
    query = select(Timeline).order_by(col(Timeline.at).desc(), col(Timeline.id).desc()).limit(most)
    if wanted.person is not None:
        query = query.where(col(Timeline.person_id) == wanted.person)
    elif wanted.incident is None:
        query = query.where(col(Timeline.person_id).is_not(None))
    if wanted.incident is not None:
        query = query.where(col(Timeline.incident_id) == wanted.incident)
    if (span := _span(act, wanted)) is not None:
        query = query.where(col(Timeline.at) >= span[0], col(Timeline.at) < span[1])
    rows: Sequence[Timeline] = (await act.session.exec(query)).all()
    return [Entry(row.at, row.person_id, row.action, True, row.incident_id, data=row.data) for row in rows]


async def _deeds(act: Act, wanted: Filter, most: int) -> list[Entry]:
    query = select(Deed).order_by(col(Deed.at).desc(), col(Deed.id).desc()).limit(most)
    if wanted.person is not None:
        mine = (col(Deed.person_id) == wanted.person) | (col(Deed.about_id) == wanted.person)
        query = query.where(mine)
    if wanted.incident is not None:
        query = query.where(col(Deed.incident_id) == wanted.incident)
    if (span := _span(act, wanted)) is not None:
        query = query.where(col(Deed.at) >= span[0], col(Deed.at) < span[1])
    rows: Sequence[Deed] = (await act.session.exec(query)).all()
    return [
        Entry(row.at, row.person_id, row.what, False, row.incident_id, row.about_id, row.unit_id, row.data)
        for row in rows
    ]


def _span(act: Act, wanted: Filter) -> tuple[datetime, datetime] | None:
    if wanted.day is None:
        return None
    start = datetime.combine(wanted.day, time(), act.zone)
    return start, datetime.combine(wanted.day + timedelta(days=1), time(), act.zone)
