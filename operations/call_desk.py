"""Call the desk: what a team says or leaves undone, told to those who have to act on it, or can tell."""

from collections.abc import Iterable
from typing import Any

from incidents.actions import AskHelp, Assign, Decline, Fix, Lapse
from incidents.lifecycle import Step
from incidents.model import Incident
from incidents.roles import Room
from intents.masking import mask_addresses
from operations.announce import Notice, rooms_of, tell
from operations.desk import Act
from operations.hearing import hearers
from operations.look import offers
from storage import incidents, reports
from storage.letters import Address

OFFERED = 3  # next teams
SHOWN = 300  # characters of what was said


async def call_desk(act: Act, step: Step) -> None:
    """Post what the desk has to hear of *step*, with the next teams where the job is to be handed on."""
    notice = await _notice(act, step)
    if notice is not None:
        await tell(act, await rooms_of(act, Room.ONCALL, step.after.unit), notice, step.after.id)
    if isinstance(step.action, Fix) and not step.after.silent and not step.after.settled:
        await _ask_units(act, step.after)


async def _notice(act: Act, step: Step) -> Notice | None:
    match step.action:
        case Decline(team=team, ground=ground, words=words):
            return Notice("declined", await _passing_on(act, step.after, team) | _said(ground, words))
        case Lapse(team=team):
            return Notice("lapsed", await _passing_on(act, step.after, team))
        case AskHelp(team=team, need=need, words=words):
            return Notice("help", {"team": _name(act, team)} | _said(need, words))
        case Fix(team=team) if step.after.silent:
            return Notice("belied", {"team": _name(act, team)})
    return None


async def _ask_units(act: Act, incident: Incident) -> None:
    """Ask who reported it: the line is well already, so that the unit alone can tell."""
    for unit in await reports.units(act.session, incident.id):
        heard = await hearers(act, incident.id, unit)
        notice = Notice("fixed", {"unit": act.directory.units[unit].name, "unit_id": unit})
        await tell(act, [Address(each.telegram_id) for each in heard], notice, incident.id)


async def _passing_on(act: Act, incident: Incident, team: int) -> dict[str, Any]:
    return {"team": _name(act, team), "next": await _next(act, incident)}


async def _next(act: Act, incident: Incident) -> list[tuple[int, str]]:
    """Return the teams to offer next, nearest first: those that have not had it yet, else all others."""
    had = await _had(act, incident)
    root = act.directory.channels.get(incident.root) if incident.root else None
    near = offers(act.directory.teams_for(incident.unit), root.carrier_id if root else None)
    new = [each for each in near if each[0] not in had]
    return (new or _others(near, had[-1:]))[:OFFERED]


async def _had(act: Act, incident: Incident) -> list[int]:
    """Return the teams that have had it, the last one last."""
    assigned = Assign.__name__.lower()
    rows = await incidents.timeline(act.session, incident.id)
    return [row.data["team"] for row in rows if row.action == assigned]


def _others(teams: Iterable[tuple[int, str]], last: list[int]) -> list[tuple[int, str]]:
    return [each for each in teams if each[0] not in last]


def _said(what: str, words: str) -> dict[str, str]:
    return {"what": what, "words": mask_addresses(words)[:SHOWN]}


def _name(act: Act, team: int) -> str:
    return act.directory.teams[team].name
