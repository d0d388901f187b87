"""Refer: the desk reports a ticket upward; the leaders it concerns are told in the desk's words."""

from dataclasses import dataclass

from incidents.actions import Refer
from incidents.lifecycle import Refused, Step
from incidents.model import Incident
from incidents.roles import Role, Room
from operations.announce import Notice, rooms_of, tell
from operations.desk import Act, Desk
from operations.respond import NoSuchIncidentError, take_quietly
from storage import incidents, people
from storage.letters import Address
from storage.tables import Person


@dataclass(frozen=True, slots=True)
class Referred:
    """The step, and in how many places it was told of."""

    step: Step
    told: int


async def refer(desk: Desk, number: int, by: Person, words: str) -> Referred | Refused:
    """Report the ticket to its leaders in *words*, or return why not."""
    assert by.id is not None
    async with desk.act() as act:
        incident = await incidents.find(act.session, number)
        if incident is None:
            raise NoSuchIncidentError(number)
        step = await take_quietly(act, incident, Refer(by.id, words))
        if isinstance(step, Refused):
            return step
        wheres = await leaders(act, step.after)
        await tell(act, wheres, Notice("referred", {"by": by.name, "words": words}), number)
        return Referred(step, len(wheres))


async def leaders(act: Act, incident: Incident) -> list[Address]:
    """Return where the leaders read whom the ticket concerns: their groups, and each in private."""
    known = await people.with_role(act.session, Role.LEADER)
    own = [each for each in known if act.directory.within(incident.unit, each.unit_id)]
    rooms = await rooms_of(act, Room.LEADERS, incident.unit)
    return list(dict.fromkeys([*rooms, *(Address(each.telegram_id) for each in own)]))
