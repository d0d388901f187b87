"""The list of open tickets: what matters most first, a page at a time."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.buttons import pack
from bot.cards import words
from bot.cards.incident import with_area
from bot.cards.message import Button, Message, in_rows
from bot.cards.pages import page, short
from incidents.model import code
from locales.voice import Voice
from operations.open_tickets import OpenTicket

SIZE = 10
UNASSIGNED = 2  # from so many on they can be handed out together


def listing(
    tickets: Sequence[OpenTicket], voice: Voice, now: datetime, number: int = 0, *, desk: bool = False
) -> Message:
    """Return a page of *tickets*; the *desk* may hand out together what no team has."""
    if not tickets:
        return Message(voice.say("No open ticket."))
    shown = page(tickets, number, SIZE)
    lines = [headline(tickets, voice), *(line(each, voice, now) for each in shown.items)]
    codes = [Button(code(each.incident.id), pack("show", each.incident.id)) for each in shown.items]
    waiting = [each for each in tickets if _waits(each)]
    hand = (Button(voice.plain("Hand out by area"), pack("plan", 0)),)
    together = (hand,) if desk and len(waiting) >= UNASSIGNED else ()
    turns = shown.turns(lambda to: pack("open", to))
    return Message.of(lines, (*together, *in_rows(codes, 5), *turns))


def headline(tickets: Sequence[OpenTicket], voice: Voice) -> Markup:
    """Return how many are open, how many of them nobody took, and how many are overdue."""
    unclaimed = sum(each.incident.owner is None and not each.incident.settled for each in tickets)
    overdue = sum(each.overdue for each in tickets)
    head = voice.say("<b>Open tickets: {count}</b>", count=len(tickets))
    if unclaimed:
        head = voice.say("{said} · {count} not taken", said=head, count=unclaimed)
    return voice.say("{said} · {count} overdue", said=head, count=overdue) if overdue else head


def line(ticket: OpenTicket, voice: Voice, now: datetime) -> Markup:
    """Return one ticket: which unit, since when, how it stands, who has it and what is overdue."""
    incident = ticket.incident
    icon = "🟢" if incident.settled else "🔴" if incident.silent else "🟡"
    said = voice.say(
        "{icon} {code} · {unit} · since {when} · {status}",
        icon=icon,
        code=code(incident.id),
        unit=short(with_area(ticket.name, ticket.area)),
        when=voice.when(incident.began or incident.opened, now),
        status=voice.say(words.status(incident)),
    )
    who = ticket.team or ticket.owner
    if who is not None:
        said = voice.say("{said} · {who}", said=said, who=short(who))
    return voice.say("{said} · ⏰ overdue", said=said) if ticket.overdue else said


def _waits(ticket: OpenTicket) -> bool:
    incident = ticket.incident
    return bool(incident.silent) and incident.of_lines and incident.assignment is None
