"""The tickets past their promise, by carrier, as pages of a message."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from markupsafe import Markup

from bot.buttons import pack
from bot.cards.message import Button, Message, in_rows
from bot.cards.pages import page, short
from incidents.model import code
from incidents.owed import Owed
from locales.marker import N_
from locales.voice import Voice
from operations.overdue import Late

SIZE: Final = 8
LATE: Final = {
    Owed.ACKNOWLEDGE: N_("not taken, {span} late"),
    Owed.ASSIGN: N_("not handed to a team, {span} late"),
    Owed.ACCEPT: N_("not accepted, {span} late"),
    Owed.RESTORE: N_("not restored, {span} late"),
}


def overdue(found: Sequence[Late], number: int, voice: Voice) -> Message:
    """Return the page with this *number*."""
    if not found:
        return Message(voice.say("No open ticket is past its promise."))
    shown = page(found, number, SIZE)
    lines = [voice.say("<b>Past their promise: {count} tickets</b>", count=len(found))]
    for carrier, group in groupby(shown.items, key=lambda each: each.carrier):
        count = sum(each.carrier == carrier for each in found)
        name = carrier or voice.plain("the duty desk")
        lines.append(voice.say("<b>{name}</b>: {count}", name=name, count=count))
        lines += [_line(each, voice) for each in group]
    buttons = [Button(code(each.incident.id), pack("show", each.incident.id)) for each in shown.items]
    turns = shown.turns(lambda to: pack("overdue", to))
    return Message.of(lines, (*in_rows(buttons, 4), *turns))


def _line(late: Late, voice: Voice) -> Markup:
    said = [Markup.escape(short(late.unit)), voice.say(LATE[late.owed], span=voice.duration(late.by))]
    if late.team is not None:
        said.append(Markup.escape(short(late.team)))
    if late.paused:
        said.append(voice.say("its clock stands still"))
    return Markup("• {}: {}").format(code(late.incident.id), Markup(" · ").join(said))
