"""The network as it stands, in lists that turn by buttons: figures, what is out, what is bad, every line."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.answer import Answer
from bot.buttons import pack
from bot.cards import overview as card
from bot.cards import troubles
from bot.cards.message import Message
from bot.gate import Visitor
from bot.handlers.lookup import meant
from bot.orders import Order
from bot.reception import Reception
from operations.desk import Act
from operations.lines import lines_of
from operations.overview import overview
from operations.troubles import bad_lines, out_lines
from storage.tables import Unit


async def figures(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/tongquan [đơn vị]: how many channels stand how, area by area, and the open tickets."""
    async with reception.desk.look() as act:
        part = scope(reception, act, visitor, order, "figures")
        if isinstance(part, Answer):
            return part
        view = await overview(act, part.id if part else None)
        heading = (part or act.directory.units[act.directory.top]).name
        message = card.figures(view, heading, reception.voice, act.at, number(order), _data("figures", part))
        return Answer(message=message, replace=order.tap)


async def out(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/matketnoi [đơn vị]: the channels that are out, by areas."""
    return await _troubles(reception, visitor, order, "out", out_lines, troubles.out)


async def bad(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/suygiam [đơn vị]: the channels of bad quality, the worst first."""
    return await _troubles(reception, visitor, order, "bad", bad_lines, troubles.bad)


async def _troubles(
    reception: Reception,
    visitor: Visitor,
    order: Order,
    verb: str,
    find: Callable[[Act, int | None], Awaitable[Any]],
    render: Callable[..., Message],
) -> Answer:
    async with reception.desk.look() as act:
        part = scope(reception, act, visitor, order, verb)
        if isinstance(part, Answer):
            return part
        found, heading = await find(act, part.id if part else None), part.name if part else None
        message = render(found, heading, reception.voice, act.at, number(order), _data(verb, part))
        return Answer(message=message, replace=order.tap)


async def lines(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/kenh đơn vị, huyện hoặc mã: its channels and those below it."""
    async with reception.desk.look() as act:
        part = scope(reception, act, visitor, order, "lines")
        if isinstance(part, Answer):
            return part
        if part is None or part.id is None:
            return Answer(reception.voice.say("Which unit? Write /kenh and its name or a channel's code."))
        found = await lines_of(act, part.id)
        message = troubles.of_unit(found, part.name, reception.voice, number(order), _data("lines", part))
        return Answer(message=message, replace=order.tap)


def scope(reception: Reception, act: Act, visitor: Visitor, order: Order, verb: str) -> Unit | Answer | None:
    """Return the part of the network that is meant: the button's, the one named, one's own; None: all."""
    if order.tap and not order.numbers[0]:
        return None if visitor.person.unit_id is None else act.directory.units[visitor.person.unit_id]
    return meant(reception, act, visitor, order, verb, (0,))


def number(order: Order) -> int:
    """Return which page is asked for, from 0 on."""
    return order.numbers[-1] if order.tap else 0


def _data(verb: str, part: Unit | None) -> Callable[[int], str]:
    return lambda page: pack(verb, part.id if part and part.id else 0, page)
