"""Lists: the open tickets, one line each."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.buttons import pack
from bot.cards import words
from bot.cards.incident import place
from bot.cards.message import Button, Message, in_rows
from incidents.model import Incident, code
from locales.voice import Voice
from operations.look import IncidentView

BUTTONS_SHOWN = 8


def open_tickets(views: Sequence[IncidentView], voice: Voice, now: datetime) -> Message:
    """Return the list of open tickets: those nobody took first, then the oldest first."""
    if not views:
        return Message(voice.say("No open ticket."))
    ranked = sorted(views, key=lambda view: _rank(view.incident))
    lines = [voice.say("<b>Open tickets: {count}</b>", count=len(ranked))]
    lines += [_line(view, voice, now) for view in ranked]
    buttons = [
        Button(code(view.incident.id), pack("show", view.incident.id)) for view in ranked[:BUTTONS_SHOWN]
    ]
    return Message.of(lines, in_rows(buttons, 4))


def _rank(incident: Incident) -> tuple[bool, bool, datetime]:
    return incident.settled, incident.owner is not None, incident.opened


def _line(view: IncidentView, voice: Voice, now: datetime) -> Markup:
    incident = view.incident
    icon = "🟢" if incident.settled else "🔴" if incident.silent else "🟡"
    return voice.say(
        "{icon} {code} · {unit} · since {when} · {status}",
        icon=icon,
        code=code(incident.id),
        unit=place(view),
        when=voice.when(incident.began or incident.opened, now),
        status=voice.say(words.status(incident)),
    )
