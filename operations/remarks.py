"""Remarks: what the desk added to a ticket of its own: notes, a severity, an act that can still be undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from incidents.undoing import UNDOABLE
from operations.desk import Act
from storage import people
from storage.tables import Timeline

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Remark:
    """A note: who wrote what, and when."""

    name: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Remarks:
    """The last notes, the oldest first; whether somebody graded it; the version of what can be undone."""

    notes: tuple[Remark, ...] = ()
    graded: bool = False
    undo: int | None = None


async def remarks(act: Act, incident_id: int) -> Remarks:
    """Return what the desk added to the ticket, but for what was taken back."""
    wanted = select(Timeline).where(
        Timeline.incident_id == incident_id, col(Timeline.action).in_({*UNDOABLE, "undo"})
    )
    rows = (await act.session.exec(wanted.order_by(col(Timeline.version)))).all()
    undone = {row.data["of"] for row in rows if row.action == "undo"}
    standing = [row for row in rows if row.action != "undo" and row.version not in undone]
    return Remarks(
        notes=await _notes(act, [row for row in standing if row.action == "note"][-SHOWN:]),
        graded=any(row.action == "grade" for row in standing),
        undo=_undoable(act, standing),
    )


async def _notes(act: Act, rows: Sequence[Timeline]) -> tuple[Remark, ...]:
    names = await people.by_ids(act.session, [row.person_id for row in rows if row.person_id])
    return tuple(
        Remark(names[row.person_id].name, row.at, row.data["words"]) for row in rows if row.person_id
    )


def _undoable(act: Act, standing: Sequence[Timeline]) -> int | None:
    """Return the last act of a person's, while there is time; the rest is seen when it is asked for."""
    last = next((row for row in reversed(standing) if row.person_id is not None), None)
    young = last is not None and act.at - last.at <= act.policies.undo_within
    return last.version if last is not None and young else None
