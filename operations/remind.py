"""Remind: a promise is warned of before it is broken, and marked once it is; who can mend it is told."""

from incidents.actions import EndPause, Miss, Warn
from incidents.lifecycle import Step
from incidents.model import Incident
from incidents.roles import Room
from incidents.sla.warning import breach
from incidents.timers import Due
from operations.announce import Notice, rooms_of, tell
from operations.desk import Act
from operations.promise import deadline_of
from storage.letters import Address


def promised(act: Act, incident: Incident, kind: Due) -> Warn | Miss | None:
    """Return what is done about the open promise of *incident* once *kind* is due; None for another kind."""
    deadline = deadline_of(act, incident)
    if deadline is None or kind not in (Due.WARN, Due.MISS):
        return None
    if kind is Due.WARN:
        return Warn(deadline.owed, deadline.by)
    mark = breach(incident, deadline)
    return Miss(mark.owed, mark.by, mark.team)


async def remind(act: Act, step: Step) -> None:
    """Tell whom it concerns of a warning, of a mark, or that a pause is over; of other steps nobody."""
    match step.action:
        case Warn(owed, due):
            told, where = "due_soon", await both_rooms(act, step.after)
        case Miss(owed, due):
            told, where = "missed", await rooms_of(act, Room.ONCALL, step.after.unit)
        case EndPause():
            await tell(act, await both_rooms(act, step.after), Notice("pause_over", {}), step.after.id)
            return
        case _:
            return
    await tell(act, where, Notice(told, {"owed": owed, "due": due.isoformat()}), step.after.id)


async def both_rooms(act: Act, incident: Incident) -> list[Address]:
    """Return the desk's chats and the team's."""
    team = act.directory.teams.get(incident.assignment.team) if incident.assignment else None
    its = [Address(team.chat_id)] if team and team.chat_id is not None else []
    return [*await rooms_of(act, Room.ONCALL, incident.unit), *its]
