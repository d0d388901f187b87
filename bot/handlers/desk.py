"""The duty desk's further acts on a ticket: note, severity, report upward, opening it again, and undo."""

from bot.answer import Answer
from bot.buttons import pack
from bot.cards import desk as card
from bot.cards import words
from bot.cards.incident import place
from bot.cards.message import Button, Message, in_rows
from bot.gate import Visitor, may_touch
from bot.handlers.done import done
from bot.handlers.incident import unknown
from bot.handlers.refused import refused
from bot.handlers.sure import buttons, sure
from bot.orders import Order, subject
from bot.reception import Reception
from incidents.actions import Action, Grade, Note, Reopen
from incidents.lifecycle import Refused
from incidents.model import Incident, Severity, code
from locales.folding import fold
from locales.marker import N_
from operations.look import incident_view
from operations.promise import bound_by
from operations.refer import refer as report_upward
from operations.respond import respond
from operations.undo import undo as take_back
from storage import incidents, letters

SEVERITIES = tuple(Severity)  # as a button numbers them


async def note(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/ghichu: words that are kept with the ticket."""
    incident = await theirs(reception, visitor, order)
    if incident is None:
        return unknown(reception, order)
    said = subject(order)[1].strip()
    if not said:
        return Answer(reception.voice.say("What is to be noted? Write it after the command."))
    return await _do(reception, visitor, order, incident, Note(person(visitor), said))


async def grade(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/mucdo [mức], or a severity on its button; without one they are offered."""
    incident = await theirs(reception, visitor, order)
    if incident is None:
        return unknown(reception, order)
    severity = _severity(reception, order)
    if severity is None:
        return _offer(reception, incident)
    action, index = Grade(person(visitor), severity), SEVERITIES.index(severity)
    if len(order.numbers) < 3:
        asked = await sure(reception, visitor, incident, action, "grade", (incident.id, index, 1))
        if asked is not None:
            return asked
    return await _do(reception, visitor, order, incident, action, replace=order.tap)


async def refer(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/chuyencap [lời], or «Báo cáo lãnh đạo»: to the leaders; without words it is asked first."""
    incident = await theirs(reception, visitor, order)
    if incident is None:
        return unknown(reception, order)
    said = "" if order.tap else subject(order)[1].strip()
    if not said and len(order.numbers) < 2:
        return await _ask_upward(reception, incident)
    step = await report_upward(reception.desk, incident.id, visitor.person, said)
    if isinstance(step, Refused):
        return await _refused(reception, visitor, order, step)
    async with reception.desk.look() as act:
        told = card.reported_upward(step, bound_by(act, incident), reception.voice)
    return done(reception, order, told, incident.id, step.step.after.version, replace=order.tap)


async def reopen(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/molai, or «Mở lại» on a closed card."""
    incident = await theirs(reception, visitor, order)
    if incident is None:
        return unknown(reception, order)
    return await _do(reception, visitor, order, incident, Reopen(person(visitor), None))


async def undo(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Hoàn tác»: who did it takes it back, for a minute."""
    number, version = order.numbers
    if await theirs(reception, visitor, order) is None:
        return unknown(reception, order)
    taken = await take_back(reception.desk, number, version, person(visitor))
    if taken is None:
        return Answer(reception.voice.say("That button is no longer in use."))
    if isinstance(taken, Refused):
        return await _refused(reception, visitor, order, taken)
    said = card.undone(taken.past.kind, number, reception.voice)
    async with reception.desk.look() as act:
        live = await letters.card(act.session, number, order.where)
    on_card = live is not None and live.message_id == order.message
    return Answer(said) if on_card else Answer(said, Message(said), replace=True)


async def theirs(reception: Reception, visitor: Visitor, order: Order) -> Incident | None:
    """Return the ticket that an order means, if it is the visitor's to deal with."""
    number = subject(order)[0]
    async with reception.desk.look() as act:
        incident = None if number is None else await incidents.find(act.session, number)
        may = incident is not None and may_touch(act, visitor.person, incident.unit)
    return incident if may else None


def person(visitor: Visitor) -> int:
    """Return the visitor's number."""
    assert visitor.person.id is not None
    return visitor.person.id


async def _do(
    reception: Reception,
    visitor: Visitor,
    order: Order,
    incident: Incident,
    action: Action,
    *,
    replace: bool = False,
) -> Answer:
    step = await respond(reception.desk, incident.id, action)
    if isinstance(step, Refused):
        return await _refused(reception, visitor, order, step)
    said = card.said(step, reception.voice)
    return done(reception, order, said, incident.id, step.after.version, replace=replace)


async def _refused(reception: Reception, visitor: Visitor, order: Order, why: Refused) -> Answer:
    async with reception.desk.look() as act:
        return Answer(await refused(reception, act, why, visitor.person.id))


async def _ask_upward(reception: Reception, incident: Incident) -> Answer:
    async with reception.desk.look() as act:
        view = await incident_view(act, incident)
    question = reception.voice.say(
        "Report <b>{code} · {unit}</b> to the leaders? For words of your own reply with /chuyencap.",
        code=code(incident.id),
        unit=place(view),
    )
    row = buttons(reception, N_("Report to the leaders"), "refer", (incident.id, 1))
    return Answer(message=Message(question, row))


def _severity(reception: Reception, order: Order) -> Severity | None:
    """Return the severity on the button, or the one that is named."""
    if len(order.numbers) > 1:
        index = order.numbers[1]
        return SEVERITIES[index] if index < len(SEVERITIES) else None
    wanted = "" if order.tap else fold(subject(order)[1])
    return next(
        (each for each in Severity if fold(reception.voice.plain(words.SEVERITY[each])) == wanted), None
    )


def _offer(reception: Reception, incident: Incident) -> Answer:
    voice = reception.voice
    row = [
        Button(
            ("✓ " if each is incident.severity else "") + voice.plain(words.SEVERITY[each]),
            pack("grade", incident.id, SEVERITIES.index(each)),
        )
        for each in SEVERITIES
    ]
    question = voice.say("<b>{code}</b>: how severe is it?", code=code(incident.id))
    return Answer(message=Message(question, in_rows(row, 2)))
