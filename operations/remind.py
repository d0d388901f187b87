"""Remind: a promise is warned of before it is broken, and marked once it is; who can mend it is told."""

from incidents.actions import EndPause, Miss, Warn
from incidents.lifecycle import Step
from incidents.model import Incident
from incidents.roles import Room
from incidents.sla.warning import breach
from incidents.timers import Due
from operations.announce import Notice, rooms_of, tell
from operations.desk import Act
from operations.pause import team_chat, tell_of_pause
from operations.promise import deadline_of


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
    """Tell of a warning, of a mark, or that a pause is over; of another step nobody is told here."""
    action = step.action
    if isinstance(action, EndPause):
        await tell_of_pause(act, step)
    elif isinstance(action, Warn | Miss):
        name = "due_soon" if isinstance(action, Warn) else "missed"
        its = team_chat(act, step.after) if isinstance(action, Warn) else []
        wheres = [*await rooms_of(act, Room.ONCALL, step.after.unit), *its]
        content = {"owed": action.owed, "due": action.due.isoformat()}
        await tell(act, wheres, Notice(name, content), step.after.id)
