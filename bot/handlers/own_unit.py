"""Which unit an officer speaks of: the only one, the one named, or the one that is out; else buttons."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answer import Answer
from bot.gate import Visitor
from bot.handlers.lookup import ask, gazetteer
from bot.orders import Order
from bot.reception import Reception
from incidents.summary import OUT
from intents.understanding import understand
from locales.marker import N_
from operations.desk import Act
from operations.hearing import units_of
from storage import intervals
from storage.tables import Unit


async def own_unit(
    reception: Reception, act: Act, visitor: Visitor, order: Order, verb: str
) -> Unit | Answer:
    """Return the officer's unit that the order is about; a button of *verb* carries the choice."""
    units = units_of(act, visitor.person)
    if not units:
        return Answer(
            reception.voice.say("Your account has no unit yet: please ask an administrator to set it.")
        )
    if order.numbers:
        chosen = next((unit for unit in units if unit.id == order.numbers[0]), None)
        return chosen or _left(reception, act, order.numbers[0])
    for few in (units, _named(act, units, order.words), await _out(act, units)):
        if len(few) == 1:
            return few[0]
    question = N_("Which of your units is this about?")
    return replace(ask(reception, act, [unit.id for unit in units if unit.id], verb, question), reply=True)


def _left(reception: Reception, act: Act, unit: int) -> Answer:
    known = act.directory.units.get(unit)
    if known is None:
        return Answer(reception.voice.say("That button is no longer in use."))
    return Answer(reception.voice.say("You are no longer an officer of {unit}.", unit=known.name))


def _named(act: Act, units: Sequence[Unit], words: str) -> list[Unit]:
    found = {place.id for place in understand(words, gazetteer(act.directory)).units}
    return [unit for unit in units if unit.id in found]


async def _out(act: Act, units: Sequence[Unit]) -> list[Unit]:
    latest = await intervals.latest(act.session)
    out = {act.directory.channels[each].unit_id for each, row in latest.items() if row.state in OUT}
    return [unit for unit in units if unit.id in out]
