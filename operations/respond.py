"""Respond: decide on an incident as it stands and write the step with its letters, or nothing."""

from datetime import datetime, timedelta

from incidents.actions import Action
from incidents.lifecycle import Refused, Step, advance
from incidents.model import Incident
from operations.announce import announce, redraw
from operations.call_desk import call_desk
from operations.desk import Act, Desk
from operations.promise import timers_of
from storage import incidents


class NoSuchIncidentError(LookupError):
    """There is no incident with this number."""


async def respond(desk: Desk, incident_id: int, action: Action, at: datetime | None = None) -> Step | Refused:
    """Do *action* to the incident, or return why not."""
    async with desk.act(at) as act:
        incident = await incidents.find(act.session, incident_id)
        if incident is None:
            raise NoSuchIncidentError(incident_id)
        return await take(act, incident, action)


async def take(act: Act, incident: Incident, action: Action) -> Step | Refused:
    """Advance *incident* within an open act: the step, its timers and its letters."""
    step = await take_quietly(act, incident, action)
    if isinstance(step, Step):
        await announce(act, step)
        await call_desk(act, step)
    return step


async def take_quietly(act: Act, incident: Incident, action: Action) -> Step | Refused:
    """Advance *incident* within an open act: the step, its timers and its card; nobody is called."""
    step = advance(incident, action, act.at)
    if isinstance(step, Step):
        await incidents.record(act.session, step)
        await incidents.set_timers(act.session, step.after, timers_of(act, step.after))
        await redraw(act, step.after)
    return step


# The first card of an uplink waits this long, so that what rings says how many are behind it.
GATHERING = timedelta(seconds=2)


async def begin(act: Act, incident: Incident, reason: str) -> Incident:
    """Open *incident* within an open act; its first card rings, unless the desk's clocks are held."""
    opened = await incidents.add(act.session, incident, reason)
    await incidents.set_timers(act.session, opened, timers_of(act, opened))
    behind = opened.root is not None and act.directory.behind(opened.root)
    await redraw(act, opened, GATHERING if behind else timedelta(), quiet=opened.held)
    return opened
