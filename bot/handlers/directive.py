"""Directives: a leader's reply to a message of ours, and what the desk answers."""

import re

from bot.answer import Answer
from bot.cards import directive as card
from bot.cards.message import Message
from bot.gate import DESK, Visitor
from bot.handlers.incident import sees
from bot.orders import Author, Order, ticket
from bot.reception import Reception
from incidents.roles import Role
from intents.understanding import SURE, understand
from locales.marker import N_
from operations import direct
from operations.desk import Act
from operations.direct import Dealt, NotReported
from storage import directives, incidents, letters, people
from storage.tables import Directive

COURTESY = "xa_giao"
WHY_NOT = {
    NotReported.UNKNOWN: N_("There is no such directive."),
    NotReported.NOT_YOURS: N_("That directive is not yours to report on."),
    NotReported.ANSWERED: N_("That directive has been reported on already."),
    NotReported.EMPTY: N_("What is to be reported? Write /chidao, the number and the report."),
}
_NUMBER = re.compile(r"\s*(\d{1,9})\b\s*")


async def overheard(reception: Reception, visitor: Visitor, order: Order) -> Answer | None:
    """Words in reply to a message of ours: a leader's direct, the desk's may be the report."""
    if order.replied is None or not order.words or order.author is not Author.SENDER:
        return None
    if visitor.role is Role.LEADER:
        return await _give(reception, visitor, order, order.about, order.words)
    if visitor.role in DESK and (number := await _replied_to(reception, order)) is not None:
        return await _report(reception, visitor, number, order.words)
    return None


async def command(reception: Reception, visitor: Visitor, order: Order) -> Answer | None:
    """/chidao: the open ones; with words a leader's directive, or the desk's report on the one numbered."""
    if not order.words:
        return await _listed(reception, visitor)
    if visitor.role is Role.LEADER:
        number, words = ticket(order) if order.about is None else (order.about, order.words)
        return await _give(reception, visitor, order, number, words)
    number = await _replied_to(reception, order)
    if number is not None:
        return await _report(reception, visitor, number, order.words)
    found = _NUMBER.match(order.words)
    if found is None:
        return Answer(reception.voice.say(WHY_NOT[NotReported.EMPTY]))
    return await _report(reception, visitor, int(found[1]), order.words[found.end() :])


async def receive(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Nhận chỉ đạo»."""
    voice = reception.voice
    assert visitor.person.id is not None
    done = await direct.receive(reception.desk, order.numbers[0], visitor.person.id)
    if isinstance(done, NotReported):
        return Answer(voice.say(WHY_NOT[done]))
    async with reception.desk.look() as act:
        person = (await people.by_ids(act.session, [done.row.person_id]))[done.row.person_id]
        shown = card.received(done.row, person.name, done.first, voice, act.at)
        said = voice.say("Directive {number}: received by {name}.", number=done.row.id, name=done.first)
        return Answer(said, shown, replace=True)


async def done(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Đã thực hiện»: the shortest report there is."""
    words = reception.voice.plain("It has been done.")
    return await _report(reception, visitor, order.numbers[0], words, replace=True)


async def _give(
    reception: Reception, visitor: Visitor, order: Order, number: int | None, words: str
) -> Answer | None:
    voice = reception.voice
    async with reception.desk.look() as act:
        if _is_courtesy(act, words):
            return None
        if number is not None:
            incident = await incidents.find(act.session, number)
            if incident is None or not sees(act, visitor, incident):
                return Answer(voice.say("There is no such ticket among yours."))
    row = await direct.direct(
        reception.desk, visitor.person, words, order.where, order.source, number, order.at
    )
    async with reception.desk.look() as act:
        return Answer(card.given(row, voice, act.at))


async def _report(
    reception: Reception, visitor: Visitor, number: int, words: str, *, replace: bool = False
) -> Answer:
    voice = reception.voice
    assert visitor.person.id is not None
    dealt = await direct.report(reception.desk, number, visitor.person.id, words)
    if not isinstance(dealt, Dealt):
        return Answer(voice.say(WHY_NOT[dealt]))
    said = voice.say(
        "Directive {number}: the report has gone to whoever gave it (by {name}).",
        number=number,
        name=dealt.first,
    )
    return Answer(said, Message(said) if replace else None, replace=replace)


async def _listed(reception: Reception, visitor: Visitor) -> Answer:
    async with reception.desk.look() as act:
        rows = [each for each in await directives.open_(act.session) if await _shows(act, visitor, each)]
        names = await people.by_ids(act.session, (row.person_id for row in rows))
        shown = [(row, names[row.person_id].name) for row in rows]
        return Answer(message=card.listing(shown, reception.voice, act.at, desk=visitor.role in DESK))


async def _shows(act: Act, visitor: Visitor, row: Directive) -> bool:
    """Whether it is in the visitor's part, and may be shown where they ask."""
    if not act.directory.within(await direct.scope_of(act, row), visitor.person.unit_id):
        return False
    return visitor.room is None or not await direct.is_discreet(act, row)


async def _replied_to(reception: Reception, order: Order) -> int | None:
    """Return the directive that the message replied to tells of."""
    if order.replied is None:
        return None
    async with reception.desk.look() as act:
        letter = await letters.message(act.session, order.where, order.replied)
    number = None if letter is None else letter.content.get("directive")
    return number if isinstance(number, int) else None


def _is_courtesy(act: Act, words: str) -> bool:
    if not any(map(str.isalnum, words)):
        return True
    found = understand(words, act.directory.gazetteer)
    return found.intent == COURTESY and found.confidence >= SURE
