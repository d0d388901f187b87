"""Muting in chat: the alarms of channels stand still until an hour; many at once take two people."""

from datetime import datetime, time, timedelta

from bot.answer import Answer
from bot.buttons import instant, minute_of, pack
from bot.cards import window as card
from bot.cards.message import Button, Message, in_rows
from bot.cards.window import Question
from bot.cards.window_words import WHY
from bot.gate import Visitor
from bot.handlers import wish
from bot.handlers.windows import listing, refused
from bot.handlers.wish import Wish
from bot.orders import Order
from bot.reception import Reception
from incidents.maintenance import Fixed, Purpose, Rule, Scope, Window
from locales.voice import Voice
from operations.draft import Weighed, propose

UNIT, CHANNEL = 0, 1  # what the button of a proposed end is about
OFFERED = (timedelta(hours=1), timedelta(hours=4))
MORNING = time(6, 0)


async def mute(reception: Reception, visitor: Visitor, order: Order) -> Answer | None:
    """/tamdung: mute what is named until the hour given; without an hour offer some; without words list."""
    if not order.words and order.about is None:
        return await listing(reception, visitor, Purpose.MUTE)
    wanted = await wish.read(reception, visitor, order)
    if not isinstance(wanted, Wish):
        return wanted
    if wanted.rule is None:
        return _offer(reception, wanted.scope)
    return await _mute(reception, visitor, order, wanted.scope, wanted.rule, wanted.reason)


async def until(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """The button with one of the ends that were offered."""
    kind, number, minute = order.numbers
    if (end := instant(minute)) is None:
        return Answer(reception.voice.say("That button is no longer in use."))
    ids = frozenset({number})
    scope = Scope(channels=ids) if kind == CHANNEL else Scope(units=ids)
    rule = Fixed(reception.desk.clock(), end)
    return await _mute(reception, visitor, order, scope, rule, "")


async def _mute(
    reception: Reception, visitor: Visitor, order: Order, scope: Scope, rule: Rule, reason: str
) -> Answer:
    voice, by = reception.voice, visitor.person.id
    reason = reason or voice.plain(WHY[Purpose.MUTE])
    window = Window(rule, scope, reason, reception.desk.clock(), by, purpose=Purpose.MUTE)
    done = await propose(reception.desk, window, order.where)
    if not isinstance(done, Weighed):
        return await refused(reception, done)
    async with reception.desk.look() as act:
        if done.draft is None:
            return Answer(message=card.declared(done.window, voice, act.at))
        if order.private:
            return Answer(voice.say("So many channels take two people: a second one of the desk is asked."))
        question = Question(done.draft.id, done.draft.hand, done.draft.expires)
        shown = card.asked(done.window, question, voice, act.at)
        return Answer(message=shown)


def _offer(reception: Reception, scope: Scope) -> Answer:
    """Return that an end is needed, with some where one thing is named."""
    voice, now = reception.voice, reception.desk.clock()
    said = voice.say(
        "Alarms are muted until an hour, never for good: until when? Write for example: {example}",
        example="/tamdung Thần Xa 2h chờ vật tư",
    )
    named = [(UNIT, each) for each in scope.units] + [(CHANNEL, each) for each in scope.channels]
    if len(named) != 1:
        return Answer(said)
    ends = [(voice.duration(span), now + span) for span in OFFERED]
    ends.append((voice.plain("Until {hour}", hour=f"{MORNING:%H:%M}"), _morning(voice, now)))
    buttons = [Button(label, pack("wmute", *named[0], minute_of(end))) for label, end in ends]
    return Answer(message=Message(said, in_rows(buttons, 3)))


def _morning(voice: Voice, now: datetime) -> datetime:
    """Return the next morning."""
    local = now.astimezone(voice.zone)
    day = local.date() + timedelta(days=local.time() >= MORNING)
    return datetime.combine(day, MORNING, voice.zone)
