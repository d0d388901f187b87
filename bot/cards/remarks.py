"""What the desk added, as the card tells it: the severity it gave, and its last notes."""

from datetime import datetime

from markupsafe import Markup

from bot.buttons import pack
from bot.cards import words
from bot.cards.message import Button, Rows
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


def undo(view: IncidentView, voice: Voice, room: Room) -> Rows:
    """Return the button of the desk's that takes back the last act, while there is time."""
    version = view.remarks.undo
    if version is None or room is not Room.ONCALL:
        return ()
    return ((Button(voice.plain("Undo"), pack("undo", view.incident.id, version)),),)
