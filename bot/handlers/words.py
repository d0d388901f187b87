"""Plain words in private: understood and obeyed, or, where that isn't sure, asked about with buttons."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answer import Answer
from bot.gate import Visitor, may_touch
from bot.handlers import directive, sayings
from bot.handlers.asking import Offer, ask
from bot.handlers.lookup import may_see, unit_label
from bot.meanings import MEANINGS, offered
from bot.orders import Author, Order
from bot.reception import Reception
from bot.said import Said, read
from bot.spelling import nearest
from incidents.roles import Role
from intents.plain import legible
from intents.understanding import SURE
from locales.marker import N_
from locales.voice import Voice
from operations.desk import Act
from operations.reword import reword

MOST_UNITS = 5  # offered
# What staff may want of a unit they name.
WANTED = (
    ("trangthai", N_("How the line stands")),
    ("kiemtra", N_("Probe it now")),
    ("ghiho", N_("Record a report on its behalf")),
)


async def plain_words(reception: Reception, visitor: Visitor, order: Order) -> Answer | None:
    """Words that are no command: an officer's are obeyed, staff are asked what they want of the unit."""
    if order.author is Author.OURS:
        return Answer(reception.voice.say("These are words of mine: nothing was done with them."))
    if (answer := await directive.overheard(reception, visitor, order)) is not None:
        return answer
    async with reception.desk.look() as act:
        said = read(reception, act, visitor, order)
    if visitor.role is not Role.OFFICER:
        return await _of_staff(reception, visitor, said)
    if not any(map(str.isalnum, order.words)) and "?" not in order.words:  # 👍
        return None
    if not legible(order.words):
        return sayings.guide(reception, visitor)
    meaning = MEANINGS[said.found.intent]
    if said.found.confidence < SURE or (order.author is Author.ANOTHER and not meaning.is_report):
        return await _ask_meaning(reception, visitor, said)
    return await carry_out(reception, visitor, said, said.found.intent)


async def unknown_command(reception: Reception, visitor: Visitor, order: Order) -> Answer | None:
    """A command there is not; one that is a slip away becomes a button."""
    voice = reception.voice
    name = nearest(order.verb, (name for name, _ in reception.menu(visitor.role)))
    if name is None:
        return Answer(voice.say("There is no command /{name}. Send /trogiup.", name=order.verb))
    text = voice.say("There is no command /{name}. Do you mean /{other}?", name=order.verb, other=name)
    return await ask(reception, visitor, order, text, {Offer(name): f"/{name}"})


async def reworded(reception: Reception, visitor: Visitor, order: Order) -> None:
    """A message that was corrected: what was kept of it reads as it does now, and nothing is done anew."""
    await reword(reception.desk, visitor.person, order.origin, order.words)


async def carry_out(reception: Reception, visitor: Visitor, said: Said, intent: str) -> Answer | None:
    """Do what the intent does, once it is known whose line is meant."""
    said, meaning = replace(said, intent=intent), MEANINGS[intent]
    named = [place.id for place in said.found.units]
    if meaning.is_report and not named and await _is_elsewhere(reception, said):
        return await _ask_where(reception, visitor, said, intent)
    if not meaning.of_unit or not named or set(said.own) & set(named):
        return await meaning.deed(reception, visitor, said)
    async with reception.desk.look() as act:
        theirs = [unit for unit in named if may_touch(act, visitor.person, unit)]
    if len(theirs) == 1:  # of several that an officer looks after
        return await meaning.deed(reception, visitor, replace(said, unit=theirs[0]))
    return await _ask_unit(reception, visitor, said, [*said.own, *named], intent)


async def of_unit(reception: Reception, visitor: Visitor, said: Said, intent: str | None) -> Answer | None:
    """Go on with the unit that was chosen: whose it is not tells the desk, and no more."""
    if intent is None:
        return await _of_staff(reception, visitor, said)
    assert said.unit is not None
    async with reception.desk.look() as act:
        theirs = may_touch(act, visitor.person, said.unit)
    deed = MEANINGS[intent].deed if theirs else sayings.hearsay
    return await deed(reception, visitor, said)


async def _ask_meaning(reception: Reception, visitor: Visitor, said: Said) -> Answer | None:
    voice = reception.voice
    labels = {Offer("intent", each): voice.plain(MEANINGS[each].label) for each in offered(said.found)}
    labels[Offer("trogiup")] = voice.plain("None of these")
    text = voice.say("It is not clear what you mean. Please choose:")
    return await ask(reception, visitor, said.order, text, labels, guessed=said.found.intent)


async def _ask_unit(
    reception: Reception, visitor: Visitor, said: Said, units: Sequence[int], intent: str | None
) -> Answer | None:
    voice = reception.voice
    async with reception.desk.look() as act:
        offers = {Offer("unit", unit): _label(voice, act, said, unit) for unit in units[:MOST_UNITS]}
    return await ask(
        reception, visitor, said.order, voice.say("Which one do you mean?"), offers, intent=intent
    )


def _label(voice: Voice, act: Act, said: Said, unit: int) -> str:
    name = unit_label(act, unit)
    return voice.plain("My own unit: {unit}", unit=name) if unit in said.own else name


async def _is_elsewhere(reception: Reception, said: Said) -> bool:
    """Return whether a district was named, and none of the person's own."""
    async with reception.desk.look() as act:
        areas = [act.directory.area(unit) for unit in said.own]
    own = {area.name for area in areas if area is not None}
    return bool(said.found.districts) and own.isdisjoint(said.found.districts)


async def _ask_where(reception: Reception, visitor: Visitor, said: Said, intent: str) -> Answer | None:
    """Ask whether the own unit is meant, or the many of a district."""
    voice = reception.voice
    async with reception.desk.look() as act:
        labels = {Offer("unit", unit): _label(voice, act, said, unit) for unit in said.own[:MOST_UNITS]}
    labels[Offer("intent", "dien_rong")] = voice.plain(MEANINGS["dien_rong"].label)
    text = voice.say("Which one do you mean?")
    return await ask(reception, visitor, said.order, text, labels, intent=intent)


async def _of_staff(reception: Reception, visitor: Visitor, said: Said) -> Answer | None:
    """Ask staff what they want of the unit they named; without one, say what can be asked."""
    voice = reception.voice
    async with reception.desk.look() as act:
        units = [place.id for place in said.found.units if may_see(act, visitor, place.id)]
        unit = said.unit or (units[0] if len(units) == 1 else None)
        name = unit_label(act, unit) if unit else ""
    if unit is None:
        return (
            await _ask_unit(reception, visitor, said, units, None)
            if units
            else sayings.guide(reception, visitor)
        )
    labels = {
        Offer(command, unit): voice.plain(label)
        for command, label in WANTED
        if reception.handler(command, visitor.role) is not None
    }
    text = voice.say("<b>{unit}</b>: what do you want of it?", unit=name)
    return await ask(reception, visitor, said.order, text, labels)
