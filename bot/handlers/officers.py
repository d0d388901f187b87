"""A unit's officers at the desk: who they are, how another is let in, and how one leaves."""

from markupsafe import Markup

from bot.answer import Answer
from bot.buttons import pack
from bot.cards.message import Button, Message, in_rows
from bot.gate import Visitor, may_touch
from bot.handlers.lookup import meant, unit_label
from bot.handlers.named import named
from bot.orders import Order
from bot.reception import Reception
from incidents.roles import Role
from intents.names import Found, Several
from locales.folding import fold
from locales.marker import N_
from operations.desk import Act
from operations.invite import Invited, Place, invite, link
from operations.relieve import NotRelieved, relieve
from storage import postings
from storage.tables import Person, Posting, Unit

IN_PLACE_OF = "thay"  # «/moi Bá Xuyên thay Nguyễn Văn A»
MOST = 12  # buttons
WHY_NOT = {
    NotRelieved.UNKNOWN: N_("There is no such officer any more."),
    NotRelieved.NOT_YOURS: N_("That unit is not yours to decide about."),
}


async def invite_officer(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/moi đơn vị [thay họ tên]: a link that lets one officer of the unit in; never said in a group."""
    voice = reception.voice
    if not order.private:
        return Answer(voice.say("A link that lets somebody in is not shown in a group: please write to me."))
    if not order.words and not order.numbers:
        return Answer(voice.say("Which unit is the officer of? Write /moi and its name."))
    where, whom = _parts(order.words)
    async with reception.desk.act() as act:
        if whom:
            return await _replacing(reception, act, visitor, order, where, whom)
        unit = meant(reception, act, visitor, order, "moi")
        if isinstance(unit, Answer):
            return unit
        assert unit is not None
        return await _invited(reception, act, visitor, order, unit, None)


async def invite_successor(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """A tap on whom the new officer is to replace."""
    async with reception.desk.act() as act:
        posting = await act.session.get(Posting, order.numbers[0])
        if posting is None or posting.until is not None:
            return Answer(reception.voice.say(WHY_NOT[NotRelieved.UNKNOWN]))
        unit = act.directory.units[posting.unit_id]
        return await _invited(reception, act, visitor, order, unit, posting)


async def listing(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/daumoi đơn vị: its officers, with a button each that ends the posting; numbers only in private."""
    voice = reception.voice
    async with reception.desk.look() as act:
        unit = meant(reception, act, visitor, order, "officers")
        if isinstance(unit, Answer):
            return unit
        if unit is None or unit.id is None:
            return Answer(voice.say("Which unit's officers? Write /daumoi and its name."))
        here = await postings.at_units(act.session, [unit.id])
    if not here:
        return Answer(voice.say("{unit} has no officer yet. Invite one: /moi {unit}", unit=unit.name))
    lines = [voice.say("<b>The officers of {unit}</b>", unit=unit.name)]
    lines += [_line(reception, person, private=order.private) for _, person in here]
    return Answer(message=Message.of(lines, in_rows(relieving(reception, here), 1)))


async def end(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """A tap that ends an officer's posting."""
    assert visitor.person.id is not None
    done = await relieve(reception.desk, order.numbers[0], visitor.person.id)
    if isinstance(done, NotRelieved):
        return Answer(reception.voice.say(WHY_NOT[done]))
    told = reception.voice.say(
        "{name} is no longer an officer of {unit} (by {by}).",
        name=done.person,
        unit=done.unit,
        by=visitor.person.name,
    )
    return Answer(told, Message(told))


def relieving(reception: Reception, here: list[tuple[Posting, Person]]) -> list[Button]:
    """Return a button for each posting that ends it."""
    return [
        Button(reception.voice.plain("End: {name}", name=person.name), pack("relieve", posting.id or 0))
        for posting, person in here[:MOST]
    ]


def _parts(words: str) -> tuple[str, str]:
    """Return the unit that is named, and who is to be replaced, if anybody."""
    typed = words.split()
    at = next((at for at, word in enumerate(typed) if at and fold(word) == IN_PLACE_OF), len(typed))
    return " ".join(typed[:at]), " ".join(typed[at + 1 :])


async def _replacing(
    reception: Reception, act: Act, visitor: Visitor, order: Order, where: str, whom: str
) -> Answer:
    """Find who is meant among the officers of the units that may be meant; what is double becomes buttons."""
    match act.directory.gazetteer.find(where, visitor.person.unit_id):
        case Found(place):
            units = [place.id]
        case Several(places):
            units = [place.id for place in places]
        case _:
            return Answer(reception.voice.say("No unit has a name like “{name}”.", name=where))
    here = await postings.at_units(
        act.session, [unit for unit in units if may_touch(act, visitor.person, unit)]
    )
    certain, found = named(whom, [(person.name, (posting, person)) for posting, person in here])
    if not found:
        return Answer(reception.voice.say("No officer of {unit} is called “{name}”.", unit=where, name=whom))
    if certain and len(units) == 1:
        posting = found[0][0]
        return await _invited(reception, act, visitor, order, act.directory.units[posting.unit_id], posting)
    buttons = [
        Button(f"{person.name} · {unit_label(act, posting.unit_id)}", pack("succeed", posting.id or 0))
        for posting, person in found[:MOST]
    ]
    question = reception.voice.say("Whom does the new officer replace?")
    return Answer(message=Message(question, in_rows(buttons, 1)))


async def _invited(
    reception: Reception, act: Act, visitor: Visitor, order: Order, unit: Unit, replaced: Posting | None
) -> Answer:
    voice = reception.voice
    assert unit.id is not None
    if not may_touch(act, visitor.person, unit.id):
        return Answer(voice.say("{unit} is not yours to look at.", unit=unit.name))
    place = Place(Role.OFFICER, unit=unit.id)
    made = await invite(act, place, visitor.person.id, replaces=replaced.id if replaced else None)
    old = await act.session.get(Person, replaced.person_id) if replaced else None
    return Answer(message=_link(reception, order, unit, made, old), once=True)


def _link(reception: Reception, order: Order, unit: Unit, made: Invited, old: Person | None) -> Message:
    voice = reception.voice
    return Message.of(
        [
            voice.say("<b>A link for one officer of {unit}</b>", unit=unit.name),
            Markup.escape(link(order.bot, made.payload)),
            voice.say(
                "It lets one person in, once, before {when}. Send it to that person only.",
                when=voice.time(made.expires),
            ),
            voice.say(
                "Once it is used, {name} is no longer an officer of {unit}.", name=old.name, unit=unit.name
            )
            if old
            else None,
        ]
    )


def _line(reception: Reception, person: Person, *, private: bool) -> Markup:
    line = Markup("{}").format(person.name)
    if private and person.phone:
        line = Markup("{} · {}").format(person.name, person.phone)
    return line if person.locked_at is None else reception.voice.say("{person} (locked)", person=line)
