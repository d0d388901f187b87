"""Power: a unit says whether it has any; its word is kept on the ticket, and may move cause and clock."""

from datetime import datetime

from incidents.actions import SayPower
from incidents.lifecycle import Refused, Step
from incidents.model import Incident
from incidents.refusal import Refusal
from incidents.said import Power
from operations.desk import Act, Desk
from operations.respond import NoSuchIncidentError, take, take_quietly
from storage import incidents, reports
from storage.tables import Person


async def say_power(
    desk: Desk, person: Person, incident: int, unit: int, power: Power, at: datetime | None = None
) -> Step | Refused:
    """Keep on the ticket what *unit* says of its power, by the mouth of *person*, or return why not.

    Whether the person may speak for the unit is the caller's to check. A ticket that became a part of another
    stands for that one.
    """
    async with desk.act(at) as act:
        found = await _present(act, incident)
        if not await _concerns(act, found, unit):
            return Refused(Refusal.FOREIGN, found)
        return await take(act, found, SayPower(person.id, unit, power))


async def _present(act: Act, number: int) -> Incident:
    found = await incidents.find(act.session, number)
    if found is None:
        raise NoSuchIncidentError(number)
    return await _present(act, found.parent) if found.merged and found.parent else found


async def _concerns(act: Act, incident: Incident, unit: int) -> bool:
    lines = {member.channel for member in incident.members}
    if incident.unit == unit or not lines.isdisjoint(act.directory.channels_of(unit)):
        return True
    return unit in await reports.units(act.session, incident.id)


async def carry_over(act: Act, old: Incident, new: Incident, units: set[int]) -> Incident:
    """Have the word of *units* follow them from one incident to another, within an open act."""
    for unit, power in old.power:
        if unit in units:
            step = await take_quietly(act, new, SayPower(None, unit, power))
            new = step.after if isinstance(step, Step) else new
    return new
