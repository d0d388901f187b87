"""A report: of one's own unit in one message, or written down for a unit that telephones."""

from dataclasses import replace

from bot.answer import Answer
from bot.cards.message import Message
from bot.gate import Visitor, may_touch
from bot.handlers.lookup import ask
from bot.handlers.own_unit import own_unit
from bot.orders import Order
from bot.reception import Reception
from incidents.said import Kind
from intents.leading import leading
from intents.names import Found, Nothing, Several
from operations.deny import deny
from operations.report import Reported, report
from storage import letters

COMMAND = {Kind.FAULT: "baosuco", Kind.OUTAGE: "matmang", Kind.UNSTEADY: "chapchon"}


async def fault(reception: Reception, visitor: Visitor, order: Order) -> Answer | None:
    """/baosuco [words]: whatever it is."""
    return await of_own_unit(reception, visitor, order, Kind.FAULT)


async def outage(reception: Reception, visitor: Visitor, order: Order) -> Answer | None:
    """/matmang [words]: no connection at all."""
    return await of_own_unit(reception, visitor, order, Kind.OUTAGE)


async def unsteady(reception: Reception, visitor: Visitor, order: Order) -> Answer | None:
    """/chapchon [words]: slow, or it comes and goes."""
    return await of_own_unit(reception, visitor, order, Kind.UNSTEADY)


async def of_own_unit(
    reception: Reception, visitor: Visitor, order: Order, kind: Kind, unit: int | None = None
) -> Answer | None:
    """Report the person's own unit; the answer is a letter of the same transaction."""
    meant = unit or await own_unit(reception, visitor, order, COMMAND[kind])
    if not isinstance(meant, int):
        return meant
    await keep(reception, visitor, order, meant, order.words, kind)
    return None


async def false_alarm(reception: Reception, visitor: Visitor, order: Order, unit: int) -> Answer | None:
    """Plain words that say a unit is well, whatever the probes say."""
    told = await deny(
        reception.desk,
        visitor.person,
        unit,
        order.words,
        probe=reception.probe,
        where=order.where,
        source=order.origin,
        said_at=order.at,
    )
    if told is None or told.incident is not None:
        return None
    return Answer(reception.voice.say("There is no open ticket of your unit."))


async def by_telephone(reception: Reception, visitor: Visitor, order: Order) -> Answer | None:
    """/ghiho unit [words]: what a unit says by telephone, kept as its report."""
    voice = reception.voice
    if order.tap:
        return await _chosen(reception, visitor, order)
    if not order.words:
        return Answer(voice.say("Which unit? Write /ghiho, its name and what it says."))
    async with reception.desk.look() as act:
        match, words = leading(order.words, act.directory.gazetteer, visitor.person.unit_id)
        match match:
            case Several(places):
                return replace(ask(reception, act, visitor, places, "ghiho"), kept=words)
            case Nothing():
                return Answer(voice.say("No unit has a name like “{name}”.", name=order.words))
            case Found(place):
                unit = place.id
        if not may_touch(act, visitor.person, unit):
            return Answer(voice.say("{unit} is not yours to look at.", unit=place.name))
    await keep(reception, visitor, order, unit, words, Kind.FAULT, on_behalf=True)
    return None


async def _chosen(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """The unit of several was chosen; what it says stands in the question."""
    (unit,) = order.numbers
    async with reception.desk.look() as act:
        asked = await letters.message(act.session, order.where, order.message or 0)
        known = act.directory.units.get(unit)
        if asked is None or "kept" not in asked.content or known is None:
            return Answer(reception.voice.say("That button is no longer in use."))
        if not may_touch(act, visitor.person, unit):
            return Answer(reception.voice.say("{unit} is not yours to look at.", unit=known.name))
    await keep(reception, visitor, order, unit, asked.content["kept"], Kind.FAULT, on_behalf=True)
    said = reception.voice.say("Written down for {unit}.", unit=known.name)
    return Answer(said, Message(said), replace=True)


async def keep(
    reception: Reception,
    visitor: Visitor,
    order: Order,
    unit: int,
    words: str,
    kind: Kind,
    *,
    on_behalf: bool = False,
) -> Reported | None:
    """Keep *words* as a report of *unit*; None where that was done before, or too much comes."""
    return await report(
        reception.desk,
        visitor.person,
        unit,
        words,
        probe=reception.probe,
        where=order.where,
        source=order.origin,
        kind=kind,
        said_at=order.at,
        on_behalf=on_behalf,
    )
