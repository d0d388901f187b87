"""Reopen: the desk opens a closed ticket again, unless what it is of has another by now."""

from incidents.actions import Reopen
from incidents.lifecycle import Refused, Step
from incidents.model import Incident
from incidents.refusal import Refusal
from operations.desk import Act, Desk
from operations.respond import NoSuchIncidentError, take
from storage import incidents


async def reopen(desk: Desk, number: int, by: int) -> Step | Refused:
    """Open the ticket again by the word of the desk, or return why not."""
    async with desk.act() as act:
        incident = await incidents.find(act.session, number)
        if incident is None:
            raise NoSuchIncidentError(number)
        if await followed(act, incident):
            return Refused(Refusal.FOLLOWED, incident)
        return await take(act, incident, Reopen(by, None))


async def followed(act: Act, incident: Incident) -> bool:
    """Return whether a closed ticket's service has another that is open: it has one at a time."""
    if incident.service is None or incident.live:
        return False
    return await incidents.of_service(act.session, incident.service.of) is not None
