"""What happened in a day: one line an incident, district by district, without codes."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from markupsafe import Markup

from bot.cards.causes import CAUSE
from bot.cards.message import Message
from locales.voice import Voice
from operations.happened import Happened


def happened(found: Sequence[Happened], voice: Voice, end: datetime) -> Message:
    """Return the incidents of the 24 hours that end at *end*."""
    if not found:
        return Message(voice.say("No incident in the 24 hours until {when}.", when=voice.time(end)))
    lines = [
        voice.say(
            "<b>{count} incidents in the 24 hours until {when}</b>", count=len(found), when=voice.time(end)
        )
    ]
    for area, own in groupby(found, key=lambda each: each.area):
        lines.append(voice.say("<b>{area}</b>", area=area))
        lines += [_line(each, voice, end) for each in own]
    return Message.of(lines)


def _line(each: Happened, voice: Voice, now: datetime) -> Markup:
    span = voice.duration((each.ended or now) - each.began)
    began, cause = voice.when(each.began, now), voice.plain(CAUSE[each.cause])
    unit = voice.plain("{unit} and others", unit=each.unit) if each.channels > 1 else each.unit
    if each.ended is None:
        return voice.say(
            "🔴 {unit}: since {began} ({span}), {cause}", unit=unit, began=began, span=span, cause=cause
        )
    return voice.say("{unit}: {began}, {span}, {cause}", unit=unit, began=began, span=span, cause=cause)
