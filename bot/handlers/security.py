"""A suspicion of a security incident: kept apart, answered at once, and known to few."""

from bot.answer import Answer
from bot.gate import Visitor
from bot.handlers.own_unit import own_unit
from bot.orders import Order
from bot.reception import Reception
from bot.said import Said
from operations.suspect import suspect


async def suspicion(reception: Reception, visitor: Visitor, order: Order) -> Answer | None:
    """/attt [words]: the answer is a letter of the same transaction."""
    return await _keep(reception, visitor, order, await own_unit(reception, visitor, order, "attt"))


async def suspected(reception: Reception, visitor: Visitor, said: Said) -> Answer | None:
    """Plain words that say so."""
    unit = said.unit or await own_unit(reception, visitor, said.order, "unit", intent="nghi_mat_attt")
    return await _keep(reception, visitor, said.order, unit)


async def _keep(
    reception: Reception, visitor: Visitor, order: Order, unit: int | Answer | None
) -> Answer | None:
    if not isinstance(unit, int):
        return unit
    await suspect(reception.desk, visitor.person, unit, order.words, where=order.where, source=order.origin)
    return None
