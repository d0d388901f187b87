"""Leaders: the figures of the last day, now."""

from datetime import timedelta

from bot.answer import Answer
from bot.cards.summary import summary
from bot.gate import Visitor
from bot.orders import Order
from bot.reception import Reception
from operations.summarise import figures


async def report(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/baocao: the same figures as the morning's letter, up to now."""
    async with reception.desk.look() as act:
        content = await figures(act, act.at - timedelta(days=1), act.at, visitor.person.unit_id)
        return Answer(message=summary(content, reception.voice, act.at))
