"""Retract: an officer takes back the own report; what rests on nothing else closes without a sound."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from incidents.actions import Retract
from incidents.lifecycle import Refused
from incidents.model import Incident
from operations.desk import Act, Desk
from operations.respond import take
from storage import incidents, reports
from storage.tables import Person


class Kept(StrEnum):
    """Why a report is not taken back."""

    NONE = "none"  # there is none of this person's
    LATE = "late"
    CLOSED = "closed"  # the ticket is


@dataclass(frozen=True, slots=True)
class Retraction:
    """The ticket as it stands, when it was last reported, and why that stays, or None if it was taken back.

    *others* tells whether somebody else's report is left.
    """

    incident: Incident | None = None
    reported: datetime | None = None
    kept: Kept | None = None
    others: bool = False


async def retract(desk: Desk, officer: Person, number: int | None) -> Retraction:
    """Take back what *officer* reported last, or to the ticket with this *number*."""
    assert officer.id is not None
    async with desk.act() as act:
        found = await retractable(act, officer, number)
        if found.kept is not None or found.incident is None:
            return found
        incident, others = found.incident, False
        for report in await reports.standing(act.session, incident.id):
            if report.person_id == officer.id:
                report.withdrawn_at = act.at
                act.session.add(report)
            else:
                others = True
        await act.session.flush()  # before the step is announced: its author hears no more of it
        step = await take(act, incident, Retract(officer.id, not others))
        assert not isinstance(step, Refused)
        return Retraction(step.after, found.reported, others=others)


async def retractable(act: Act, officer: Person, number: int | None = None) -> Retraction:
    """Return what *officer* could take back now, or why not; nothing is written."""
    assert officer.id is not None
    report = await reports.newest_standing(act.session, officer.id, number)
    if report is None:
        return Retraction(kept=Kept.NONE)
    incident = await incidents.find(act.session, report.incident_id)
    assert incident is not None
    late = report.at < act.at - act.policies.retract_within
    kept = Kept.CLOSED if not incident.live else Kept.LATE if late else None
    return Retraction(incident, report.at, kept)
