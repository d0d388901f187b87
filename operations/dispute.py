"""Dispute: a unit says that it still does not work; its ticket keeps it, rings, or opens again."""

from incidents.hearing import heard
from incidents.lifecycle import Refused, Step
from operations.desk import Desk
from operations.respond import take
from storage import incidents
from storage.tables import Person


async def dispute(desk: Desk, officer: Person, number: int, unit: int) -> Step | Refused | None:
    """Tell the ticket that *unit* still misses its line; None where that is a report of its own."""
    assert officer.id is not None
    async with desk.act() as act:
        incident = await incidents.find(act.session, number)
        assert incident is not None
        lines = act.directory.channels_of(unit)
        action = heard(incident, unit, lines, act.at, act.policies.relapse_window)
        return None if action is None else await take(act, incident, action(officer.id, unit))
