"""Shifts in chat: who is on duty, the week's roster, and the hand-over from one to the next."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from bot.answer import Answer
from bot.buttons import pack
from bot.cards import roster as card
from bot.cards import words
from bot.cards.message import Button, Message, in_rows
from bot.cards.shift import handover
from bot.gate import DESK, Visitor
from bot.handlers.named import named
from bot.orders import Order
from bot.reception import Reception
from incidents import roster
from incidents.span import Span
from operations.desk import Act
from operations.handover import NotHandedOver, Relief, ask_for, confirm, hand_over, handed, withdraw
from operations.look import incident_view
from operations.officedays import calendar_over, named_holidays
from operations.on_duty import on_duty, relieved_by
from storage import handovers, incidents, people
from storage.tables import Person

MOST = 12  # buttons
WEEKS = 60  # before and after now that the buttons lead to


async def who(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/catruc: who is on duty; telephone numbers in private alone."""
    async with reception.desk.look() as act:
        duty = await on_duty(act)
        following = roster.coming(act.directory.shifts, act.zone, act.at)
        wanted = [duty.first, duty.second, following.first if following else None]
        known = await people.by_ids(act.session, [each for each in wanted if each is not None])
        first, second = (
            None
            if each is None
            else card.Who(known[each].name, known[each].phone if order.private else None, since)
            for each, since in ((duty.first, duty.since), (duty.second, None))
        )
        after = None
        if following is not None and following.first is not None:
            after = following.span(act.zone).start, known[following.first].name
        of_the_desk = visitor.role in DESK
        voice = reception.voice
        return Answer(message=card.on_duty(first, second, after, voice, act.at, at_the_desk=of_the_desk))


async def week(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/lichtruc: the roster of this week, or by its buttons of another."""
    async with reception.desk.look() as act:
        today = act.at.astimezone(act.zone).date()
        day = (
            date.fromordinal(order.numbers[0]) if order.numbers and _near(order.numbers[0], today) else today
        )
        monday = day - timedelta(days=day.weekday())
        shifts = [each for each in act.directory.shifts if monday <= each.day < monday + card.WEEK]
        meant = {each for shift in shifts for each in (shift.first, shift.second) if each is not None}
        known = await people.by_ids(act.session, meant)
        span = Span(_midnight(monday), _midnight(monday + card.WEEK))
        shown = card.Week(
            monday,
            shifts,
            {id_: each.name for id_, each in known.items()},
            await calendar_over(act, span),
            await named_holidays(act, span),
        )
        return Answer(message=card.week(shown, reception.voice, today), replace=order.tap)


async def take(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/nhanca: confirm what waits for the person, else take over from whoever is on duty."""
    assert visitor.person.id is not None
    async with reception.desk.look() as act:
        giver = await relieved_by(act, visitor.person.id)
        waiting = await _waiting_for(act, visitor.person.id)
    if waiting is not None:
        return await _confirm(reception, visitor, waiting)
    asked = await ask_for(reception.desk, giver, visitor.person.id)
    if giver is None:
        return await _confirm(reception, visitor, asked.id)
    return await _to_confirm(reception, asked, giver)


async def hand(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/giaoca [họ tên]: hand the shift over to whom it names, or to one of the buttons."""
    assert visitor.person.id is not None
    async with reception.desk.look() as act:
        staff = await _staff(act, visitor.person.id)
        certain, found = (
            named(order.words, [(each.name, each) for each in staff]) if order.words else (False, [])
        )
    if order.words and not found:
        return Answer(reception.voice.say("Nobody is called “{name}” here.", name=order.words))
    if certain:
        return await _hand_over(reception, visitor, found[0].id or 0)
    buttons = [Button(each.name, pack("successor", each.id or 0)) for each in (found or staff)[:MOST]]
    if not buttons:
        return Answer(reception.voice.say("There is nobody else of the desk."))
    return Answer(message=Message(reception.voice.say("Who takes the shift over?"), in_rows(buttons, 1)))


async def hand_to(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """The button with the name of whoever is to take the shift over."""
    return await _hand_over(reception, visitor, order.numbers[0])


async def accept(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Nhận ca» under a hand-over."""
    return await _confirm(reception, visitor, order.numbers[0], replace=True)


async def keep(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Thôi» under a hand-over."""
    assert visitor.person.id is not None
    done = await withdraw(reception.desk, order.numbers[0], visitor.person.id)
    if isinstance(done, tuple):
        return _refused(reception, *done)
    said = reception.voice.say("The shift is not handed over.")
    return Answer(said, Message(said), replace=True)


async def _hand_over(reception: Reception, visitor: Visitor, taker: int) -> Answer:
    assert visitor.person.id is not None
    done = await hand_over(reception.desk, visitor.person.id, taker)
    if isinstance(done, NotHandedOver):
        return _refused(reception, done, None)
    return Answer(reception.voice.say("{name} is asked to take the shift over.", name=done.taker))


async def _confirm(reception: Reception, visitor: Visitor, number: int, *, replace: bool = False) -> Answer:
    assert visitor.person.id is not None
    done = await confirm(reception.desk, number, visitor.person.id)
    if isinstance(done, tuple):
        return _refused(reception, *done)
    said = reception.voice.say(
        "You have taken the shift over, with {count} open tickets.", count=done.tickets
    )
    return Answer(said, Message(said) if replace else None, replace=replace)


async def _to_confirm(reception: Reception, asked: Relief, giver: int) -> Answer:
    async with reception.desk.look() as act:
        about = handed(await incidents.live(act.session), giver)
        views = [await incident_view(act, each) for each in about]
        content = {"id": asked.id, "giver": asked.giver, "taker": asked.taker}
        return Answer(message=handover(content, views, reception.voice, act.at))


def _refused(reception: Reception, why: NotHandedOver, relief: Relief | None) -> Answer:
    voice = reception.voice
    when = voice.time(relief.at) if relief else ""
    return Answer(voice.say(words.NOT_HANDED_OVER[why], taker=relief.taker if relief else "", when=when))


async def _waiting_for(act: Act, taker: int) -> int | None:
    waiting = [each for each in await handovers.open_(act.session) if each.taker_id == taker]
    return waiting[-1].id if waiting else None


async def _staff(act: Act, giver: int) -> Sequence[Person]:
    """Return who may take over from *giver*: who comes next by the roster first, then by name."""
    duty = await on_duty(act)
    following = roster.coming(act.directory.shifts, act.zone, act.at)
    likely = [duty.first, following.first if following else None]
    everyone = [each for each in await people.everyone(act.session) if each.role in DESK and each.id != giver]
    return sorted(everyone, key=lambda each: (each.id not in likely, each.name))


def _near(ordinal: int, today: date) -> bool:
    return abs(ordinal - today.toordinal()) <= WEEKS * 7


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
