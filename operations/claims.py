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


@dataclass(frozen=True, slots=True)
class Claim:
    """Who said what when; *finding* is what the probes said to one who confirmed."""

    kind: str
    name: str
    at: datetime
    finding: Finding | None


async def claims(act: Act, incident_id: int) -> tuple[Claim, ...]:
    """Return the last of what was said, the oldest first."""
    rows = (
        await act.session.exec(
            select(Timeline)
            .where(Timeline.incident_id == incident_id, col(Timeline.action).in_(KINDS))
            .order_by(col(Timeline.version).desc())
            .limit(SHOWN)
        )
    ).all()
    names = await people.by_ids(act.session, [row.person_id for row in rows if row.person_id])
    return tuple(
        Claim(row.action, names[row.person_id].name, row.at, _finding(row))
        for row in reversed(rows)
        if row.person_id
    )


def _finding(row: Timeline) -> Finding | None:
    return Finding(row.data["finding"]) if "finding" in row.data else None
