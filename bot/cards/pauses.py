"""Pauses of the carrier's clock and promises close to their end, as the desk and the team read of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from markupsafe import Markup

from bot.buttons import pack
from bot.cards import words
from bot.cards.incident import deadline, place
from bot.cards.message import Button, Message, Rows, in_rows
from incidents.model import code
from incidents.owed import Owed
from incidents.pause import Hindrance, Obstacle
from locales.marker import N_
from locales.voice import Voice
from operations.look import IncidentView

OBSTACLES: Final = (Obstacle.LOCKED, Obstacle.STORM, Obstacle.ROAD)  # offered; another one is written
LENGTHS: Final = {60: N_("Agree, 1 hour"), 120: N_("Agree, 2 hours"), 240: N_("Agree, 4 hours")}  # minutes
MISSED: Final = {
    Owed.ACKNOWLEDGE: N_("It was to be taken before {when}."),
    Owed.ASSIGN: N_("It was to be handed to a team before {when}."),
    Owed.ACCEPT: N_("The team was to accept it before {when}."),
    Owed.RESTORE: N_("It was to be restored before {when}."),
}


def which(view: IncidentView, voice: Voice) -> Message:
    """Return the question what keeps the team from its work."""
    asked = voice.say(
        "What keeps the team from its work on {code}? For another reason write it: /tamtinh {code} …",
        code=code(view.incident.id),
    )
    buttons = [
        Button(voice.plain(words.OBSTACLE[each]), pack("rest", view.incident.id, number))
        for number, each in enumerate(OBSTACLES)
    ]
    return Message(asked, in_rows(buttons, 1))


def stands(view: IncidentView, voice: Voice, now: datetime) -> Message:
    """Return how the pause stands that was asked for already."""
    hindrance = view.incident.hindrance
    assert hindrance is not None
    if hindrance.until is None:
        return Message(voice.say("A pause is asked for already: {code}.", code=code(view.incident.id)))
    said = voice.say(
        "The team's clock stands still until {when} ({code}).",
        when=voice.when(hindrance.until, now),
        code=code(view.incident.id),
    )
    return Message(said, _go_on(view, voice))


def why(hindrance: Hindrance, voice: Voice) -> Markup:
    """Return what hinders the team: in its words, where it gave any."""
    return Markup.escape(hindrance.words) if hindrance.words else voice.say(words.OBSTACLE[hindrance.why])


def _asked(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    hindrance = view.incident.hindrance
    head = voice.say(
        "<b>{team} asks for a pause of its clock</b> ({code}): {unit}",
        team=view.team or content["person"],
        code=code(view.incident.id),
        unit=place(view),
    )
    if hindrance is None or hindrance.allowed:
        return Message.of([head, voice.say("That has been answered already.")])
    since = voice.when(hindrance.at, now)
    return Message.of(
        [
            head,
            voice.say("{name}: “{words}”", name=content["person"], words=why(hindrance, voice)),
            voice.say("Its clock would stand still from {when} on.", when=since),
        ],
        _answers(view, hindrance, voice),
    )


def _answers(view: IncidentView, hindrance: Hindrance, voice: Voice) -> Rows:
    number, asked = view.incident.id, int(hindrance.at.timestamp())
    lengths = [
        Button(voice.plain(label), pack("letrest", number, minutes, asked))
        for minutes, label in LENGTHS.items()
    ]
    return (*in_rows(lengths, 3), (Button(voice.plain("Do not agree"), pack("norest", number, asked)),))


def _allowed(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    hindrance = view.incident.hindrance
    until = hindrance.until if hindrance else None
    head = voice.say(
        "<b>The duty desk agrees</b>: {code}, {unit}", code=code(view.incident.id), unit=place(view)
    )
    if until is None:
        return Message.of([head, voice.say("The pause is over.")])
    stands_still = voice.say(
        "The team's clock stands still until {when}. Please press below once you go on.",
        when=voice.when(until, now),
    )
    return Message.of([head, stands_still], _go_on(view, voice))


def _refused(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    head = voice.say(
        "<b>The duty desk does not agree to a pause</b>: {code}, {unit}",
        code=code(view.incident.id),
        unit=place(view),
    )
    return Message.of([head, deadline(view, voice, now)])


def _over(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    head = voice.say(
        "<b>The team's clock goes on</b>: {code}, {unit}", code=code(view.incident.id), unit=place(view)
    )
    return Message.of([head, deadline(view, voice, now)])


def _due_soon(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    head = voice.say("<b>{code}: the time is nearly up</b>", code=code(view.incident.id))
    owed = voice.say(
        words.OWED[Owed(content["owed"])], when=voice.when(datetime.fromisoformat(content["due"]), now)
    )
    return Message.of([head, place(view), owed], _open(view))


def _missed(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    head = voice.say("<b>{code} is overdue</b>: {unit}", code=code(view.incident.id), unit=place(view))
    when = voice.when(datetime.fromisoformat(content["due"]), now)
    team = voice.say("Team: {team}", team=view.team) if view.team else None
    return Message.of([head, voice.say(MISSED[Owed(content["owed"])], when=when), team], _open(view))


def _go_on(view: IncidentView, voice: Voice) -> Rows:
    return ((Button(voice.plain("We go on"), pack("goon", view.incident.id)),),)


def _open(view: IncidentView) -> Rows:
    return ((Button(code(view.incident.id), pack("show", view.incident.id)),),)


PAUSES: Final[dict[str, Callable[[dict[str, Any], IncidentView, Voice, datetime], Message]]] = {
    "pause_asked": _asked,
    "pause_allowed": _allowed,
    "pause_refused": _refused,
    "pause_over": _over,
    "due_soon": _due_soon,
    "missed": _missed,
}
