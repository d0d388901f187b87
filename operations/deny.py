"""Deny: a person says that the line is well though the probes say it is not; the desk is to doubt them."""

from dataclasses import dataclass
from datetime import datetime

from incidents.actions import Deny
from incidents.finding import WELL, Finding
from incidents.lifecycle import Step
from incidents.model import Incident
from incidents.roles import Room
from incidents.said import Kind
from locales.folding import tidy
from operations.announce import Notice, rooms_of, tell
from operations.belonging import present
from operations.desk import Act, Desk
from operations.flood import floods, slow
from operations.probing import PATIENCE, Probe, Seen, see
from operations.report import LONGEST
from operations.respond import take
from storage import reports
from storage.letters import Address
from storage.tables import Person, Report


@dataclass(frozen=True, slots=True)
class Denied:
    """The incident that is doubted, None where the unit has none, and what the probes said."""

    incident: Incident | None
    finding: Finding


async def deny(
    desk: Desk,
    person: Person,
    unit: int,
    words: str,
    *,
    probe: Probe,
    where: Address,
    source: str,
    said_at: datetime | None = None,
    patience: float = PATIENCE,
) -> Denied | None:
    """Probe *unit* now, keep the word on its ticket and post the answer; the desk is rung once a ticket.

    None if *source* was told before, or if the person writes more than can be taken in. Where the unit has no
    ticket nothing is kept or posted.
    """
    assert person.id is not None
    async with desk.look() as act:
        heard = not (await reports.told(act.session, source) or await floods(act, person.id))
    seen = await see(desk, unit, Kind.FALSE_ALARM, probe, patience) if heard else Seen()
    async with desk.act() as act:
        if await reports.told(act.session, source):
            return None
        incident = await present(act, unit, seen.finding)
        if incident is None:
            return Denied(None, seen.finding)
        if await floods(act, person.id):
            await slow(act, person.id, where)
            return None
        row = Report(
            incident_id=incident.id,
            unit_id=unit,
            person_id=person.id,
            at=act.at,
            said_at=min(said_at or act.at, act.at),
            kind=Kind.FALSE_ALARM,
            words=tidy(words)[:LONGEST],
            finding=seen.finding,
            source=source,
        )
        return await _keep(act, incident, row, where)


async def _keep(act: Act, incident: Incident, row: Report, where: Address) -> Denied:
    await reports.add(act.session, row)
    step = await take(act, incident, Deny(row.person_id, row.words))
    assert isinstance(step, Step)
    data = {"unit": act.directory.units[row.unit_id].name, "finding": row.finding, "words": row.words}
    await tell(act, [where], Notice("denied", data), incident.id, f"deny:{row.source}", asked=True)
    if row.finding not in WELL:
        rooms = await rooms_of(act, Room.ONCALL, row.unit_id)
        await tell(act, rooms, Notice("doubted", data), incident.id, f"doubted:{incident.id}:{row.unit_id}")
    return Denied(step.after, Finding(row.finding))
