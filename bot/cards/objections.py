"""Objections of a carrier's team, what is proposed and decided, with the clock's figures beside it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from markupsafe import Markup

from bot.buttons import pack
from bot.cards import words
from bot.cards.incident import place
from bot.cards.message import Button, Message, Rows, in_rows
from incidents.model import Cause, code
from locales.marker import N_
from locales.voice import Voice
from operations.look import IncidentView

CLAIMS: Final = (N_("the time counted is wrong"), N_("the cause is wrong"))  # offered; others are written
CAUSES: Final = tuple(Cause)  # the number a button carries, from 1 on; 0: none
MINUTES: Final = {
    0: N_("Leave it as it is"),
    30: N_("Take 30 minutes off"),
    60: N_("Take 1 hour off"),
    120: N_("Take 2 hours off"),
}
FIGURES: Final = {
    "ours": N_("Ours: {span}"),
    "paused": N_("paused: {span}"),
    "carrier": N_("the carrier's: {span}"),
    "agreed": N_("agreed: {span}"),
}


def which(number: int, voice: Voice) -> Message:
    """Return the question what the team objects to."""
    asked = voice.say(
        "What does the team object to in {code}? With your own words: /khieunai {code} …", code=code(number)
    )
    buttons = [Button(voice.plain(each), pack("object", number, index)) for index, each in enumerate(CLAIMS)]
    return Message(asked, in_rows(buttons, 1))


def figures(seconds: dict[str, int], voice: Voice) -> Markup:
    """Return whose time it was: ours, paused, the carrier's and agreed on, in *seconds*."""
    told = (
        voice.say(text, span=voice.duration(timedelta(seconds=seconds[name])))
        for name, text in FIGURES.items()
    )
    return Markup(" · ").join(told)


def proposal(minutes: int, cause: str | None, voice: Voice) -> Markup:
    """Return what is proposed, or was decided."""
    parts = []
    if minutes:
        off = voice.duration(timedelta(minutes=minutes))
        parts.append(voice.say("{span} off the carrier's time", span=off))
    if cause is not None:
        parts.append(voice.say("cause: {cause}", cause=voice.say(words.CAUSE[Cause(cause)])))
    return Markup(" · ").join(parts) if parts else voice.say("everything stays as it is")


def _objected(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    lines = [*_head(content, view, voice), figures(content["figures"], voice)]
    return Message.of(
        [
            *lines,
            voice.say(
                "Propose a decision below; a second person has to agree. In words: /khieunai {code} 45' …",
                code=code(view.incident.id),
            ),
        ],
        _choices(content, view, voice),
    )


def _proposed(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    what = proposal(content["minutes"], content["cause"], voice)
    asked = voice.say("<b>{name} proposes</b>: {what}", name=content["person"], what=what)
    number, cause = view.incident.id, content["cause"]
    index = CAUSES.index(Cause(cause)) + 1 if cause else 0
    row = (
        Button(voice.plain("Agree"), pack("agree", number, content["minutes"], index, content["at"])),
        Button(voice.plain("Do not agree"), pack("disagree", number, content["at"])),
    )
    second = voice.say("A second person has to agree.")
    return Message.of(
        [*_head(content, view, voice), figures(content["figures"], voice), asked, second], (row,)
    )


def _decided(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    what = proposal(content["minutes"], content["cause"], voice)
    told = voice.say("<b>Decided by two</b>: {what}", what=what)
    return Message.of([*_head(content, view, voice), told, figures(content["figures"], voice)])


def _disagreed(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    told = voice.say("{name} does not agree to what was proposed.", name=content["person"])
    return Message.of([*_head(content, view, voice), told], _choices(content, view, voice))


def _head(content: dict[str, Any], view: IncidentView, voice: Voice) -> list[Markup]:
    return [
        voice.say(
            "<b>{team} objects</b>: {code}, {unit}",
            team=content["team"],
            code=code(view.incident.id),
            unit=place(view),
        ),
        voice.say("“{words}”", words=content["words"]),
    ]


def _choices(content: dict[str, Any], view: IncidentView, voice: Voice) -> Rows:
    number, at = view.incident.id, content["at"]
    times = [
        Button(voice.plain(label), pack("propose", number, minutes, 0, at))
        for minutes, label in MINUTES.items()
    ]
    power = CAUSES.index(Cause.POWER) + 1
    label = voice.plain("Cause: {cause}", cause=voice.plain(words.CAUSE[Cause.POWER]))
    return (*in_rows(times, 2), (Button(label, pack("propose", number, 0, power, at)),))


OBJECTIONS: Final[dict[str, Callable[[dict[str, Any], IncidentView, Voice, datetime], Message]]] = {
    "objected": _objected,
    "proposed": _proposed,
    "decided": _decided,
    "disagreed": _disagreed,
}
