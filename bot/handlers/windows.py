"""Windows by button: what waits is decided, what is declared is opened, extended and ended."""

from datetime import timedelta

from bot.answer import Answer
from bot.buttons import instant
from bot.cards import window as card
from bot.cards.message import Message
from bot.cards.window import LONGER, Question
from bot.cards.window_words import REFUSED, UNDECIDED
from bot.gate import Visitor
from bot.handlers.lookup import may_see
from bot.orders import Order
from bot.reception import Reception
from incidents.amendment import Refusal, over
from incidents.draft import Hand, Undecided
from incidents.maintenance import Purpose, Window
from incidents.roles import Role
from operations.desk import Act
from operations.draft import Clash, Settled, settle
from operations.maintain import Amended, end, extend
from operations.scope import channels_in, units_of
from operations.window_view import window_view
from storage import drafts, maintenance, people


async def listing(reception: Reception, visitor: Visitor, purpose: Purpose) -> Answer:
    """The windows of this purpose that are not over, and what waits for the desk; to a team its own."""
    async with reception.desk.look() as act:
        plan = await maintenance.planned(act.session, act.directory, act.at)
        windows = [each for each in plan.windows if each.purpose is purpose and not over(each, act.at)]
        views = [await window_view(act, each) for each in windows if _sees(act, visitor, each)]
        waiting = [
            (each.id, await window_view(act, each.wanted))
            for each in await drafts.waiting(act.session, act.at)
            if each.hand is not Hand.AGAIN and each.wanted.purpose is purpose
            if _sees(act, visitor, each.wanted)
        ]
        return Answer(message=card.listed(views, waiting, reception.voice, act.at))


async def show(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """A tap in the list: the window with the buttons that extend and end it."""
    async with reception.desk.look() as act:
        window = await maintenance.find(act.session, order.numbers[0])
        if window is None or over(window, act.at) or not _sees(act, visitor, window):
            return Answer(reception.voice.say(REFUSED[Refusal.UNKNOWN_WINDOW]))
        shown = card.declared(await window_view(act, window), reception.voice, act.at)
        return Answer(message=_for(visitor, shown))


async def show_draft(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """A tap in the list: what waits for a decision, with its buttons."""
    async with reception.desk.look() as act:
        draft = await drafts.find(act.session, order.numbers[0])
        if draft is None or draft.outcome is not None or not _sees(act, visitor, draft.wanted):
            return Answer(reception.voice.say(UNDECIDED[Undecided.UNKNOWN]))
        view = await window_view(act, draft.wanted)
        question = Question(draft.id, draft.hand, draft.expires)
        shown = card.asked(view, question, reception.voice, act.at)
        return Answer(message=_for(visitor, shown))


async def agree(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Khai báo», «Duyệt», «Xác nhận»: the draft becomes a window."""
    return await _settle(reception, visitor, order, agrees=True)


async def decline(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Thôi», «Từ chối»: the draft is let go of."""
    return await _settle(reception, visitor, order, agrees=False)


async def longer(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """[+30'], [+1h], [+2h], counted from the end that the button knew: pressed twice it extends once."""
    number, more, known = order.numbers
    assert visitor.person.id is not None
    if visitor.role is Role.TEAM:
        return Answer(reception.voice.say("Only on-call may extend planned work: please ask them."))
    was = instant(known)
    if was is None or more not in dict(LONGER):
        return Answer(reception.voice.say("That button is no longer in use."))
    until = was + timedelta(minutes=more)
    done = await extend(reception.desk, number, until, visitor.person.id)
    if isinstance(done, Refusal):
        return await refused(reception, done)
    async with reception.desk.look() as act:
        view = await window_view(act, done.window)
        said = reception.voice.say("Extended until {end}.", end=reception.voice.when(until, act.at))
        by = visitor.person.name
        return Answer(said, card.declared(view, reception.voice, act.at, by=by), replace=True)


async def finish(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Kết thúc», «Hủy», «Bỏ tạm dừng»: what is out then rings."""
    number, whole = order.numbers
    assert visitor.person.id is not None
    done = await end(reception.desk, number, visitor.person.id, whole=bool(whole))
    if not isinstance(done, Amended):
        return await refused(reception, done)
    voice = reception.voice
    async with reception.desk.look() as act:
        view = await window_view(act, done.window)
        said = voice.say("<b>Ended by {name}</b>: what is still out rings.", name=visitor.person.name)
        return Answer(said, Message.of([said, card.what(view, voice)]), replace=True)


async def refused(reception: Reception, why: Refusal | Undecided | Clash, draft: int = 0) -> Answer:
    """Return why a window is not what somebody wants it to be."""
    voice = reception.voice
    async with reception.desk.look() as act:
        if isinstance(why, Clash):
            return Answer(voice.say("That time is taken."), card.clashed(why, voice, act.at))
        if isinstance(why, Refusal):
            urgent = voice.duration(act.policies.maintenance_notice_urgent)
            return Answer(voice.say(REFUSED[why], urgent=urgent))
        return Answer(voice.say(UNDECIDED[why], name=await _first(act, draft)))


async def _settle(reception: Reception, visitor: Visitor, order: Order, *, agrees: bool) -> Answer:
    (number,) = order.numbers
    assert visitor.person.id is not None
    done = await settle(reception.desk, number, visitor.person.id, agrees=agrees, but=order.where)
    if not isinstance(done, Settled):
        return await refused(reception, done, number)
    async with reception.desk.look() as act:
        shown = card.settled(done, visitor.person.name, reception.voice, act.at)
        return Answer(shown.text.split("\n")[0], shown, replace=True)


async def _first(act: Act, draft: int) -> str:
    """Return who settled the draft, as far as that is known."""
    if not draft or await drafts.find(act.session, draft) is None:
        return ""
    by = await drafts.settled_by(act.session, draft)
    return "" if by is None else (await people.by_ids(act.session, [by]))[by].name


def _sees(act: Act, visitor: Visitor, window: Window) -> bool:
    """Whether the window is the visitor's to look at: a team's own, or any that is in its part."""
    if visitor.role is Role.TEAM:
        return window.team == visitor.person.team_id
    return any(may_see(act, visitor, unit) for unit in units_of(act, channels_in(act, window.scope)))


def _for(visitor: Visitor, message: Message) -> Message:
    """Return the message without its buttons to a team, which decides nothing."""
    return Message(message.text) if visitor.role is Role.TEAM else message
