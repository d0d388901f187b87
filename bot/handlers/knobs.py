"""Policies at an administrator's hand: shown, changed by a second press, and traced."""

from dataclasses import replace

from bot.answer import Answer
from bot.cards import knobs as card
from bot.cards.message import Message
from bot.gate import Visitor
from bot.orders import Order
from bot.reception import Reception
from incidents.knobs import KNOBS, is_safe, shown, typed
from locales.folding import fold
from locales.marker import N_
from operations.desk import Act
from operations.tune import NotTuned, Tuned, history, tune, value_of, version_of
from storage import people

WHY_NOT = {
    NotTuned.NOT_ALLOWED: N_("That is not for your role. Send /trogiup for what you can ask."),
    NotTuned.UNKNOWN: N_("There is no such policy: /cauhinh lists them."),
    NotTuned.UNSAFE: N_("That value is out of bounds."),
    NotTuned.CHANGED: N_("Somebody has changed it meanwhile: please look again."),
    NotTuned.WRONG: N_("That does not go with the other policies."),
}


async def command(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/cauhinh [tên [giá trị]]: all of them, one with its history, or what a change would make of it."""
    name, _, said = fold(order.words).replace("=", " ").partition(" ")
    async with reception.desk.look() as act:
        if not name:
            return _listed(reception, act, 0)
        index = next((at for at, each in enumerate(KNOBS) if each.name == name), None)
        if index is None:
            return Answer(reception.voice.say(WHY_NOT[NotTuned.UNKNOWN]))
        return await (_proposed if said.strip() else _one)(reception, act, index, said.strip())


async def turn(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """A tap that turns the page."""
    async with reception.desk.look() as act:
        return replace(_listed(reception, act, order.numbers[0]), replace=True)


async def confirm(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """The second press."""
    index, value, version = order.numbers
    assert visitor.person.id is not None
    done = await tune(reception.desk, index, value, version, visitor.person.id)
    if not isinstance(done, Tuned):
        return Answer(reception.voice.say(WHY_NOT[done]))
    said = reception.voice.say(
        "<code>{name}</code>: {before} → <b>{after}</b> (by {by})",
        name=done.knob.name,
        before=shown(done.knob, done.before),
        after=shown(done.knob, done.after),
        by=visitor.person.name,
    )
    return Answer(said, Message(said), replace=True)


def _listed(reception: Reception, act: Act, page: int) -> Answer:
    values = [value_of(knob, act.policies) for knob in KNOBS]
    return Answer(message=card.listing(values, page, reception.voice))


async def _one(reception: Reception, act: Act, index: int, _: str) -> Answer:
    knob = KNOBS[index]
    past = await history(act, knob)
    names = await people.by_ids(act.session, (by for _, _, by in past if by is not None))
    told = [(value, since, names[by].name if by in names else None) for value, since, by in past]
    return Answer(message=card.one(knob, value_of(knob, act.policies), told, reception.voice, act.at))


async def _proposed(reception: Reception, act: Act, index: int, said: str) -> Answer:
    knob, voice = KNOBS[index], reception.voice
    value, now = typed(knob, said), value_of(knob, act.policies)
    if value is None or not is_safe(knob, value):
        return Answer(card.unsafe(knob, voice))
    if value == now:
        return Answer(voice.say("That is so already: nothing changes."))
    return Answer(message=card.proposed(index, now, value, await version_of(act, knob), voice))
