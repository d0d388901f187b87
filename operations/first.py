"""First: whose act left another's without effect, for the one who came second."""

from dataclasses import dataclass
from datetime import datetime

from incidents.lifecycle import Refused
from incidents.refusal import Refusal
from operations.desk import Act
from storage import past, people

CLOSING = ("close", "merge", "retract")


@dataclass(frozen=True, slots=True)
class First:
    """Who did what and when; *name* is None for what came about by itself."""

    kind: str
    person: int | None
    name: str | None
    at: datetime


async def first(act: Act, refused: Refused) -> First | None:
    """Return the act that came before what is *refused*, or None where none did."""
    kinds = _kinds(refused)
    row = await past.last(act.session, refused.incident.id, *kinds) if kinds else None
    if row is None:
        return None
    names = await people.by_ids(act.session, [row.person_id] if row.person_id else [])
    return First(row.action, row.person_id, names[row.person_id].name if row.person_id else None, row.at)


def _kinds(refused: Refused) -> tuple[str, ...]:
    closed = not refused.incident.live
    if closed and refused.refusal in (Refusal.CLOSED, Refusal.ALREADY):
        return CLOSING
    return ("assign",) if refused.refusal is Refusal.HANDED else ()
