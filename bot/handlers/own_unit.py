"""Which unit an officer speaks of: the only one, the one named, or the one that is out; else buttons."""

from collections.abc import Sequence
from typing import Any

from bot.answer import Answer
from bot.gate import Visitor
from bot.handlers.asking import Offer, ask
from bot.handlers.lookup import unit_label
from bot.orders import Order
from bot.reception import Reception
from bot.said import read
from incidents.summary import OUT
from operations.desk import Act
from operations.hearing import ids_of, units_of
from storage import intervals


async def own_unit(
    reception: Reception, visitor: Visitor, order: Order, kind: str, **known: Any
) -> int | Answer | None:
    """Return the officer's unit that *order* is about, or a question; None if it was asked before.

    *kind* is the Offer's by which a button gives the order again, with the unit, *known* what that needs.
    """
    async with reception.desk.look() as act:
        own = ids_of(units_of(act, visitor.person))
        if not own:
            return no_unit(reception)
        if order.numbers:
            return order.numbers[0] if order.numbers[0] in own else _left(reception, act, order.numbers[0])
        few = await _likely(reception, act, visitor, order) if len(own) > 1 else own
        if len(few) == 1:
            return few[0]
        labels = {Offer(kind, unit): unit_label(act, unit) for unit in few}
    question = reception.voice.say("Which of your units is this about?")
    return await ask(reception, visitor, order, question, labels, **known)


def no_unit(reception: Reception) -> Answer:
    """Return the answer to an officer whose unit is not known."""
    return Answer(reception.voice.say("Your account has no unit yet: please ask an administrator to set it."))


def _left(reception: Reception, act: Act, unit: int) -> Answer:
    known = act.directory.units.get(unit)
    if known is None:
        return Answer(reception.voice.say("That button is no longer in use."))
    return Answer(reception.voice.say("You are no longer an officer of {unit}.", unit=known.name))


async def _likely(reception: Reception, act: Act, visitor: Visitor, order: Order) -> Sequence[int]:
    """Return the own units that are named, or all where none is; of these, the only one that is out."""
    said = read(reception, act, visitor, order)
    named = {place.id for place in (*said.found.units, *said.found.passed)}
    few = [unit for unit in said.own if unit in named] or said.own
    latest = await intervals.latest(act.session)
    lost = {act.directory.channels[each].unit_id for each, row in latest.items() if row.state in OUT}
    out = [unit for unit in few if unit in lost]
    return out if len(out) == 1 else few
