"""What people add to a ticket: photos, voice notes and words; and the same brought up again."""

import re

from markupsafe import Markup

from bot.answer import Answer
from bot.cards.message import Message
from bot.gate import Visitor
from bot.handlers.incident import reads, sees
from bot.handlers.words import plain_words
from bot.orders import ENCLOSED, Author, Order
from bot.reception import Reception
from incidents.model import code
from incidents.roles import Role
from intents.masking import mask_addresses
from locales.marker import N_
from locales.voice import Voice
from operations.announce import post_media
from operations.supplement import Fate, Supplemented, supplement
from storage import attachments, incidents

SAID = {
    Fate.KEPT: N_("Added to {code}."),
    Fate.KNOWN: N_("{code} has that already."),
    Fate.FULL: N_("{code} holds as much as it can: please tell the rest to the duty desk."),
    Fate.FLOOD: N_("That is a great deal within an hour: please tell the rest to the duty desk."),
}
_NAMED = re.compile(r"\s*#?sc-?(\d{1,9})\b\s*", re.IGNORECASE)


async def add(reception: Reception, visitor: Visitor, order: Order) -> Answer | None:
    """/bosung [SC-0001] [words], or a file sent as it is: kept with the ticket it is for."""
    voice = reception.voice
    if order.author is Author.OURS:
        return Answer(voice.say("These are words of mine: nothing was done with them."))
    if order.strange:
        return Answer(
            voice.say("I can keep words, photos, voice notes and videos; please send one of those.")
        )
    ticket, words = _named(order)
    if order.file is None and not words:
        return Answer(
            voice.say("What is to be added? Write it after /bosung, or send a photo or a voice note.")
        )
    if ticket is not None and not await _may_see(reception, visitor, ticket):
        return Answer(voice.say("There is no such ticket among yours."))
    done = await _supplement(reception, visitor, order, words, ticket)
    if done is not None:
        return said(voice, done, words)
    if visitor.role is Role.OFFICER and words and order.verb == ENCLOSED and order.file is not None:
        return await _as_plain_words(reception, visitor, order)
    return _unplaced(voice, visitor)


async def _as_plain_words(reception: Reception, visitor: Visitor, order: Order) -> Answer | None:
    """A file with words and no ticket yet: what the words say may open one, and the file belongs to it."""
    answer = await plain_words(reception, visitor, order)
    refused = await enclose(reception, visitor, order)
    return answer or refused


async def enclose(reception: Reception, visitor: Visitor, order: Order) -> Answer | None:
    """Keep the file that came with a command, with the ticket that it was about; say only why not."""
    if visitor.role is not Role.OFFICER:
        return None
    done = await _supplement(reception, visitor, order, "", None)
    if done is None or done.fate not in (Fate.FULL, Fate.FLOOD):
        return None
    return said(reception.voice, done, "")


async def bring(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Ảnh, ghi âm» on a card: what was added comes again, where the button was pressed."""
    voice = reception.voice
    async with reception.desk.act() as act:
        incident = await incidents.find(act.session, order.numbers[0])
        if incident is None or not sees(act, visitor, incident):
            return Answer(voice.say("There is no such ticket among yours."))
        if not reads(reception, visitor, order, incident):
            return Answer(voice.say("There is no such ticket among yours."))
        added = await attachments.of_incident(act.session, incident.id)
        # one press a minute is enough: the first may still be on its way
        await post_media(act, [order.where], added, asked=f"{order.sender}:{act.at:%Y%m%d%H%M}")
    return Answer(voice.say("They are on their way: {code}.", code=code(incident.id)))


def said(voice: Voice, done: Supplemented, words: str) -> Answer | None:
    """Return what the sender hears of what became of it: of an album once, and of an address masked."""
    if done.fate is Fate.PART:
        return None
    lines: list[Markup] = [voice.say(SAID[done.fate], code=code(done.incident.id))]
    if done.fate is Fate.KEPT and mask_addresses(words) != words:
        lines.append(voice.say("The IP address in it is masked for all who read it."))
    return Answer(message=Message.of(lines))


async def _supplement(
    reception: Reception, visitor: Visitor, order: Order, words: str, ticket: int | None
) -> Supplemented | None:
    return await supplement(
        reception.desk,
        visitor.person,
        words,
        order.file,
        order.at,
        order.origin,
        ticket=ticket,
        heard=order.where,
    )


def _unplaced(voice: Voice, visitor: Visitor) -> Answer:
    """Say that there is no ticket it could be for."""
    if visitor.role is Role.OFFICER:
        return Answer(
            voice.say("Your unit has no open ticket. To report an outage send /baosuco, with the photo.")
        )
    return Answer(
        voice.say(
            "Which ticket? Reply to its card, or write its number: /{command} SC-0001", command="bosung"
        )
    )


async def _may_see(reception: Reception, visitor: Visitor, ticket: int) -> bool:
    async with reception.desk.look() as act:
        incident = await incidents.find(act.session, ticket)
        return incident is not None and sees(act, visitor, incident)


def _named(order: Order) -> tuple[int | None, str]:
    """Return the ticket named first or replied to, and the other words; a bare number is no ticket's here."""
    found = _NAMED.match(order.words)
    if found is None:
        return order.about, order.words
    return int(found[1]), order.words[found.end() :]
