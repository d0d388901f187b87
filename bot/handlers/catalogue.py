"""The inventory to look at: counts, and lists that are turned by buttons."""

from bot.answer import Answer
from bot.cards import catalogue as card
from bot.gate import Visitor
from bot.orders import Order
from bot.reception import Reception
from operations import catalogue

LISTS = (catalogue.units, catalogue.channels, catalogue.teams)  # as the card's SECTIONS


async def overview(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/danhmuc: how much of what there is."""
    async with reception.desk.look() as act:
        return Answer(message=card.overview(catalogue.counts(act), reception.voice))


async def turn(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """A tap on a list, or on its next page."""
    index, page = order.numbers
    if index >= len(LISTS):
        return Answer(reception.voice.say("That button is no longer in use."))
    async with reception.desk.look() as act:
        shown = card.section(index, page, LISTS[index](act), reception.voice)
    return Answer(message=shown, replace=True)
