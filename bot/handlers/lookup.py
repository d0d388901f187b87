"""Look-ups: how a unit or the whole network stands, and a probe of it now."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.answer import Answer
from bot.buttons import pack
from bot.cards import unit as card
from bot.cards.incident import with_area
from bot.cards.message import Button, Message, in_rows
from bot.cards.pages import page
from bot.cards.troubles import probed as probed_lines
from bot.gate import Visitor, may_touch
from bot.orders import Order
from bot.reception import Reception
from incidents.outcome import Outcome
from incidents.roles import Role
from intents.names import Found, Nothing, Place, Several
from locales.marker import N_
from operations.desk import Act
from operations.hearing import home_of, ids_of, units_of
from operations.lines import LineEntry, lines_of
from operations.survey import out_by_area, out_units, unit_view
from storage.tables import Unit

WHICH = N_("Which one do you mean?")
PROBED_AT_ONCE = 15  # channels of a district


async def status(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/trangthai [đơn vị]: the unit as it stands; without a name one's own, or the whole."""
    async with reception.desk.look() as act:
        unit = meant(reception, act, visitor, order, "status")
        if isinstance(unit, Answer):
            return unit
        if unit is None or unit.id is None or act.directory.holds(unit.id):
            return await _part(reception, act, order, unit, unit.id if unit else visitor.person.unit_id)
        return Answer(message=card.unit(await unit_view(act, unit), reception.voice, act.at))


async def _part(reception: Reception, act: Act, order: Order, unit: Unit | None, scope: int | None) -> Answer:
    """Return how the units of *scope* stand, those with a channel out by name, a page at a time."""
    turned = order.tap and len(order.numbers) > 1
    shown = page(await out_units(act, scope) if scope else [], order.numbers[1] if turned else 0, card.SIZE)
    counts, heading = await out_by_area(act, scope), unit.name if unit else None
    message = card.areas(counts, shown.items, reception.voice, act.at, heading)
    turns = shown.turns(lambda to: pack("status", scope or 0, to)) if len(counts) == 1 else ()
    return Answer(message=replace(message, buttons=turns), replace=turned)


async def probe(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/kiemtra đơn vị: probe its channels now; those of a district a page at a time."""
    async with reception.desk.look() as act:
        unit = meant(reception, act, visitor, order, "probe")
        if isinstance(unit, Answer):
            return unit
        if unit is None or unit.id is None:
            return Answer(reception.voice.say("Which unit? Write /kiemtra and its name."))
        below = await lines_of(act, unit.id) if act.directory.holds(unit.id) else ()
        channels = {each: act.directory.series_of(each) for each in act.directory.channels_of(unit.id)}
        codes = {each: act.directory.channels[each].code for each in channels}
    if below:
        return await _probe_all(reception, order, unit, below)
    outcomes = await reception.probe([series for each in channels.values() for series in each])
    probed: dict[str, list[Outcome]] = {
        codes[channel]: [outcome for each in series for outcome in outcomes.get(each, [])]
        for channel, series in channels.items()
    }
    async with reception.desk.look() as act:
        view = await unit_view(act, act.directory.units[unit.id])
        return Answer(message=card.unit(view, reception.voice, act.at, probed))


async def _probe_all(reception: Reception, order: Order, unit: Unit, lines: Sequence[LineEntry]) -> Answer:
    turned = order.tap and len(order.numbers) > 1
    shown = page(lines, order.numbers[1] if turned else 0, PROBED_AT_ONCE)
    outcomes = await reception.probe([series for line in shown.items for series in line.series])
    probed = [
        (line, [outcome for series in line.series for outcome in outcomes.get(series, [])])
        for line in shown.items
    ]
    turns = shown.turns(lambda to: pack("probe", unit.id or 0, to))
    at = reception.desk.clock()
    return Answer(message=probed_lines(probed, unit.name, reception.voice, at, turns), replace=turned)


def meant(
    reception: Reception, act: Act, visitor: Visitor, order: Order, verb: str, more: tuple[int, ...] = ()
) -> Unit | Answer | None:
    """Return the unit an order means; None where no unit is named and the person has none.

    Where several may be meant the answer is buttons with *verb*, the unit, and *more*.
    """
    units, own = act.directory.units, ids_of(units_of(act, visitor.person))
    home = home_of(act, visitor.person)
    if order.numbers:
        unit = units.get(order.numbers[0])
    elif not order.words and len(own) > 1:
        return offer(reception, act, own, verb, more)
    elif not order.words:
        unit = units.get(home) if home else None
        if unit is None:
            return None
    else:
        match act.directory.gazetteer.find(order.words, home):
            case Found(place):
                unit = units[place.id]
            case Several(places):
                return ask(reception, act, visitor, places, verb, more)
            case Nothing():
                unit = None
    if unit is None or unit.id is None:
        return Answer(reception.voice.say("No unit has a name like “{name}”.", name=order.words))
    if not may_see(act, visitor, unit.id):
        return Answer(reception.voice.say("{unit} is not yours to look at.", unit=unit.name))
    return unit


def may_see(act: Act, visitor: Visitor, unit: int) -> bool:
    """Return whether the visitor may look at *unit*."""
    if visitor.role is Role.TEAM:
        covers = [each for team, each in act.directory.covers if team == visitor.person.team_id]
        return any(act.directory.within(unit, each) for each in covers)
    return may_touch(act, visitor.person, unit)


def ask(
    reception: Reception,
    act: Act,
    visitor: Visitor,
    places: tuple[Place, ...],
    verb: str,
    more: tuple[int, ...] = (),
) -> Answer:
    """Return the units that may be meant as buttons: a double or near match is never a guess."""
    seen = [place.id for place in places if may_see(act, visitor, place.id)]
    if not seen:
        return Answer(reception.voice.say("None of the units with such a name is yours to look at."))
    return offer(reception, act, seen, verb, more)


def offer(
    reception: Reception,
    act: Act,
    units: Iterable[int],
    verb: str,
    more: tuple[int, ...] = (),
    question: str = WHICH,
) -> Answer:
    """Return *question* with a button for each of *units*."""
    buttons = [Button(unit_label(act, unit), pack(verb, unit, *more)) for unit in units]
    return Answer(message=Message(reception.voice.say(question), in_rows(buttons, 1)))


def unit_label(act: Act, unit: int) -> str:
    """Return a unit's name with its area, which tells it from others of the name."""
    area = act.directory.area(unit)
    return with_area(act.directory.units[unit].name, area.name if area else None)
