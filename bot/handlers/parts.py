"""Several tickets made one, and a unit taken out of a wide one."""

import re

from bot.answer import Answer
from bot.buttons import pack
from bot.cards import desk as card
from bot.cards.message import Button, Message, in_rows
from bot.gate import Visitor, may_touch
from bot.handlers.desk import person, theirs
from bot.handlers.done import done
from bot.handlers.incident import unknown
from bot.handlers.lookup import unit_label
from bot.handlers.named import named
from bot.handlers.refused import refused
from bot.handlers.sure import buttons
from bot.orders import Order, subject
from bot.reception import Reception
from incidents.lifecycle import Refused, Step
from incidents.model import Incident, code
from locales.marker import N_
from operations.desk import Act
from operations.look import incident_view
from operations.merge import MOST, Union, union
from operations.merge import merge as make_one
from operations.part import part, units_of
from storage import incidents, letters

_CODES = re.compile(r"#?(?:sc-?)?(\d{1,9})\b", re.IGNORECASE)
UNITS_OFFERED = 40


async def merge(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/gop and codes: into the card it replies to, else into the first of them; asked first."""
    said = [int(each) for each in _CODES.findall(order.words)]
    numbers = [each for each in (order.about, *said) if each is not None][: MOST + 1]
    async with reception.desk.look() as act:
        meant = await union(act, numbers)
        if meant is None or not meant.parts:
            return Answer(
                reception.voice.say(
                    "Which tickets? Write /gop SC-0001 SC-0002, or reply to a card with the others."
                )
            )
        if (no := await _why_not(reception, act, visitor, meant)) is not None:
            return no
        views = [await incident_view(act, each) for each in (meant.target, *meant.parts)]
        asked = card.ask_to_merge(views, reception.voice, act.at)
    row = buttons(reception, N_("Merge them"), "merge", (meant.target.id,))
    kept = " ".join(str(each.id) for each in meant.parts)
    return Answer(message=Message(asked, row), kept=kept)


async def merge_now(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Gộp»: the second press; what is to become a part stands in the question."""
    (target,) = order.numbers
    async with reception.desk.look() as act:
        asked = await letters.message(act.session, order.where, order.message or 0)
        if asked is None or "kept" not in asked.content:
            return Answer(reception.voice.say("That button is no longer in use."))
        numbers = [target, *map(int, asked.content["kept"].split())]
        meant = await union(act, numbers)
        assert meant is not None
        if (no := await _why_not(reception, act, visitor, meant)) is not None:
            return no
    step = await make_one(reception.desk, numbers, person(visitor))
    if not isinstance(step, Step):  # somebody was faster
        return Answer(reception.voice.say("Nothing changed: {code}.", code=code(target)))
    said = card.said(step, reception.voice)
    return done(reception, order, said, target, step.after.version, replace=True)


async def split(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/tach [đơn vị], or a unit on its button: it goes on in a ticket of its own."""
    incident = await theirs(reception, visitor, order)
    if incident is None:
        return unknown(reception, order)
    async with reception.desk.look() as act:
        units = units_of(act, incident)
        found = _units_meant(act, order, units)
        if len(found) != 1:
            return _offer(reception, act, incident, found or units)
    parted = await part(reception.desk, incident.id, found[0], person(visitor))
    if isinstance(parted, Refused):
        async with reception.desk.look() as act:
            return Answer(await refused(reception, act, parted, person(visitor)))
    said = card.split(parted, reception.voice)
    return done(reception, order, said, incident.id, parted.step.after.version, replace=order.tap)


async def _why_not(reception: Reception, act: Act, visitor: Visitor, meant: Union) -> Answer | None:
    """Return what keeps the tickets from being made one: they are not the visitor's, or not fit."""
    for each in (meant.target, *meant.parts):
        if not may_touch(act, visitor.person, each.unit):
            return Answer(reception.voice.say("There is no such ticket among yours."))
    for number, why in meant.why.items():
        incident = await incidents.find(act.session, number)
        assert incident is not None
        return Answer(await refused(reception, act, Refused(why, incident), None))
    return None


def _units_meant(act: Act, order: Order, units: list[int]) -> list[int]:
    if order.tap:
        return [each for each in order.numbers[1:] if each in units]
    said = subject(order)[1]
    return named(said, ((act.directory.units[each].name, each) for each in units))[1] if said.strip() else []


def _offer(reception: Reception, act: Act, incident: Incident, units: list[int]) -> Answer:
    voice = reception.voice
    if len(units) < 2:
        return Answer(voice.say("{code} is of one unit alone.", code=code(incident.id)))
    row = [Button(unit_label(act, each), pack("part", incident.id, each)) for each in units[:UNITS_OFFERED]]
    question = voice.say("<b>{code}</b>: which unit is to have a ticket of its own?", code=code(incident.id))
    return Answer(message=Message(question, in_rows(row, 2)))
