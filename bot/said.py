"""What was said in plain words, with what it was taken to mean: what a deed of bot/meanings.py goes by."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.answer import Answer
from bot.gate import Visitor
from bot.orders import Order
from bot.reception import Reception
from intents.understanding import Understanding, understand
from operations.desk import Act
from operations.hearing import home_of, ids_of, units_of


@dataclass(frozen=True, slots=True)
class Said:
    """A person's words and the *intent* they are taken for, at first the likeliest.

    *own* are an officer's units; *unit* is whose line it is about, None where nobody has asked.
    """

    order: Order
    found: Understanding
    intent: str
    own: tuple[int, ...] = ()
    unit: int | None = None


Deed = Callable[[Reception, Visitor, Said], Awaitable[Answer | None]]


def read(reception: Reception, act: Act, visitor: Visitor, order: Order) -> Said:
    """Return what *order*'s words mean to somebody of the visitor's unit, at the time they were written."""
    at = None if order.at is None else order.at.astimezone(reception.voice.zone)
    home = home_of(act, visitor.person)
    found = understand(order.words, act.directory.gazetteer, home, at)
    return Said(order, found, found.intent, ids_of(units_of(act, visitor.person)))


@dataclass(frozen=True, slots=True)
class Command:
    """The deed of a command: the words are obeyed as if it had been typed before them."""

    name: str

    async def __call__(self, reception: Reception, visitor: Visitor, said: Said) -> Answer | None:
        """Obey it, if the visitor may give it."""
        handle = reception.handler(self.name, visitor.role)
        if handle is None:
            return Answer(
                reception.voice.say("That is not for your role. Send /trogiup for what you can ask.")
            )
        return await handle(reception, visitor, replace(said.order, verb=self.name))
