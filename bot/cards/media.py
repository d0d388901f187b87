"""The caption of a file that was added to a ticket: which ticket, which unit, who sent it and when."""

from datetime import datetime

from bot.cards.incident import place
from bot.cards.message import Message
from incidents.model import code
from intents.masking import mask_addresses
from locales.voice import Voice
from operations.look import IncidentView
from storage.tables import Attachment

WORDS_SHOWN = 400  # of at most two units each, so that the whole is within the 1,024 of a caption


def caption(row: Attachment, name: str, view: IncidentView, voice: Voice, now: datetime) -> Message:
    """Return what stands under the file; addresses in the sender's words are masked."""
    when = voice.when(row.at, now)
    words = mask_addresses(row.caption)[:WORDS_SHOWN]
    who = (
        voice.say("{name} sent this at {when}: “{words}”", name=name, when=when, words=words)
        if words
        else voice.say("{name} sent this at {when}", name=name, when=when)
    )
    return Message.of(
        [voice.say("<b>{code} · {unit}</b>", code=code(view.incident.id), unit=place(view)), who]
    )
