"""Tick: finish everything that is due."""

from datetime import datetime

from incidents.lifecycle import Step
from incidents.model import Incident
from incidents.timers import Due, deed
from operations.desk import Act, Desk
from operations.promise import timers_of
from operations.remind import promised, remind
from operations.respond import take
from operations.split import split
from storage import incidents


async def tick(desk: Desk, at: datetime) -> int:
    """Finish what is due at *at*; return how many timers went off.

    What fails stays due and keeps nothing else from being finished; all failures are raised together.
    """
    async with desk.storage.read() as session:
        due = await incidents.due(session, at)
    finished, failures = 0, []
    for incident_id in dict.fromkeys(incident_id for incident_id, _ in due):
        try:
            async with desk.act(at) as act:
                finished += await _finish(act, incident_id)
        except Exception as failure:  # noqa: BLE001  (raised below)
            failures.append(failure)
    if failures:
        raise ExceptionGroup("some timers could not be finished", failures)
    return finished


async def _finish(act: Act, incident_id: int) -> int:
    """Do what is due by the incident as it stands now: since it was looked at, somebody may have acted."""
    incident = await incidents.find(act.session, incident_id)
    assert incident is not None
    finished = 0
    while kind := _due(act, incident):
        incident = await _do(act, incident, kind)
        finished += 1
    if not finished:  # the timer was set by another policy
        await incidents.set_timers(act.session, incident, timers_of(act, incident))
    return finished


def _due(act: Act, incident: Incident) -> Due | None:
    return next((kind for kind, due in timers_of(act, incident).items() if due <= act.at), None)


async def _do(act: Act, incident: Incident, kind: Due) -> Incident:
    """Do what is due and return the incident as it is then."""
    if kind is Due.SPLIT:
        await split(act, incident)
        after = await incidents.find(act.session, incident.id)
        assert after is not None
        return after
    step = await take(act, incident, promised(act, incident, kind) or deed(incident, kind))
    assert isinstance(step, Step), f"{kind} was due and is refused: {step}"
    await remind(act, step)
    return step.after
