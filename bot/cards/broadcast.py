"""An announcement in chat: what it would be, what officers read, and how it was delivered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.buttons import pack
from bot.cards.message import Button, Message
from locales.voice import Voice
from operations.broadcast import Audience, Delivery
from storage.tables import Broadcast

NAMED = 10


def preview(row: Broadcast, place: str | None, heard: Audience, voice: Voice) -> Message:
    """Return the announcement as it would go, whom it reaches, and the two buttons."""
    where = place or voice.plain("the whole province")
    lines = [
        voice.say("<b>To be announced</b> · {where}", where=where),
        voice.say("“{words}”", words=row.words),
        voice.say(
            "It reaches {count} officers of {units} units.", count=len(heard.officers), units=heard.units
        ),
        voice.say("{count} units have no officer.", count=heard.without) if heard.without else None,
        voice.say("It is urgent: it goes at once, by night too.")
        if row.urgent
        else voice.say("By night it waits for the morning."),
        voice.say("Nothing has been sent yet."),
    ]
    send = Button(voice.plain("Send it"), pack("broadcast", row.id or 0))
    drop = Button(voice.plain("Throw it away"), pack("unsent", row.id or 0))
    return Message.of(lines, ((send, drop),))


def announcement(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    """Return what an officer reads."""
    heading = (
        voice.say("<b>Urgent announcement of the duty desk</b>")
        if content["urgent"]
        else voice.say("<b>Announcement of the duty desk</b>")
    )
    return Message.of([heading, voice.say("{words}", words=content["words"])])


def delivered(row: Broadcast, how: Delivery, missed: Sequence[str], voice: Voice, now: datetime) -> Message:
    """Return how many have it, and the units whose officer could not be reached."""
    lines = [
        voice.say("<b>Announced at {when}</b>", when=voice.when(row.sent or now, now)),
        voice.say("“{words}”", words=row.words),
        voice.say(
            "Delivered {sent}, failed {failed}, on the way {waiting} (as of {when}).",
            sent=how.sent,
            failed=how.failed,
            waiting=how.waiting,
            when=voice.second(now, now),
        ),
        voice.say("Not reached: {names}", names=", ".join(missed[:NAMED])) if missed else None,
    ]
    look = Button(voice.plain("How far is it?"), pack("delivery", row.id or 0))
    return Message.of(lines, ((look,),))
