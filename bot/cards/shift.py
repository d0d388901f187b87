"""Shifts, in words: who is on duty, a hand-over with its tickets, and a shift that nobody has."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.buttons import pack
from bot.cards import words
from bot.cards.incident import place
from bot.cards.message import Button, Message, Rows, in_rows
from incidents.model import code
from locales.marker import N_
from locales.voice import Voice
from operations.look import IncidentView

BUTTONS_SHOWN = 8


def handover(content: dict[str, Any], views: Sequence[IncidentView], voice: Voice, now: datetime) -> Message:
    """Return a hand-over that waits for its taker: the giver's open tickets, and those that nobody has."""
    giver = content["giver"]
    head = (
        voice.say("<b>Hand-over of the shift</b>: {giver} → {taker}", giver=giver, taker=content["taker"])
        if giver
        else voice.say("<b>Taking the shift</b>: {taker}", taker=content["taker"])
    )
    lines = [
        head,
        *_tickets(content, views, voice, now),
        voice.say("{taker} is asked to confirm it.", taker=content["taker"]),
    ]
    return Message.of(lines, _buttons(content, views, voice))


def _tickets(
    content: dict[str, Any], views: Sequence[IncidentView], voice: Voice, now: datetime
) -> list[Markup]:
    live = [view for view in views if view.incident.live]
    own = [view for view in live if view.incident.owner is not None]
    free = [view for view in live if view.incident.owner is None]
    lines = [voice.say("Open tickets handed over: {count}", count=len(own))] if content["giver"] else []
    lines += [_ticket(view, voice, now) for view in own]
    if free:
        lines.append(voice.say("Open tickets that nobody has taken: {count}", count=len(free)))
    return [*lines, *(_ticket(view, voice, now) for view in free)]


def _ticket(view: IncidentView, voice: Voice, now: datetime) -> Markup:
    incident = view.incident
    return voice.say(
        "{icon} {code} · {unit} · since {when} · {status}",
        icon="🟢" if incident.settled else "🔴" if incident.silent else "🟡",
        code=code(incident.id),
        unit=place(view),
        when=voice.when(incident.began or incident.opened, now),
        status=voice.say(words.status(incident)),
    )


def _buttons(content: dict[str, Any], views: Sequence[IncidentView], voice: Voice) -> Rows:
    number = content["id"]
    answer = (
        Button(voice.plain("Take the shift"), pack("takeshift", number)),
        Button(voice.plain("Not now"), pack("keepshift", number)),
    )
    shown = [Button(code(view.incident.id), pack("show", view.incident.id)) for view in views[:BUTTONS_SHOWN]]
    return (answer, *in_rows(shown, 4))


def _taken_over(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    giver, count = content["giver"], content["tickets"]
    return Message.of(
        [
            voice.say("<b>{taker} has taken the shift over</b>", taker=content["taker"]),
            voice.say("From {giver}, with {count} open tickets.", giver=giver, count=count)
            if giver
            else None,
        ]
    )


def _unconfirmed(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    since = voice.when(datetime.fromisoformat(content["at"]), now)
    giver = content["giver"] or voice.plain("nobody")
    return Message.of(
        [
            voice.say("<b>A hand-over of the shift is not confirmed</b>"),
            voice.say("{giver} → {taker}, asked at {when}.", giver=giver, taker=content["taker"], when=since),
            voice.say("Open tickets in it: {count}", count=len(content["incidents"])),
        ],
        ((Button(voice.plain("Take the shift"), pack("takeshift", content["id"])),),),
    )


def _empty_shift(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    start, end = content["start"], content["end"]
    return Message.of(
        [
            voice.say("<b>Nobody is on the roster</b>"),
            voice.say(
                N_("From {start} to {end}") if end else N_("From {start} on"),
                start=voice.when(datetime.fromisoformat(start), now),
                end=voice.when(datetime.fromisoformat(end), now) if end else "",
            ),
        ]
    )


SHIFTS: dict[str, Callable[[dict[str, Any], Voice, datetime], Message]] = {
    "taken_over": _taken_over,
    "unconfirmed": _unconfirmed,
    "empty_shift": _empty_shift,
}
