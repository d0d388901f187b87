"""Locking: an administrator shuts an account out by name or number, and lets it in again."""

from collections.abc import Sequence

from bot.answer import Answer
from bot.buttons import pack
from bot.cards import words
from bot.cards.message import Button, Message, in_rows
from bot.gate import Visitor
from bot.handlers.enrol import place_of
from bot.handlers.named import named
from bot.orders import Order
from bot.reception import Reception
from incidents.roles import Role
from locales.marker import N_
from operations.desk import Act
from operations.lock import NotLocked, lock, unlock
from storage import people
from storage.tables import Person

MOST = 12  # buttons
WHY_NOT = {
    NotLocked.UNKNOWN: N_("There is no such account."),
    NotLocked.ONESELF: N_("Nobody locks their own account."),
    NotLocked.NOT_ALLOWED: N_("That is not for your role. Send /trogiup for what you can ask."),
}


async def shut(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/khoa họ tên: the account is heard no more, from its next tap or word on."""
    who = await _meant(reception, order, locked=False)
    if isinstance(who, Answer):
        return who
    assert visitor.person.id is not None
    done = await lock(reception.desk, who, visitor.person.id)
    if isinstance(done, NotLocked):
        return Answer(reception.voice.say(WHY_NOT[done]))
    told = reception.voice.say(
        "<b>{name}</b> is locked. To let them in again: /mokhoa {id}", name=done.name, id=done.telegram_id
    )
    return Answer(told, Message(told), menu_of=done.telegram_id)


async def open_(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/mokhoa họ tên: the account is who it was again."""
    who = await _meant(reception, order, locked=True)
    if isinstance(who, Answer):
        return who
    assert visitor.person.id is not None
    done = await unlock(reception.desk, who, visitor.person.id)
    if isinstance(done, NotLocked):
        return Answer(reception.voice.say(WHY_NOT[done]))
    told = reception.voice.say("<b>{name}</b> is let in again.", name=done.name)
    return Answer(told, Message(told), menu_of=done.telegram_id)


async def _meant(reception: Reception, order: Order, *, locked: bool) -> int | Answer:
    """Return who is meant: a number, a button or the whole name says it; anything else becomes buttons."""
    if order.tap:
        return order.numbers[0]
    voice, said = reception.voice, order.words
    if not said:
        return Answer(
            voice.say("Whose account? Write the name or the number: /{command} …", command=order.verb)
        )
    async with reception.desk.look() as act:
        known = [each for each in await people.all_(act.session) if (each.locked_at is not None) is locked]
        certain, found = _found(said, known)
        if not found:
            return Answer(voice.say("Nobody is called “{name}” here.", name=said))
        if certain:
            return found[0].id or 0
        return Answer(message=_offer(reception, act, found, "unlock" if locked else "lock"))


def _found(said: str, known: Sequence[Person]) -> tuple[bool, list[Person]]:
    numbered = [each for each in known if str(each.telegram_id) == said]
    return (True, numbered) if numbered else named(said, [(each.name, each) for each in known])


def _offer(reception: Reception, act: Act, found: Sequence[Person], verb: str) -> Message:
    buttons = [Button(_who(reception, act, each), pack(verb, each.id or 0)) for each in found[:MOST]]
    return Message(reception.voice.say("Who is meant?"), in_rows(buttons, 1))


def _who(reception: Reception, act: Act, person: Person) -> str:
    role = reception.voice.plain(words.ROLE[Role(person.role)])
    return f"{person.name} · {role}, {place_of(reception, act, person)}"
