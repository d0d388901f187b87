"""Claims: what a unit has said of its ticket after the report, as its history keeps it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from incidents.finding import Finding
from operations.desk import Act
from storage import people
from storage.tables import Timeline

KINDS = ("confirm", "dispute", "reopen", "retract")
SHOWN = 3
LATELY = 12  # steps among which these are looked for: between them are those that were taken back


@dataclass(frozen=True, slots=True)
class Claim:
    """Who said what when; *finding* is what the probes said to one who confirmed."""

    kind: str
    name: str
    at: datetime
    finding: Finding | None
    by_desk: bool = False  # the duty desk did it, without a word of the unit's


async def claims(act: Act, incident_id: int) -> tuple[Claim, ...]:
    """Return the last of what was said, the oldest first."""
    wanted = select(Timeline).where(
        Timeline.incident_id == incident_id, col(Timeline.action).in_((*KINDS, "undo"))
    )
    found = (await act.session.exec(wanted.order_by(col(Timeline.version).desc()).limit(LATELY))).all()
    undone = {row.data["of"] for row in found if row.action == "undo"}
    rows = [row for row in found if row.action != "undo" and row.version not in undone][:SHOWN]
    names = await people.by_ids(act.session, [row.person_id for row in rows if row.person_id])
    return tuple(
        Claim(row.action, names[row.person_id].name, row.at, _finding(row), _by_desk(row))
        for row in reversed(rows)
        if row.person_id
    )


def _finding(row: Timeline) -> Finding | None:
    return Finding(row.data["finding"]) if "finding" in row.data else None


def _by_desk(row: Timeline) -> bool:
    return row.action == "reopen" and row.data["unit"] is None
