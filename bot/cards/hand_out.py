"""What is said of handing tickets out: which teams there are, who is to get what, and who got it."""

from collections import defaultdict
from collections.abc import Sequence

from markupsafe import Markup

from bot.buttons import pack
from bot.cards.incident import place
from bot.cards.message import Button, Message, Rows, in_rows
from incidents.model import code
from locales.voice import Voice
from operations.hand_out import Deal, Dealt
from operations.look import IncidentView
from operations.teams import TeamOffer
from storage.directory import Directory

TEAMS_OFFERED = 12
NAMES_SHOWN = 12


def offer(view: IncidentView, teams: Sequence[TeamOffer], voice: Voice) -> Message:
    """Return the question which team gets the ticket, with each team's open jobs on its button."""
    number = view.incident.id
    seen = view.incident.assignment.team if view.incident.assignment else 0
    buttons = [
        Button(_label(each, voice), pack("give", number, each.id, seen)) for each in teams[:TEAMS_OFFERED]
    ]
    text = voice.say("<b>{code} · {unit}</b>: which team gets it?", code=code(number), unit=place(view))
    return Message(text, in_rows(buttons, 2))


def preview(deal: Deal, directory: Directory, voice: Voice) -> Message:
    """Return who would get what, with the button that does it."""
    if not deal.jobs:
        said = voice.say("No ticket waits for a team that is known for its area.")
        return Message.of([said, _left(deal, voice)])
    units: dict[int, list[str]] = defaultdict(list)
    for job in deal.jobs:
        units[job.team] += job.units
    head = voice.say("<b>Hand {count} jobs to {teams} teams?</b>", count=len(deal.jobs), teams=len(units))
    lines = [_share(directory.teams[team].name, units[team], voice) for team in units]
    return Message.of([head, *lines, _left(deal, voice)], _press(deal, voice))


def done(dealt: Dealt, directory: Directory, voice: Voice) -> Message:
    """Return who got what, which tickets somebody else had handed out first, and whom to telephone."""
    teams = [step.after.assignment.team for step in dealt.steps if step.after.assignment]
    counts = {team: teams.count(team) for team in dict.fromkeys(teams)}
    head = voice.say("<b>{count} jobs are handed to {teams} teams.</b>", count=len(teams), teams=len(counts))
    lines = [
        voice.say("{team}: {count}", team=directory.teams[team].name, count=count)
        for team, count in counts.items()
    ]
    mute = [team for team in counts if directory.teams[team].chat_id is None]
    calls = [_call(directory, team, voice) for team in mute]
    others = ", ".join(code(each.incident.id) for each in dealt.refused)
    late = voice.say("Not by this: {codes} (handed out or over already)", codes=others) if others else None
    return Message.of([head, *lines, *calls, late])


def _label(team: TeamOffer, voice: Voice) -> str:
    if not team.jobs:
        return team.name
    return voice.plain("{team} · jobs: {count}", team=team.name, count=team.jobs)


def _share(team: str, units: Sequence[str], voice: Voice) -> Markup:
    names = ", ".join(units[:NAMES_SHOWN]) + ("…" if len(units) > NAMES_SHOWN else "")
    return voice.say("<b>{team}</b> ({count}): {units}", team=team, count=len(units), units=names)


def _left(deal: Deal, voice: Voice) -> Markup | None:
    if not deal.left:
        return None
    codes = ", ".join(map(code, deal.left[:NAMES_SHOWN])) + ("…" if len(deal.left) > NAMES_SHOWN else "")
    return voice.say("No team is known for: {codes}", codes=codes)


def _press(deal: Deal, voice: Voice) -> Rows:
    return ((Button(voice.plain("Hand them all out"), pack("deal", deal.check)),),)


def _call(directory: Directory, team: int, voice: Voice) -> Markup:
    found = directory.teams[team]
    hotline = directory.carriers[found.carrier_id].hotline or voice.plain("its hotline")
    return voice.say("{team} has no chat: call {hotline}.", team=found.name, hotline=hotline)
