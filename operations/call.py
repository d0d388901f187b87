"""Call: which people a rung of the ladder calls for a ticket."""

from collections.abc import Iterable

from incidents.model import Incident
from incidents.policy import Audience
from incidents.preferences import Topic
from incidents.roles import Role
from operations.desk import Act
from operations.leaders import leaders_told
from operations.on_duty import on_duty
from storage import people
from storage.tables import Person


async def called(act: Act, incident: Incident, to: Audience) -> list[Person]:
    """Return whom a rung calls by name; nobody where no one is known to be on duty.

    Of a ticket that somebody has it is that one who is called first. A shift without a second calls its first
    again.
    """
    if to is Audience.LEADERS:
        wanting = {where.chat for where in await leaders_told(act, Topic.ESCALATION, incident)}
        leaders = await people.with_role(act.session, Role.LEADER)
        return _entrusted(act, incident, (each for each in leaders if each.telegram_id in wanting))
    duty = await on_duty(act)
    first = incident.owner or duty.first
    wanted = first if to is Audience.ONCALL or duty.second is None else duty.second
    if wanted is None:
        return []
    return _entrusted(act, incident, (await people.by_ids(act.session, [wanted])).values())


def _entrusted(act: Act, incident: Incident, found: Iterable[Person]) -> list[Person]:
    """Return those who may still be called, and to whom the ticket's unit is entrusted."""
    return [
        each for each in found if each.locked_at is None and act.directory.within(incident.unit, each.unit_id)
    ]
