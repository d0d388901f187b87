"""An officer's report: one message, no dialogue, one answer."""

from bot.answer import Answer
from bot.gate import Visitor
from bot.orders import Order
from bot.reception import Reception
from operations.report import report


async def outage(reception: Reception, visitor: Visitor, order: Order) -> Answer | None:
    """/baosuco [words]: the unit is the person's own; the answer is the ticket."""
    unit = visitor.person.unit_id
    if unit is None:
        return Answer(
            reception.voice.say("Your account has no unit yet: please ask an administrator to set it.")
        )
    await report(
        reception.desk,
        visitor.person,
        unit,
        order.words,
        probe=reception.probe,
        where=order.where,
        source=order.origin,
    )
    return None  # the answer is a letter of the same transaction
