"""The calls of the ladder: nobody took a ticket, or somebody did and then nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.buttons import pack
from bot.cards.incident import title
from bot.cards.message import Button, Message
from incidents.model import code
from incidents.policy import Audience
from locales.voice import Voice
from operations.look import IncidentView


def escalated(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    """Return the call for a ticket that nobody has taken."""
    waiting = now - view.incident.opened
    return _call(
        [
            voice.say("<b>Nobody has taken {code} yet</b>", code=code(view.incident.id)),
            title(view, voice),
            voice.say("It has been waiting for {span}.", span=voice.duration(waiting)),
            _asked(content, voice),
        ],
        view,
    )


def neglected(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    """Return the call for a ticket that was taken, and about which nothing was done since."""
    incident = view.incident
    return _call(
        [
            voice.say("<b>Nothing has been done about {code}</b>", code=code(incident.id)),
            title(view, voice),
            voice.say(
                "{owner} has it; nothing since {when}, and no team.",
                owner=view.owner or "",
                when=voice.when(incident.tended or incident.opened, now),
            ),
            _asked(content, voice),
        ],
        view,
    )


def _call(lines: Sequence[Markup | None], view: IncidentView) -> Message:
    return Message.of(lines, ((Button(code(view.incident.id), pack("show", view.incident.id)),),))


def _asked(content: dict[str, Any], voice: Voice) -> Markup | None:
    """Return whom the rung calls, so that a telephone rings in a group; leaders are not called by name."""
    people = content.get("people", [])
    if not people or content.get("to") == Audience.LEADERS:
        return None
    mentions = (Markup('<a href="tg://user?id={}">{}</a>').format(id_, name) for id_, name in people)
    return voice.say("Asked to see to it: {people}", people=Markup(", ").join(mentions))
