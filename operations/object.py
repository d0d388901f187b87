"""Object: a team objects to a finding, one of ours proposes what to make of it, a second one agrees."""

from datetime import timedelta
from typing import Any, Final

from incidents.actions import Agree, Disagree, Object, Propose
from incidents.lifecycle import Refused, Step
from incidents.refusal import Refusal
from incidents.roles import Room
from incidents.sla import Clock, clock_of
from operations.announce import Notice, rooms_of, tell
from operations.desk import Act, Desk
from operations.promise import teams_of
from operations.respond import NoSuchIncidentError, take
from storage import incidents, people
from storage.letters import Address

Objecting = Object | Propose | Agree | Disagree
SECOND: Final = timedelta(seconds=1)
TOLD: Final[dict[type, tuple[str, bool]]] = {  # the notice, and whether the team gets it beside the desk
    Object: ("objected", False),
    Propose: ("proposed", False),
    Agree: ("decided", True),
    Disagree: ("disagreed", False),
}


async def object_(desk: Desk, number: int, action: Objecting) -> Step | Refused:
    """Do *action* to the incident, which may be closed, and tell the others; or return why not."""
    async with desk.act() as act:
        incident = await incidents.find(act.session, number)
        if incident is None:
            raise NoSuchIncidentError(number)
        if isinstance(action, Object) and action.team not in (await clock(act, number)).teams:
            return Refused(Refusal.NOT_ASSIGNED, incident)
        step = await take(act, incident, action)
        if isinstance(step, Step):
            await _tell(act, step)
        return step


async def clock(act: Act, number: int) -> Clock:
    """Return the ticket's clock as it stands now."""
    return clock_of(await incidents.events(act.session, number), act.at)


async def _tell(act: Act, step: Step) -> None:
    name, with_team = TOLD[type(step.action)]
    objection = step.after.objection or step.before.objection
    assert objection is not None
    team = act.directory.teams.get(objection.team)
    its = [Address(team.chat_id)] if with_team and team and team.chat_id is not None else []
    oncall = await rooms_of(act, Room.ONCALL, step.after.unit)
    leaders = await rooms_of(act, Room.LEADERS, step.after.unit) if isinstance(step.action, Propose) else []
    told = Notice(name, await _content(act, step))
    await tell(act, [*oncall, *leaders, *its], told, step.after.id)


async def _content(act: Act, step: Step) -> dict[str, Any]:
    """Return what the notice says: who, of which team, in whose words, what is proposed, and the figures."""
    objection = step.before.objection if isinstance(step.action, Agree) else step.after.objection
    assert objection is not None
    by = getattr(step.action, "by", None)
    names = await people.by_ids(act.session, [by] if by else [])
    team, found = act.directory.teams[objection.team], await clock(act, step.after.id)
    proposal = objection.proposal
    return {
        "person": names[by].name if by else None,
        "team": team.name,
        "words": objection.words,
        "at": int(objection.at.timestamp()),
        "minutes": proposal.minutes if proposal else None,
        "cause": proposal.cause if proposal else None,
        "figures": figures(act, found, objection.team),
    }


def figures(act: Act, found: Clock, team: int) -> dict[str, int]:
    """Return in seconds what was ours, paused, the carrier's of *team*, and agreed on."""
    carrier = act.directory.teams[team].carrier_id
    teams = {team} if carrier is None else teams_of(act, carrier)
    its = found.carriers(teams)
    spans = {
        "ours": found.ours.counted,
        "paused": its.paused,
        "carrier": its.counted,
        "agreed": found.agreed(teams),
    }
    return {name: span // SECOND for name, span in spans.items()}
