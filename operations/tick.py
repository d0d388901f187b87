"""Tick: finish everything that is due."""

from datetime import datetime

from incidents.model import Action, Close, Escalate, Incident
from incidents.timers import Due
from operations.desk import Desk
from operations.respond import take
from storage import incidents


async def tick(desk: Desk, at: datetime) -> int:
    """Finish what is due at *at*; return how many timers went off."""
    async with desk.look(at) as act:
        due = await incidents.due(act.session, at)
    for incident_id, kind in due:
        async with desk.act(at) as act:
            incident = await incidents.find(act.session, incident_id)
            if incident is not None:
                await take(act, incident, _action(incident, kind))
    return len(due)


def _action(incident: Incident, kind: Due) -> Action:
    match kind:
        case Due.ESCALATE:
            return Escalate(incident.escalated + 1)
        case Due.CLOSE:
            return Close(None)
