"""The digest: what happened while nothing could be delivered, and what is open now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.buttons import pack
from bot.cards.incident import place
from bot.cards.message import Button, Message, in_rows
from incidents.model import code
from locales.voice import Voice
from operations.look import IncidentView

BUTTONS_SHOWN = 8


def digest(content: dict[str, Any], views: Sequence[IncidentView], voice: Voice, now: datetime) -> Message:
    """Return the digest of *views*: what is still open first, each with a button."""
    since = datetime.fromisoformat(content["since"])
    live = [view for view in views if view.incident.live]
    over = [view for view in views if not view.incident.live]
    lines: list[Markup | None] = [
        voice.say(
            "<b>While the connection to Telegram was lost</b> ({since} – {until})",
            since=voice.when(since, now),
            until=voice.when(now, now),
        ),
        voice.say("For a time nothing was monitored.") if content["blind"] else None,
        voice.say("Open now: {count}", count=len(live)),
        *(_line(view, voice, now) for view in live),
        voice.say("Over: {count}", count=len(over)) if over else None,
        *(_line(view, voice, now) for view in over),
    ]
    buttons = [Button(code(each.incident.id), pack("show", each.incident.id)) for each in live]
    return Message.of(lines, in_rows(buttons[:BUTTONS_SHOWN], 4))


def _line(view: IncidentView, voice: Voice, now: datetime) -> Markup:
    incident = view.incident
    began = incident.began or incident.opened
    if incident.recovered is None:
        return voice.say(
            "🔴 {code} · {unit} · since {when}",
            code=code(incident.id),
            unit=place(view),
            when=voice.when(began, now),
        )
    return voice.say(
        "🟢 {code} · {unit} · {since} – {until}",
        code=code(incident.id),
        unit=place(view),
        since=voice.when(began, now),
        until=voice.when(incident.recovered, now),
    )
