"""What is done about plain words that are no command: reports, and what is told, passed on or answered."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from bot.answer import Answer
from bot.cards.message import Message
from bot.gate import Visitor
from bot.handlers import lookup, report
from bot.handlers.asking import Offer, ask
from bot.handlers.own_unit import own_unit
from bot.orders import Author
from bot.reception import Reception
from bot.said import Command, Said
from incidents.roles import Role
from incidents.said import Kind
from operations.pass_on import pass_on


@dataclass(frozen=True, slots=True)
class Reporting:
    """The deed of a report of one *kind*; the answer is a letter of the report's transaction."""

    kind: Kind

    async def __call__(self, reception: Reception, visitor: Visitor, said: Said) -> Answer | None:
        """Report the unit that is meant; where it was taken of several of the name, say which one it is."""
        unit = await _whose(reception, visitor, said)
        if not isinstance(unit, int):
            return unit
        words = _quoted(reception, said)
        done = await report.keep(reception, visitor, said.order, unit, words, self.kind)
        by_name = said.unit is None and bool(said.found.passed)
        return await _named(reception, visitor, said, unit) if done and by_name else None


async def denying(reception: Reception, visitor: Visitor, said: Said) -> Answer | None:
    """Keep that all is well, on the ticket that says otherwise."""
    unit = await _whose(reception, visitor, said)
    if not isinstance(unit, int):
        return unit
    order = replace(said.order, words=_quoted(reception, said))
    return await report.false_alarm(reception, visitor, order, unit)


async def status(reception: Reception, visitor: Visitor, said: Said) -> Answer:
    """Show how the unit named stands, or the own; of several names one is chosen by button."""
    units = said.found.units
    order = replace(said.order, verb="trangthai", words=units[0].name if len(units) > 1 else "")
    numbers = (units[0].id,) if len(units) == 1 else ()
    return await lookup.status(reception, visitor, replace(order, numbers=numbers))


async def foretelling(reception: Reception, visitor: Visitor, said: Said) -> Answer | None:
    """Tell the desk of a cut or a move to come, with its time; the officer hears that it is known."""
    unit = await _whose(reception, visitor, said)
    if not isinstance(unit, int):
        return unit
    moments = said.found.moments
    await pass_on(
        reception.desk, "foretold", visitor.person, unit, said.order.words, said.order.origin, moments
    )
    return Answer(
        reception.voice.say("The duty desk has been told of it. Thank you for saying so beforehand.")
    )


async def hearsay(reception: Reception, visitor: Visitor, said: Said) -> Answer:
    """Tell the desk what was said of a unit that is not the person's own; nothing else is done about it."""
    assert said.unit is not None
    async with reception.desk.look() as act:
        name = lookup.unit_label(act, said.unit)
    await pass_on(reception.desk, "hearsay", visitor.person, said.unit, said.order.words, said.order.origin)
    voice = reception.voice
    return Answer(
        voice.say("{unit} is not your unit: the duty desk has been told what you wrote.", unit=name)
    )


async def contact(reception: Reception, visitor: Visitor, said: Said) -> Answer:
    """Say whom to call: the desk, which reads here, and the carriers' hotlines; nobody's own number."""
    voice = reception.voice
    async with reception.desk.look() as act:
        channels = [channel for unit in said.own for channel in act.directory.channels_of(unit)]
        ids = dict.fromkeys(act.directory.channels[each].carrier_id for each in channels)
        carriers = [act.directory.carriers[each] for each in ids if each is not None]
    lines = [voice.say("The duty desk reads what you write here: send /baosuco and it is called.")]
    lines += [
        voice.say("The hotline of {carrier}: {hotline}", carrier=each.name, hotline=each.hotline)
        for each in carriers
        if each.hotline
    ]
    return Answer(message=Message.of(lines))


async def out_of_scope(reception: Reception, visitor: Visitor, said: Said) -> Answer:
    """Say kindly what is ours and what is not."""
    return Answer(
        reception.voice.say(
            "That is not mine to mend: I look after the unit's line of the dedicated data network. "
            "If the unit's network is at fault, please send /baosuco."
        )
    )


async def courtesy(reception: Reception, visitor: Visitor, said: Said) -> Answer | None:
    """Return a courtesy, but not each of them: «ok a» wants no answer."""
    if not reception.greeted.first(said.order.sender, reception.desk.clock()):
        return None
    return Answer(reception.voice.say("Thank you. The duty desk is always here."))


async def not_here(reception: Reception, visitor: Visitor, said: Said) -> Answer | None:
    """The own unit was taken, and another is meant: take the report back, and ask which one it is."""
    done = await Command("rutbao")(reception, visitor, replace(said, order=replace(said.order, words="")))
    async with reception.desk.look() as act:
        labels = {Offer("unit", each.id): lookup.unit_label(act, each.id) for each in said.found.passed}
    text = reception.voice.say("Which one do you mean?")
    if done is not None:
        text = Markup("{}\n{}").format(done.message.text if done.message else done.said or "", text)
    return await ask(reception, visitor, said.order, text, labels, intent=said.found.intent)


async def _whose(reception: Reception, visitor: Visitor, said: Said) -> int | Answer | None:
    """Return the unit that is meant, or the question which of the officer's own it is."""
    if said.unit is not None:
        return said.unit
    return await own_unit(reception, visitor, said.order, "unit", intent=said.intent)


async def _named(reception: Reception, visitor: Visitor, said: Said, unit: int) -> Answer | None:
    """Name the unit that was taken of several of its name, with a button that takes it back."""
    async with reception.desk.look() as act:
        name = lookup.unit_label(act, unit)
    text = reception.voice.say("The report is taken to be of <b>{unit}</b>.", unit=name)
    labels = {Offer("elsewhere"): reception.voice.plain("Not this unit")}
    return await ask(reception, visitor, said.order, text, labels)


def guide(reception: Reception, visitor: Visitor) -> Answer:
    """Say what can be sent."""
    voice = reception.voice
    if visitor.role is Role.OFFICER:
        return Answer(voice.say("Send /baosuco to report an outage, or /trogiup for what you can ask."))
    return Answer(voice.say("Write a unit's name, or send /trogiup for what you can ask."))


def _quoted(reception: Reception, said: Said) -> str:
    """Return the words as they are kept; another's are marked as such."""
    if said.order.author is Author.SENDER:
        return said.order.words
    return reception.voice.plain("(forwarded) {words}", words=said.order.words)
