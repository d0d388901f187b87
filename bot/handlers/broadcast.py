"""Announcements: an administrator writes one, sees whom it reaches, presses again, and reads how it went."""

from bot.answer import Answer
from bot.cards import broadcast as card
from bot.cards.message import Message
from bot.gate import Visitor
from bot.handlers.lookup import may_see, unit_label
from bot.orders import Order
from bot.reception import Reception
from intents.names import Found, Several
from locales.folding import fold
from locales.marker import N_
from operations import broadcast
from operations.broadcast import NotSent
from operations.desk import Act
from storage import people
from storage.tables import Broadcast

ALL = ("tat ca", "toan tinh")
URGENT = "khan"
EXAMPLE = "/thongbao Võ Nhai: 14h hôm nay kiểm tra đường truyền họp trực tuyến"
WHY_NOT = {
    NotSent.UNKNOWN: N_("There is no such announcement."),
    NotSent.NOT_YOURS: N_("That announcement is somebody else's."),
    NotSent.EXPIRED: N_("That announcement is too old to be sent: please write it again."),
    NotSent.DROPPED: N_("That announcement was thrown away."),
    NotSent.NOBODY: N_("No officer is posted there: nothing was sent."),
}


async def command(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/thongbao [khẩn] nơi: lời: what would be sent to whom."""
    voice = reception.voice
    where, _, words = order.words.partition(":")
    place, words = fold(where), words.strip()
    urgent = place == URGENT or place.startswith(f"{URGENT} ")
    place = place.removeprefix(URGENT).strip() if urgent else place
    if not place or not words:
        return Answer(voice.say("What to whom? Write for example: {example}", example=EXAMPLE))
    async with reception.desk.look() as act:
        unit = _unit(reception, act, visitor, place)
        if isinstance(unit, Answer):
            return unit
    assert visitor.person.id is not None
    row = await broadcast.draft(reception.desk, visitor.person.id, words, unit, order.source, urgent=urgent)
    async with reception.desk.look() as act:
        heard = await broadcast.audience(act, unit)
        if not heard.officers:
            return Answer(voice.say(WHY_NOT[NotSent.NOBODY]))
        return Answer(message=card.preview(row, _name(act, unit), heard, voice))


async def send(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Gửi»: the second press."""
    assert visitor.person.id is not None
    done = await broadcast.send(reception.desk, order.numbers[0], visitor.person.id)
    if isinstance(done, NotSent):
        return Answer(reception.voice.say(WHY_NOT[done]))
    return await _delivered(reception, done)


async def drop(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Bỏ»."""
    assert visitor.person.id is not None
    done = await broadcast.drop(reception.desk, order.numbers[0], visitor.person.id)
    if isinstance(done, NotSent):
        return Answer(reception.voice.say(WHY_NOT[done]))
    if done.sent is not None:
        return await _delivered(reception, done)
    said = reception.voice.say("The announcement was thrown away: nothing was sent.")
    return Answer(said, Message(said), replace=True)


async def look(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Kết quả gửi»: how far it has come by now."""
    async with reception.desk.look() as act:
        row = await act.session.get(Broadcast, order.numbers[0])
    if row is None or row.sent is None:
        return Answer(reception.voice.say(WHY_NOT[NotSent.UNKNOWN]))
    return await _delivered(reception, row)


async def _delivered(reception: Reception, row: Broadcast) -> Answer:
    async with reception.desk.look() as act:
        how = await broadcast.delivery(act, row.id or 0)
        missed = [await _units_of(act, account) for account in how.missed[: card.NAMED]]
        shown = card.delivered(row, how, missed, reception.voice, act.at)
    said = reception.voice.say(
        "Delivered {sent}, failed {failed}, on the way {waiting}.",
        sent=how.sent,
        failed=how.failed,
        waiting=how.waiting,
    )
    return Answer(said, shown, replace=True)


async def _units_of(act: Act, account: int) -> str:
    person = await people.by_telegram(act.session, account)
    units = act.directory.units_of(person.id) if person is not None and person.id is not None else ()
    return ", ".join(unit.name for unit in units) or "?"


def _unit(reception: Reception, act: Act, visitor: Visitor, said: str) -> int | Answer | None:
    """Return the unit that is named, None for the whole province; several are named back."""
    if said in ALL:
        return visitor.person.unit_id if visitor.person.unit_id != act.directory.top else None
    match act.directory.gazetteer.find(said, visitor.person.unit_id):
        case Found(place) if may_see(act, visitor, place.id):
            return place.id
        case Several(places):
            names = ", ".join(unit_label(act, each.id) for each in places)
            return Answer(reception.voice.say("Which one is meant: {names}?", names=names))
    return Answer(reception.voice.say("No unit has a name like “{name}”.", name=said))


def _name(act: Act, unit: int | None) -> str | None:
    return None if unit is None else act.directory.units[unit].name
