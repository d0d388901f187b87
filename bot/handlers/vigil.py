"""Vigils in chat: units are told to stay on for a storm, a meeting or a watch; listed, and ended early."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from bot.answer import Answer
from bot.cards import vigil as card
from bot.cards import words
from bot.cards.message import Message
from bot.gate import Visitor, may_touch
from bot.handlers.lookup import meant
from bot.orders import Order
from bot.reception import Reception
from bot.until import span_in
from incidents.span import Span
from incidents.vigil import Occasion, Refusal
from operations.desk import Act
from operations.vigil import keep, lift
from storage import vigils
from storage.tables import Person

EVERYTHING = ("tat ca", "toan tinh", "all")
OCCASIONS = tuple(Occasion)
MINUTE = 60  # seconds: what a button carries of an instant
LATEST = 4_102_444_800 // MINUTE  # the year 2100: beyond it a button is forged


async def _begin(occasion: Occasion, reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """Keep a vigil as it was typed; without words say which there are."""
    if not order.words:
        return await listed(reception, visitor, order)
    voice = reception.voice
    async with reception.desk.look() as act:
        said = span_in(order.words, act.at, voice.zone)
        if said is None:
            example = f"/{order.verb} Thần Xa đến 22:00"
            return Answer(voice.say("From when until when? Write for example: {example}", example=example))
        name, asked = said
        more = (
            OCCASIONS.index(occasion),
            *(int(each.timestamp()) // MINUTE for each in (asked.start, asked.end)),
        )
        scope = _scope(reception, act, visitor, replace(order, words=name), more)
    if isinstance(scope, Answer):
        return scope
    return await _keep(reception, visitor, occasion, scope, asked)


storm = partial(_begin, Occasion.STORM)
meeting = partial(_begin, Occasion.MEETING)
watch = partial(_begin, Occasion.WATCH)


async def choose(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """The button with one of several units that may have been meant."""
    unit, occasion, *minutes = order.numbers
    if occasion >= len(OCCASIONS) or max(minutes) > LATEST:
        return Answer(reception.voice.say("That button is no longer in use."))
    start, end = (datetime.fromtimestamp(each * MINUTE, UTC) for each in minutes)
    async with reception.desk.look() as act:
        if not _may(act, visitor.person, unit):
            return Answer(reception.voice.say("That button is no longer in use."))
    return await _keep(reception, visitor, OCCASIONS[occasion], unit, Span(start, end))


async def listed(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """The vigils that are kept or to come, each with a button that ends it."""
    async with reception.desk.look() as act:
        seen = [
            (each, _name(act, each.unit))
            for each in await vigils.to_come(act.session, act.at)
            if _may(act, visitor.person, each.unit)
        ]
        return Answer(message=card.listed(seen, reception.voice, act.at))


async def end(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """The button that ends a vigil."""
    (number,) = order.numbers
    async with reception.desk.look() as act:
        known = await vigils.find(act.session, number)
        if known is not None and not _may(act, visitor.person, known.unit):
            name = _name(act, known.unit) or reception.voice.plain("the whole province")
            return Answer(reception.voice.say("{unit} is not yours to look at.", unit=name))
    ended = await lift(reception.desk, number, visitor.person.id)
    if isinstance(ended, Refusal):
        return Answer(reception.voice.say(words.NOT_KEPT[ended]))
    said = reception.voice.say("That vigil is over: who is off as usual is excused again.")
    return Answer(said, Message(said), replace=True)


async def _keep(
    reception: Reception, visitor: Visitor, occasion: Occasion, scope: int | None, asked: Span
) -> Answer:
    made = await keep(reception.desk, occasion, scope, asked, visitor.person.id)
    if isinstance(made, Refusal):
        return Answer(reception.voice.say(words.NOT_KEPT[made]))
    async with reception.desk.look() as act:
        return Answer(message=card.kept(made, _name(act, scope), reception.voice, act.at))


def _scope(
    reception: Reception, act: Act, visitor: Visitor, order: Order, more: tuple[int, ...]
) -> int | Answer | None:
    """Return the unit that is named, None for all there is; to whom a part is entrusted, all is that part."""
    if order.words in EVERYTHING:
        return visitor.person.unit_id
    unit = meant(reception, act, visitor, order, "vigil", more)
    if isinstance(unit, Answer):
        return unit
    if unit is None or unit.id is None:
        return Answer(reception.voice.say("Which unit? Write its name, or “tất cả”."))
    return unit.id


def _may(act: Act, person: Person, unit: int | None) -> bool:
    return person.unit_id is None if unit is None else may_touch(act, person, unit)


def _name(act: Act, unit: int | None) -> str | None:
    return None if unit is None else act.directory.units[unit].name
