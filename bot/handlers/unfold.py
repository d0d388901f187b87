"""A card unfolded and folded up: a chat's live one for good, any other one where it stands."""

from bot.answer import Answer
from bot.cards import incident as card
from bot.cards.fold import Fold
from bot.gate import Visitor
from bot.handlers.incident import reads, room_for, sees, unknown
from bot.orders import Order
from bot.reception import Reception
from operations.look import incident_view
from operations.unfold import unfold
from storage import incidents


async def turn(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Chi tiết», «Thêm…», «Thu gọn»: show as much of the card as the button says."""
    number, wanted = order.numbers
    async with reception.desk.look() as act:
        incident = await incidents.find(act.session, number)
        if incident is None or wanted not in tuple(Fold) or not sees(act, visitor, incident):
            return unknown(reception, order)
        view = await incident_view(act, incident)
        trusted = reads(reception, visitor, order, incident)
        room = room_for(visitor)
        message = card.render(view, reception.voice, act.at, room, Fold(wanted), trusted=trusted)
    if order.message is not None and await unfold(
        reception.desk, incident, order.where, order.message, wanted
    ):
        return Answer()
    return Answer(message=message, replace=True)
