"""Claims: what a unit has said of its ticket after the report, as its history keeps it."""

from dataclasses import dataclass
from datetime import datetime

from incidents.finding import Finding
from operations.desk import Act
from storage import past, people
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
    by_desk: bool = False  # the duty desk did it, without a word of the unit's


async def claims(act: Act, incident_id: int) -> tuple[Claim, ...]:
    """Return the last of what was said, the oldest first."""
    rows = (await past.of_kinds(act.session, incident_id, KINDS))[-SHOWN:]
    names = await people.by_ids(act.session, [row.person_id for row in rows if row.person_id])
    return tuple(
        Claim(row.action, names[row.person_id].name, row.at, _finding(row), _by_desk(row))
        for row in rows
        if row.person_id
    )


def _finding(row: Timeline) -> Finding | None:
    return Finding(row.data["finding"]) if "finding" in row.data else None


def _by_desk(row: Timeline) -> bool:
    return row.action == "reopen" and row.data["unit"] is None
