"""What people added to a ticket, on its card: how many of what, the last words, and a button to see it."""

from datetime import datetime

from markupsafe import Markup

from bot.buttons import pack
from bot.cards.message import Button, Rows
from incidents.supplement import Medium
from intents.masking import mask_addresses
from locales.marker import N_
from locales.voice import Voice
from operations.look import IncidentView

WORDS_SHOWN = 200
COUNTED = {
    Medium.PHOTO: N_("photos: {count}"),
    Medium.VOICE: N_("voice notes: {count}"),
    Medium.VIDEO: N_("videos: {count}"),
    Medium.DOCUMENT: N_("picture files: {count}"),
}


def lines(view: IncidentView, voice: Voice, now: datetime) -> list[Markup]:
    """Return «Kèm theo: 2 ảnh, 1 ghi âm», and who added which words."""
    what = ", ".join(voice.plain(COUNTED[kind], count=count) for kind, count in view.files)
    counted = [voice.say("Added: {what}", what=what)] if what else []
    said = [
        voice.say(
            "{name} added at {when}: “{words}”",
            name=each.name,
            when=voice.when(each.at, now),
            words=mask_addresses(each.words)[:WORDS_SHOWN],
        )
        for each in view.additions
    ]
    return counted + said


def button(view: IncidentView, voice: Voice) -> Rows:
    """Return the button that brings the files up, where there are any."""
    count = sum(each for _, each in view.files)
    if not count:
        return ()
    return (
        (Button(voice.plain("Photos, recordings ({count})", count=count), pack("media", view.incident.id)),),
    )
