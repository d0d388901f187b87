"""Registering: somebody unknown says who they are, in private, and the desk is asked to let them in."""

from bot.answer import Answer
from bot.cards.message import Message
from bot.gate import Visitor
from bot.handlers.enrol import place_of
from bot.handlers.lookup import offer
from bot.orders import Order
from bot.reception import Reception
from intents.names import Found, Nothing, Several
from locales.marker import N_
from operations.register import (
    NotRegistered,
    Stage,
    Standing,
    begin,
    miss,
    standing,
    take_contact,
    take_unit,
)

QUESTION = {
    Stage.CONTACT: N_(
        "To register, please press the key below: it shares your own telephone number with us."
    ),
    Stage.UNIT: N_("Thank you. Which unit are you an officer of? Please write its name."),
    Stage.WAITING: N_(
        "The duty desk has been asked to let you in for {unit}; you will be told here before {when}."
    ),
}
WHY_NOT = {
    NotRegistered.NOT_BEGUN: N_("To register, please send /dangky."),
    NotRegistered.FOREIGN: N_("That is not your own number: please press the key below."),
    NotRegistered.NO_ANSWER: N_(
        "No unit has such a name. Please write the name of your unit, such as Xã Thần Xa."
    ),
    NotRegistered.GIVEN_UP: N_("That did not work out: please ask the duty desk for a link."),
    NotRegistered.OFTEN: N_("You have registered several times lately: please ask the duty desk for a link."),
    NotRegistered.FULL: N_("Many wait for an answer just now: please ask the duty desk for a link."),
}
SHARE = N_("Share my telephone number")


async def registered(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/dangky of somebody who is enrolled."""
    voice = reception.voice
    async with reception.desk.look() as act:
        place = place_of(reception, act, visitor.person)
    return Answer(
        voice.say(
            "You are enrolled already: {place}. For one more unit, ask the duty desk for a link.", place=place
        )
    )


async def start(reception: Reception, order: Order) -> Answer:
    """/dangky: begin, or go on where it was left."""
    return _say(reception, await begin(reception.desk, order.sender, order.name))


async def hear(reception: Reception, order: Order) -> Answer | None:
    """Words, or a telephone number, of somebody who is registering; None where nobody is."""
    async with reception.desk.look() as act:
        known = await standing(act, order.sender)
    if known is None:
        return None
    if order.contact is not None:
        contact = order.contact
        return _say(
            reception, await take_contact(reception.desk, order.sender, contact.account, contact.phone)
        )
    return await _unit_named(reception, order) if known.stage is Stage.UNIT else _say(reception, known)


async def pick(reception: Reception, order: Order) -> Answer:
    """A tap on the own unit's name."""
    async with reception.desk.look() as act:
        unit = act.directory.units.get(order.numbers[0])
    if unit is None or unit.retired_at is not None:
        return _say(reception, NotRegistered.NO_ANSWER)
    return _say(reception, await take_unit(reception.desk, order.sender, unit))


async def _unit_named(reception: Reception, order: Order) -> Answer:
    async with reception.desk.look() as act:
        inventory = act.directory
        match inventory.gazetteer.find(order.words):
            case Found(place):
                found = await take_unit(reception.desk, order.sender, inventory.units[place.id])
                return _say(reception, found)
            case Several(places):
                units, question = [each.id for each in places], N_("Which unit is yours?")
                return offer(reception, act, units, "pick", question=question)
            case Nothing():
                return _say(reception, await miss(reception.desk, order.sender))


def _say(reception: Reception, result: Standing | NotRegistered) -> Answer:
    voice = reception.voice
    if isinstance(result, NotRegistered):
        return Answer(message=Message(voice.say(WHY_NOT[result]), share=_key(reception, result)))
    text = voice.say(QUESTION[result.stage], unit=result.unit, when=voice.time(result.until))
    asks = result.stage is Stage.CONTACT
    return Answer(message=Message(text, share=voice.plain(SHARE) if asks else ""))


def _key(reception: Reception, why: NotRegistered) -> str:
    """Return what is in place of the keyboard: the key while the number is asked for, else nothing."""
    return reception.voice.plain(SHARE) if why is NotRegistered.FOREIGN else ""
