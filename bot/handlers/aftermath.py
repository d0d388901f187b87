"""What follows an officer's report: how it goes, it works, it does not, never mind."""

from collections.abc import Iterable

from bot.answer import Answer
from bot.buttons import pack
from bot.cards import aftermath as card
from bot.cards import unit as unit_card
from bot.cards.message import Button, Message, in_rows
from bot.gate import Visitor
from bot.handlers.lookup import unit_label
from bot.handlers.own_unit import no_unit
from bot.handlers.report import of_own_unit
from bot.orders import Order
from bot.reception import Reception
from bot.said import read
from incidents.actions import Reopen
from incidents.lifecycle import Refused, Step
from incidents.model import code
from incidents.said import Kind
from incidents.timers import Due
from operations.confirm import confirm as say_it_works
from operations.desk import Act
from operations.dispute import dispute as say_it_does_not
from operations.hearing import units_of
from operations.look import incident_view
from operations.promise import timers_of
from operations.retract import retract as take_back
from operations.retract import retractable
from operations.stake import Stake, reach, stake, stakes
from operations.survey import unit_view
from storage import incidents

TICKETS_SHOWN = 3


async def progress(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/tiendo: the unit's open tickets, or the one whose message it replies to."""
    async with reception.desk.look() as act:
        if order.about is not None:
            named = await stake(act, visitor.person, order.about)
            shown = [named] if named else []
        else:
            shown = [each for each in await stakes(act, visitor.person) if each.incident.live][:TICKETS_SHOWN]
        if not shown:
            return _foreign(reception) if order.about is not None else await _quiet(reception, act, visitor)
        parts = [await _progress(reception, act, each) for each in shown]
    rows = parts[0].buttons if len(parts) == 1 else ()
    return Answer(message=Message.of((part.text for part in parts), rows))


async def confirm(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/xacnhan, or «Đã được»: the unit says that it works again."""
    meant = await _meant(reception, visitor, order, "confirm")
    if isinstance(meant, Answer):
        return meant
    if meant is None:
        return _foreign(reception) if _names(order) else _no_ticket(reception)
    number, unit = meant.incident.id, meant.unit
    done = await say_it_works(reception.desk, visitor.person, number, unit, probe=reception.probe)
    async with reception.desk.look() as act:
        view = await incident_view(act, done.incident)
        due = timers_of(act, done.incident).get(Due.CLOSE)
        return _answer(order, card.confirmed(done, view, due, reception.voice, act.at))


async def dispute(reception: Reception, visitor: Visitor, order: Order) -> Answer | None:
    """/chuaduoc, or «Chưa được»: it still does not work; where no ticket takes that it is a report."""
    meant = await _meant(reception, visitor, order, "dispute")
    if isinstance(meant, Answer):
        return meant
    if meant is None and _names(order):
        return _foreign(reception)
    if meant is not None:
        step = await say_it_does_not(reception.desk, visitor.person, meant.incident.id, meant.unit)
        if step is not None:
            return _answer(order, await _disputed(reception, step))
    unit = meant.unit if meant is not None else None
    answer = await of_own_unit(reception, visitor, order, Kind.FAULT, unit)
    if answer is None and order.tap:
        return _answer(order, Message(reception.voice.say("Recorded as a new report.")))
    return answer


async def retract(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/rutbao, or «Rút báo cáo»: the officer's own report is taken back."""
    number = order.numbers[0] if order.tap else order.about
    done = await take_back(reception.desk, visitor.person, number)
    async with reception.desk.look() as act:
        within = act.policies.retract_within
        return _answer(order, card.retracted(done, within, reception.voice, act.at))


async def stop(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/huy: whoever has just reported is asked whether to take it back."""
    async with reception.desk.look() as act:
        found = await retractable(act, visitor.person)
        if found.kept is None and found.incident is not None and found.reported is not None:
            return Answer(
                message=card.ask_to_retract(found.incident, found.reported, reception.voice, act.at)
            )
    return Answer(reception.voice.say("There is nothing to stop."))


async def stand(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Giữ nguyên»: the report stands."""
    said = reception.voice.say("The report stands: <b>{code}</b>.", code=code(order.numbers[0]))
    return _answer(order, Message(said))


async def _meant(reception: Reception, visitor: Visitor, order: Order, verb: str) -> Stake | Answer | None:
    """Return the ticket that the button or the message replied to names, else the unit's last one.

    Where several units of one officer have a ticket open each, the answer is buttons with *verb*.
    """
    async with reception.desk.look() as act:
        if order.tap:
            return await stake(act, visitor.person, *order.numbers)
        if order.about is not None:
            return await stake(act, visitor.person, order.about)
        found = await stakes(act, visitor.person)
        said = read(reception, act, visitor, order)
        few = [each for each in found if each.unit in said.named] or found
        waiting = {each.unit: each for each in reversed(few) if each.incident.live}
        if len(said.own) > 1 and len(waiting) > 1:
            return _ask(reception, act, waiting.values(), verb)
        return next(iter(few), None)


def _ask(reception: Reception, act: Act, waiting: Iterable[Stake], verb: str) -> Answer:
    buttons = [
        Button(unit_label(act, each.unit), pack(verb, each.incident.id, each.unit)) for each in waiting
    ]
    question = reception.voice.say("Which of your units is this about?")
    return Answer(message=Message(question, in_rows(buttons, 1)))


async def _progress(reception: Reception, act: Act, of: Stake) -> Message:
    lines = (await unit_view(act, act.directory.units[of.unit])).channels
    view = await incident_view(act, of.incident)
    return card.progress(view, of.unit, lines, reception.voice, act.at)


async def _quiet(reception: Reception, act: Act, visitor: Visitor) -> Answer:
    """No ticket is open: how the line stands, and when the last one was closed."""
    units = reach(act, visitor.person)
    if not units:
        return no_unit(reception)
    own = [await unit_view(act, unit) for unit in units_of(act, visitor.person)]
    last = await incidents.last_closed(act.session, units)
    stands = Message.of(unit_card.unit(view, reception.voice, act.at).text for view in own)
    return Answer(message=card.quiet(stands, last, reception.voice, act.at))


async def _disputed(reception: Reception, step: Step | Refused) -> Message:
    incident = step.incident if isinstance(step, Refused) else step.after
    async with reception.desk.look() as act:
        view = await incident_view(act, incident)
        if isinstance(step, Refused):
            return card.told_before(view, reception.voice, act.at)
        rings, reopened = step.contests, isinstance(step.action, Reopen)
        return card.contested(view, reception.voice, act.at, rings=rings, reopened=reopened)


def _answer(order: Order, message: Message) -> Answer:
    """Return the answer: it takes the place of what was tapped, so that it is not tapped again."""
    return Answer(message.text, message, replace=True) if order.tap else Answer(message=message)


def _names(order: Order) -> bool:
    return order.tap or order.about is not None


def _no_ticket(reception: Reception) -> Answer:
    return Answer(reception.voice.say("There is no open ticket of your unit."))


def _foreign(reception: Reception) -> Answer:
    return Answer(reception.voice.say("There is no such ticket among yours."))
