"""Approving: who waits to be let in, and the desk's word on each."""

from bot.answer import Answer
from bot.buttons import pack
from bot.cards.message import Button, Message, in_rows
from bot.cards.registration import registration
from bot.gate import Visitor, may_touch
from bot.orders import Order
from bot.reception import Reception
from locales.marker import N_
from operations.approve import Decided, NotDecided, decide
from operations.desk import Act
from operations.look import area_of
from storage import registrations
from storage.tables import Registration

MOST = 20  # buttons
WHY_NOT = {
    NotDecided.UNKNOWN: N_("There is no such registration."),
    NotDecided.NOT_YOURS: N_("That unit is not yours to decide about."),
    NotDecided.EXPIRED: N_("That registration has expired: who asked may send /dangky again."),
    NotDecided.DECIDED: N_("That has been decided already."),
    NotDecided.MOOT: N_("That account has come in another way or is locked, or its unit is no more."),
}


async def waiting(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/duyet: who waits; one alone is shown at once."""
    voice = reception.voice
    async with reception.desk.look() as act:
        rows = [
            row
            for row in await registrations.waiting(act.session, act.at)
            if may_touch(act, visitor.person, row.unit_id or 0)
        ]
        if not rows:
            return Answer(voice.say("Nobody waits to be let in."))
        if len(rows) == 1:
            return _card(reception, act, rows[0], order)
        names = [f"{row.name} · {act.directory.units[row.unit_id or 0].name}" for row in rows]
    buttons = [
        Button(name, pack("asked", row.id or 0)) for name, row in zip(names[:MOST], rows, strict=False)
    ]
    return Answer(message=Message(voice.say("<b>Waiting to be let in</b>"), in_rows(buttons, 1)))


async def show(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """A tap on a name in the list."""
    async with reception.desk.look() as act:
        row = await act.session.get(Registration, order.numbers[0])
        if row is None or row.unit_id is None:
            return Answer(reception.voice.say(WHY_NOT[NotDecided.UNKNOWN]))
        if not may_touch(act, visitor.person, row.unit_id):
            return Answer(reception.voice.say(WHY_NOT[NotDecided.NOT_YOURS]))
        return _card(reception, act, row, order)


async def approve(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Duyệt»: who asked is the unit's officer from now on."""
    return await _decide(reception, visitor, order, let_in=True)


async def refuse(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Từ chối»: who asked is told so."""
    return await _decide(reception, visitor, order, let_in=False)


async def _decide(reception: Reception, visitor: Visitor, order: Order, *, let_in: bool) -> Answer:
    assert visitor.person.id is not None
    done = await decide(reception.desk, order.numbers[0], visitor.person.id, let_in=let_in)
    if not isinstance(done, Decided):
        return Answer(reception.voice.say(WHY_NOT[done]))
    values = {"name": done.person, "unit": done.unit, "by": visitor.person.name}
    told = (
        reception.voice.say("<b>{name}</b> is an officer of {unit} now (let in by {by}).", **values)
        if let_in
        else reception.voice.say("<b>{name}</b> was not let in for {unit} (by {by}).", **values)
    )
    return Answer(told, Message(told), replace=True, menu_of=done.account)


def _card(reception: Reception, act: Act, row: Registration, order: Order) -> Answer:
    unit = act.directory.units[row.unit_id or 0]
    phone = row.phone if order.private else None  # never in a group
    content = {
        "registration": row.id,
        "person": row.name,
        "unit": unit.name,
        "area": area_of(act, unit),
        "phone": phone,
    }
    return Answer(message=registration(content, reception.voice, act.at))
