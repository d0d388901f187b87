"""The pinned board of an on-call chat: the network in figures and the tickets that matter most."""

from datetime import datetime

from markupsafe import Markup

from bot.cards.message import Message
from bot.cards.open_tickets import headline, line
from bot.cards.overview import connected, kinds
from bot.cards.pages import short
from locales.voice import Voice
from operations.overview import Overview

TICKETS_SHOWN = 10
AREAS_SHOWN = 8


def board(view: Overview, voice: Voice, now: datetime) -> Message:
    """Return the board as of *now*."""
    head = voice.say("📌 <b>The duty desk's board</b> · as of {when}", when=voice.second(now, now))
    return Message.of([head, *body(view, voice, now).text.split("\n")])


def body(view: Overview, voice: Voice, now: datetime) -> Message:
    """Return what the board says beneath its stamp: by this one tells whether it says anything new."""
    more = len(view.tickets) - TICKETS_SHOWN
    return Message.of(
        [
            connected(view, voice),
            *kinds(view, voice),
            _areas(view, voice),
            headline(view.tickets, voice) if view.tickets else voice.say("No open ticket."),
            *(line(each, voice, now) for each in view.tickets[:TICKETS_SHOWN]),
            voice.say("and {count} more: /suco", count=more) if more > 0 else None,
        ]
    )


def _areas(view: Overview, voice: Voice) -> Markup | None:
    hurt = [each for each in view.areas if each.out]
    if not hurt:
        return None
    shown = (
        voice.say("{name} {out}/{total}", name=short(each.area), out=each.out, total=each.total)
        for each in hurt[:AREAS_SHOWN]
    )
    more = Markup("…") if len(hurt) > AREAS_SHOWN else Markup()
    return voice.say("Where: {areas}", areas=Markup(", ").join(shown) + more)
