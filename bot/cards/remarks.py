"""What the desk added, as the card tells it: the severity it gave, and its last notes."""

from datetime import datetime

from markupsafe import Markup

from bot.cards import words
from incidents.roles import Room
from intents.masking import mask_addresses
from locales.voice import Voice
from operations.look import IncidentView

WORDS_SHOWN = 200


def lines(view: IncidentView, voice: Voice, now: datetime, room: Room | None) -> list[Markup]:
    """Return the lines of a card; notes are for the desk and the leaders alone."""
    graded = [voice.say("Severity: {severity}", severity=voice.say(words.SEVERITY[view.incident.severity]))]
    notes = view.remarks.notes if room in (Room.ONCALL, Room.LEADERS) else ()
    return [
        *(graded if view.remarks.graded else ()),
        *(
            voice.say(
                "📝 {name}, {when}: “{words}”",
                name=each.name,
                when=voice.when(each.at, now),
                words=mask_addresses(each.words)[:WORDS_SHOWN],
            )
            for each in notes
        ),
    ]
