"""Sure: what reaches many is asked first, and done by a second press."""

from collections.abc import Iterable

from bot.answer import Answer
from bot.buttons import pack
from bot.cards.incident import place
from bot.cards.message import Button, Message, Rows
from bot.gate import Visitor, may_touch
from bot.orders import Order
from bot.reception import Reception
from incidents.actions import Action
from incidents.lifecycle import Refused, advance
from incidents.model import Incident, code
from locales.marker import N_
from operations.look import incident_view
from storage import reports


async def sure(
    reception: Reception,
    visitor: Visitor,
    incident: Incident,
    action: Action,
    verb: str,
    numbers: Iterable[int],
) -> Answer | None:
    """Return the question whether *action* is meant, with the button that does it; None where none is needed.

    What would be refused is not asked about, nor what is of one unit alone.
    """
    voice = reception.voice
    async with reception.desk.look() as act:
        may = may_touch(act, visitor.person, incident.unit)
        if incident.wide is None or not may or isinstance(advance(incident, action, act.at), Refused):
            return None
        view = await incident_view(act, incident)
        waiting = await reports.units(act.session, incident.id)
    question = voice.say(
        "<b>{code} · {unit}</b> is of {count} channels, and {units} units wait for it. Go on?",
        code=code(incident.id),
        unit=place(view),
        count=len({each.channel for each in incident.members}),
        units=len(waiting),
    )
    return Answer(message=Message(question, buttons(reception, N_("Go on"), verb, numbers)))


def buttons(reception: Reception, label: str, verb: str, numbers: Iterable[int]) -> Rows:
    """Return the button that goes on, called *label*, and the one that leaves it."""
    voice, numbers = reception.voice, tuple(numbers)
    go_on = Button(voice.plain(label), pack(verb, *numbers))
    return ((go_on, Button(voice.plain("Leave it"), pack("letbe", numbers[0]))),)


async def let_be(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Thôi»: nothing is done."""
    said = reception.voice.say("Left as it is: {code}.", code=code(order.numbers[0]))
    return Answer(said, Message(said), replace=True)
