"""An officer's report: one message, no dialogue, one answer."""

from bot.answer import Answer
from bot.gate import Visitor
from bot.handlers.own_unit import own_unit
from bot.orders import Order
from bot.reception import Reception
from operations.report import report


async def outage(reception: Reception, visitor: Visitor, order: Order) -> Answer | None:
    """/baosuco [words]: the unit is the person's own; the answer is the ticket."""
    async with reception.desk.look() as act:
        unit = await own_unit(reception, act, visitor, order, "whose")
    if isinstance(unit, Answer):
        return unit
    assert unit.id is not None
    # of a question's buttons each is one report, however often it is tapped
    source = f"{order.where.chat}/{order.message}/{unit.id}" if order.tap else order.source
    await report(
        reception.desk,
        visitor.person,
        unit.id,
        order.replied or order.words,
        probe=reception.probe,
        where=order.where,
        source=f"{order.where.transport}:{source}",
    )
    return None  # the answer is a letter of the same transaction
