"""Planned work in chat: the desk declares it, a team asks for it; both are read back before they count."""

import re

from bot.answer import Answer
from bot.cards import window as card
from bot.cards.message import Message
from bot.cards.window_words import WHY
from bot.gate import Visitor
from bot.handlers import wish
from bot.handlers.windows import listing, refused
from bot.handlers.wish import Wish
from bot.orders import Order
from bot.reception import Reception
from incidents.maintenance import Purpose, Rule, Window
from locales.folding import fold
from operations.draft import Weighed, propose

_LONGER = re.compile(r"\b(gia han|keo dai|them gio)\b|^\+")


async def declare(reception: Reception, visitor: Visitor, order: Order) -> Answer | None:
    """/baotri: planned work as typed, read back with a button that declares it; without words the list."""
    if not order.words and order.about is None:
        return await listing(reception, visitor, Purpose.WORKS)
    wanted = await wish.read(reception, visitor, order)
    if not isinstance(wanted, Wish):
        return wanted
    if wanted.rule is None:
        return _without_end(reception, order)
    done = await propose(reception.desk, _window(reception, visitor, wanted, wanted.rule), order.where)
    if not isinstance(done, Weighed):
        return await refused(reception, done)
    async with reception.desk.look() as act:
        owed = act.policies.maintenance_notice, act.policies.maintenance_notice_urgent
        return Answer(message=card.preview(done, owed, reception.voice, act.at))


async def ask(reception: Reception, visitor: Visitor, order: Order) -> Answer | None:
    """/thicong: a team asks for planned work; the desk decides. To extend it is on-call's alone."""
    if _LONGER.search(fold(order.words)):
        return Answer(reception.voice.say("Only on-call may extend planned work: please ask them."))
    if not order.words and order.about is None:
        return await listing(reception, visitor, Purpose.WORKS)
    wanted = await wish.read(reception, visitor, order)
    if not isinstance(wanted, Wish):
        return wanted
    if wanted.rule is None:
        return _without_end(reception, order)
    window = _window(reception, visitor, wanted, wanted.rule, visitor.person.team_id)
    done = await propose(reception.desk, window)
    if not isinstance(done, Weighed):
        return await refused(reception, done)
    async with reception.desk.look() as act:
        lines = [
            reception.voice.say("<b>The duty desk has been asked</b>: you will hear what it decides."),
            *card.facts(done.window, reception.voice, act.at),
            *card.warnings(done.warned, reception.voice),
        ]
        return Answer(message=Message.of(lines))


def _window(
    reception: Reception, visitor: Visitor, wanted: Wish, rule: Rule, team: int | None = None
) -> Window:
    reason = wanted.reason or reception.voice.plain(WHY[Purpose.WORKS])
    return Window(rule, wanted.scope, reason, reception.desk.clock(), visitor.person.id, team=team)


def _without_end(reception: Reception, order: Order) -> Answer:
    example = f"/{order.verb} Thần Xa từ 22:00 đến 02:00: thay tủ quang"
    return Answer(reception.voice.say("From when until when? Write for example: {example}", example=example))
