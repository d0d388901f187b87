"""Confirm: a unit says that it works again; its lines are probed now, and good probes close its ticket."""

from dataclasses import dataclass

from incidents.actions import Close, Confirm
from incidents.finding import Finding
from incidents.lifecycle import Refused, Step
from incidents.model import Incident
from incidents.refusal import Refusal
from incidents.said import Kind
from incidents.timers import Due
from operations.desk import Act, Desk
from operations.probing import Probe, see
from operations.promise import timers_of
from operations.respond import take
from storage import incidents
from storage.tables import Person


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The ticket as it stands then, whose word it was, what the probes said, and why it was refused."""

    incident: Incident
    unit: int
    finding: Finding
    refusal: Refusal | None = None


async def confirm(desk: Desk, officer: Person, number: int, unit: int, *, probe: Probe) -> Confirmed:
    """Keep that *officer* says *unit* works; the ticket closes where good probes have borne it out."""
    assert officer.id is not None
    finding = (await see(desk, unit, Kind.FAULT, probe)).finding
    async with desk.act() as act:
        incident = await incidents.find(act.session, number)
        assert incident is not None
        step = await take(act, incident, Confirm(officer.id, unit, finding))
        if isinstance(step, Refused):
            return Confirmed(step.incident, unit, finding, step.refusal)
        return Confirmed(await _closed(act, step, officer.id), unit, finding)


async def _closed(act: Act, step: Step, by: int) -> Incident:
    """Close what the word makes due, and return the ticket as it is then."""
    due = timers_of(act, step.after).get(Due.CLOSE)
    if due is None or due > act.at:
        return step.after
    closing = await take(act, step.after, Close(by))
    assert isinstance(closing, Step)
    return closing.after
