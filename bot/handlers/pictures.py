"""Pictures and files of the network, asked for by a button or by /xuatfile; drawn when they leave."""

from datetime import UTC, datetime, timedelta

from bot.answer import Answer
from bot.buttons import pack
from bot.cards import happened as card
from bot.cards.message import Button, Message, in_rows
from bot.gate import Visitor
from bot.handlers.lookup import may_see
from bot.orders import Order
from bot.reception import Reception
from incidents.span import Span
from locales.collation import sort_key
from operations.desk import Act
from operations.happened import happened
from operations.picture import Wanted, show
from reports.easel import Form

DAY = timedelta(days=1)


async def picture(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """Button: the day of one district, or of the whole, as a picture."""
    return await _send(reception, visitor, order, "telephone")


async def sheet(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """Button: every channel's day as a file."""
    return await _send(reception, visitor, order, "sheet")


async def export(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/xuatfile: the sheet of every channel as a file, in private only."""
    if not order.private:
        return Answer(reception.voice.say("Files are sent in private only: ask me there."))
    async with reception.desk.act() as act:
        await _post(act, order, Wanted("sheet", visitor.person.unit_id, act.at))
    return Answer(reception.voice.say("It is being drawn."))


async def areas(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """Button: which district's day."""
    async with reception.desk.look() as act:
        directory = act.directory
        found = {
            area.id: area.name
            for channel in directory.live_channels.values()
            if (area := directory.counted_under(channel.unit_id))
            and area.id
            and may_see(act, visitor, area.id)
        }
        buttons = [
            Button(name, pack("picture", id_, *order.numbers))
            for id_, name in sorted(found.items(), key=lambda pair: sort_key(pair[1]))
        ]
    if not buttons:
        return Answer(reception.voice.say("There are no districts."))
    return Answer(message=Message(reception.voice.say("Which district?"), in_rows(buttons, 2)))


async def details(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """Button: what happened in the day, one line an incident."""
    async with reception.desk.look() as act:
        wanted = _wanted(act, visitor, order, "telephone")
        if wanted is None:
            return _foreign(reception)
        found = await happened(act, Span(wanted.end - DAY, wanted.end), wanted.scope)
        return Answer(message=card.happened(found, reception.voice, wanted.end))


async def _send(reception: Reception, visitor: Visitor, order: Order, form: Form) -> Answer:
    async with reception.desk.act() as act:
        wanted = _wanted(act, visitor, order, form)
        if wanted is None:
            return _foreign(reception)
        await _post(act, order, wanted)
    return Answer(reception.voice.say("It is being drawn."))


async def _post(act: Act, order: Order, wanted: Wanted) -> None:
    await show(act, [order.where], wanted, f"picture:{order.source}", act.policies.query_lives)


def _wanted(act: Act, visitor: Visitor, order: Order, form: Form) -> Wanted | None:
    """Return the picture that the button's numbers name; None where it is not the visitor's to see."""
    unit, minute = order.numbers
    scope = unit or visitor.person.unit_id
    if scope is not None and (scope not in act.directory.units or not may_see(act, visitor, scope)):
        return None
    end = min(datetime.fromtimestamp(minute * 60, UTC), act.at)
    return Wanted(form, scope, end)


def _foreign(reception: Reception) -> Answer:
    return Answer(reception.voice.say("That is not yours to look at."))
