"""The tickets past their promise: for the desk and for leaders."""

from bot.answer import Answer
from bot.cards.overdue import overdue as card
from bot.gate import Visitor, may_touch
from bot.orders import Order
from bot.reception import Reception
from operations.overdue import overdue
from storage import incidents


async def listing(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/quahan, or a turn of its pages."""
    async with reception.desk.look() as act:
        live = [
            each
            for each in await incidents.live(act.session)
            if not each.security and may_touch(act, visitor.person, each.unit)
        ]
        number = order.numbers[0] if order.tap else 0
        message = card(overdue(act, live), number, reception.voice)
    return Answer(message.text if order.tap else None, message, replace=order.tap)
