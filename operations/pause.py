"""Pause: a team asks that its clock stand still, the desk agrees or not, and it goes on again."""

from typing import Final

from incidents.actions import AllowPause, AskPause, EndPause, RefusePause
from incidents.lifecycle import Refused, Step
from incidents.model import Incident
from incidents.roles import Room
from operations.announce import Notice, rooms_of, tell
from operations.desk import Act, Desk
from operations.respond import NoSuchIncidentError, take
from storage import incidents, people
from storage.letters import Address

Pausing = AskPause | AllowPause | RefusePause | EndPause
TOLD: Final[dict[type, tuple[str, bool, bool]]] = {  # the notice, and whether the desk and the team get it
    AskPause: ("pause_asked", True, False),
    AllowPause: ("pause_allowed", False, True),
    RefusePause: ("pause_refused", False, True),
    EndPause: ("pause_over", True, True),
}


async def pause(desk: Desk, number: int, action: Pausing) -> Step | Refused:
    """Do *action* to the incident and tell the other side, or return why not."""
    async with desk.act() as act:
        incident = await incidents.find(act.session, number)
        if incident is None:
            raise NoSuchIncidentError(number)
        step = await take(act, incident, action)
        if isinstance(step, Step):
            await tell_of_pause(act, step)
        return step


async def tell_of_pause(act: Act, step: Step) -> None:
    """Tell of a pause that was asked for, decided on or is over."""
    name, desk, team = TOLD[type(step.action)]
    oncall = await rooms_of(act, Room.ONCALL, step.after.unit) if desk else []
    its = team_chat(act, step.after) if team else []
    by = getattr(step.action, "by", None)
    names = await people.by_ids(act.session, [by] if by else [])
    content = {"person": names[by].name if by else None}
    await tell(act, [*oncall, *its], Notice(name, content), step.after.id)


def team_chat(act: Act, incident: Incident) -> list[Address]:
    """Return the chat of the team that has it, if there is one."""
    team = act.directory.teams.get(incident.assignment.team) if incident.assignment else None
    return [Address(team.chat_id)] if team and team.chat_id is not None else []
