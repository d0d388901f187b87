"""A suspicion of a security incident: kept apart, answered at once, and known to few."""

from bot.answer import Answer
from bot.gate import Visitor
from bot.handlers import report
from bot.orders import Order
from bot.reception import Reception
from bot.said import Said
from operations.suspect import suspect


async def suspicion(reception: Reception, visitor: Visitor, order: Order) -> Answer | None:
    """/attt [words]: the answer is a letter of the same transaction."""
    return await _keep(reception, visitor, order, visitor.person.unit_id)


async def suspected(reception: Reception, visitor: Visitor, said: Said) -> Answer | None:
    """Plain words that say so."""
    return await _keep(reception, visitor, said.order, said.unit or visitor.person.unit_id)


async def _keep(reception: Reception, visitor: Visitor, order: Order, unit: int | None) -> Answer | None:
    if unit is None:
        return report.no_unit(reception)
    await suspect(reception.desk, visitor.person, unit, order.words, where=order.where, source=order.origin)
    return None
