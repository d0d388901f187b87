"""The lines of a card that unfold: how the line was, what is around it, whom to call, what was done."""

from datetime import datetime

from markupsafe import Markup

from bot.cards import seen
from bot.cards.steps import steps
from locales.voice import Voice
from operations.details import Details
from operations.look import IncidentView

STEPS_SHOWN = 8


def lines(view: IncidentView, details: Details, voice: Voice, now: datetime) -> list[Markup | None]:
    """Return the details, the steps last."""
    uplink, hotline = details.uplink, details.hotline
    return [
        seen.before(view.seen, voice),
        seen.around(view.seen, voice, even_none=True),
        voice.say("Connected through: {unit}", unit=uplink) if uplink else None,
        voice.say("Opened at {when}", when=voice.when(view.incident.opened, now)),
        voice.say("Hotline of {carrier}: {hotline}", carrier=details.carrier, hotline=hotline)
        if hotline
        else None,
        *steps(details.steps[-STEPS_SHOWN:], voice, now),
    ]
