"""Done: what is said of an act, with the button that takes it back where a message carries one."""

from markupsafe import Markup

from bot.answer import Answer
from bot.buttons import pack
from bot.cards.message import Button, Message, Rows
from bot.orders import Order
from bot.reception import Reception


def done(
    reception: Reception, order: Order, said: Markup, number: int, version: int, *, replace: bool = False
) -> Answer:
    """Return *said* of the step *version* of a ticket; *replace*: in place of the question that was tapped.

    A tap on a card is answered at the finger alone: the card itself has the button for a minute.
    """
    if order.tap and not replace:
        return Answer(said)
    return Answer(said, Message(said, undo_row(reception, number, version)), replace=replace)


def undo_row(reception: Reception, number: int, version: int) -> Rows:
    """Return the button that takes back the step *version*."""
    return ((Button(reception.voice.plain("Undo"), pack("undo", number, version)),),)
