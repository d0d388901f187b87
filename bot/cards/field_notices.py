"""Notices of a field team's doings: what the desk has to act on, and what a unit is asked."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from markupsafe import Markup

from bot.buttons import pack
from bot.cards import words
from bot.cards.aftermath import ask
from bot.cards.incident import deadline, place, title
from bot.cards.message import Button, Message, Rows, in_rows
from incidents.actions.field import Ground, Need
from incidents.model import code
from locales.voice import Voice
from operations.look import IncidentView


def _declined(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    ground = voice.say(words.GROUND[Ground(content["what"])])
    head = voice.say(
        "<b>{team} declines {code}</b>: {ground}", team=content["team"], code=_code(view), ground=ground
    )
    return Message.of(
        [
            head,
            _words(content, voice),
            title(view, voice),
            deadline(view, voice, now),
            _which(content, voice),
        ],
        _next(content, view, voice),
    )


def _lapsed(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    job = view.incident.assignment
    head = voice.say("<b>{team} has not accepted {code} in time</b>", team=content["team"], code=_code(view))
    handed = voice.say("It was handed out at {when}.", when=voice.when(job.at, now)) if job else None
    return Message.of([head, title(view, voice), handed, _which(content, voice)], _next(content, view, voice))


def _help(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    need = voice.say(words.NEED[Need(content["what"])])
    head = voice.say("<b>{team} asks for help</b> ({code}): {need}", **_team(content, view), need=need)
    return Message.of(
        [head, _words(content, voice), voice.say("At: {place}", place=place(view))], _open(view)
    )


def _belied(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    head = voice.say(
        "<b>{team} says that {code} is fixed, but the line is still silent</b>", **_team(content, view)
    )
    count = voice.say("{count} channels are still without a connection.", count=len(view.incident.silent))
    return Message.of([head, title(view, voice), count], _open(view))


def _fixed(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    said = voice.say("{code}: the field team says that it is fixed.", code=_code(view))
    asked = voice.say("Does the network of {unit} work again?", unit=content["unit"])
    return Message.of([said, asked], ask(view.incident, content["unit_id"], voice))


def _next(content: dict[str, Any], view: IncidentView, voice: Voice) -> Rows:
    """Return a button for each next team, which hands it over, and the one that opens the card."""
    teams = [Button(name, pack("give", view.incident.id, team)) for team, name in content["next"]]
    return (*in_rows(teams, 2), *_open(view))


def _open(view: IncidentView) -> Rows:
    return ((Button(_code(view), pack("show", view.incident.id)),),)


def _which(content: dict[str, Any], voice: Voice) -> Markup | None:
    return voice.say("Which team gets it next?") if content["next"] else None


def _words(content: dict[str, Any], voice: Voice) -> Markup | None:
    return voice.say("“{words}”", words=content["words"]) if content["words"] else None


def _team(content: dict[str, Any], view: IncidentView) -> dict[str, str]:
    return {"team": content["team"], "code": _code(view)}


def _code(view: IncidentView) -> str:
    return code(view.incident.id)


FIELD: Final[dict[str, Callable[[dict[str, Any], IncidentView, Voice, datetime], Message]]] = {
    "declined": _declined,
    "lapsed": _lapsed,
    "help": _help,
    "belied": _belied,
    "fixed": _fixed,
}
