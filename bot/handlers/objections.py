"""Objections in chat: a team's word against a finding, the desk's proposal, and the second person's."""

import re

from markupsafe import Markup

from bot.answer import Answer
from bot.cards import objections as card
from bot.cards.field_words import refused
from bot.cards.message import Message
from bot.causes import cause_in
from bot.gate import Visitor, may_touch
from bot.handlers.field import named
from bot.handlers.incident import unknown
from bot.orders import Order
from bot.reception import Reception
from incidents.actions import Agree, Disagree, Object, Propose
from incidents.lifecycle import Refused
from incidents.model import Incident, code
from incidents.roles import Role
from intents.masking import mask_addresses
from operations.desk import Act
from operations.object import Objecting, clock, object_
from storage import incidents

SHOWN = 500  # characters of what is objected
LONGEST = 31 * 24 * 60  # minutes: a month is argued about at the most
_MINUTES = re.compile(r"(\d{1,5})\s*(?:'|p\b|ph|phút|phut|m\b)", re.IGNORECASE)


async def object_to(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/khieunai SC-0001 and against what: a team objects; where it has, the desk proposes: 45' mất điện."""
    async with reception.desk.look() as act:
        number, words = (order.numbers[0], "") if order.tap else named(order)
        incident = await _meant(act, visitor, number)
        if incident is None:
            return unknown(reception, order)
        had = (await clock(act, incident.id)).teams
    if incident.objection is not None and visitor.role is not Role.TEAM:
        return await _proposal_in(reception, visitor, order, incident, words)
    words = words or _chosen(reception, order)
    if not words:
        return Answer(message=card.which(incident.id, reception.voice))
    own = visitor.role is Role.TEAM
    team = (visitor.person.team_id or 0) if own else next(reversed(had), 0)
    action = Object(visitor.person.id or 0, team, mask_addresses(words)[:SHOWN], on_behalf=not own)
    told = reception.voice.say(
        "Recorded: the duty desk has been told of the objection to {code}.", code=code(incident.id)
    )
    return await _do(reception, order, incident.id, action, told)


async def propose(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """A button beneath an objection: what to make of it, for a second person to agree to."""
    number, minutes, cause, at = order.numbers
    if (
        await _pending(reception, visitor, number, at) is None
        or cause > len(card.CAUSES)
        or minutes > LONGEST
    ):
        return _stale(reception)
    return await _propose(
        reception, visitor, order, number, minutes, card.CAUSES[cause - 1] if cause else None
    )


async def agree(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Đồng ý»: a second person agrees to the proposal that the button stands under."""
    number, minutes, cause, at = order.numbers
    if await _pending(reception, visitor, number, at) is None or cause > len(card.CAUSES):
        return _stale(reception)
    named_ = card.CAUSES[cause - 1] if cause else None
    told = reception.voice.say(
        "{name} agreed: {code} is decided.", name=visitor.person.name, code=code(number)
    )
    return await _do(reception, order, number, Agree(visitor.person.id or 0, minutes, named_), told)


async def disagree(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Không đồng ý»: the objection waits for another proposal."""
    number, at = order.numbers
    if await _pending(reception, visitor, number, at) is None:
        return _stale(reception)
    told = reception.voice.say("{name} did not agree: {code}.", name=visitor.person.name, code=code(number))
    return await _do(reception, order, number, Disagree(visitor.person.id or 0), told)


async def _proposal_in(
    reception: Reception, visitor: Visitor, order: Order, incident: Incident, words: str
) -> Answer:
    found = _MINUTES.search(words)
    minutes, cause = int(found[1]) if found else 0, cause_in(words)
    if not words or minutes > LONGEST or (not found and cause is None):
        return Answer(
            reception.voice.say(
                "What do you propose? Write for example: /khieunai {code} 45' mất điện",
                code=code(incident.id),
            )
        )
    return await _propose(reception, visitor, order, incident.id, minutes, cause)


async def _propose(
    reception: Reception, visitor: Visitor, order: Order, number: int, minutes: int, cause: str | None
) -> Answer:
    told = reception.voice.say(
        "{name} proposes for {code}: {what}. A second person has to agree.",
        name=visitor.person.name,
        code=code(number),
        what=card.proposal(minutes, cause, reception.voice),
    )
    return await _do(reception, order, number, Propose(visitor.person.id or 0, minutes, cause), told)


async def _do(reception: Reception, order: Order, number: int, action: Objecting, told: Markup) -> Answer:
    result = await object_(reception.desk, number, action)
    if isinstance(result, Refused):
        return Answer(
            refused(result, reception.voice, on_behalf=isinstance(action, Object) and action.on_behalf)
        )
    return Answer(told, Message(told), replace=True) if order.tap else Answer(told)


async def _meant(act: Act, visitor: Visitor, number: int | None) -> Incident | None:
    """Return the ticket if the visitor may speak of it: a team that has or had it, or whose part it is in."""
    incident = None if number is None else await incidents.find(act.session, number)
    if incident is None:
        return None
    if visitor.role is Role.TEAM:
        return incident if visitor.person.team_id in (await clock(act, incident.id)).teams else None
    return incident if may_touch(act, visitor.person, incident.unit) else None


async def _pending(reception: Reception, visitor: Visitor, number: int, at: int) -> Incident | None:
    """Return the ticket with the objection that a button is about, if the visitor decides on it."""
    async with reception.desk.look() as act:
        incident = await _meant(act, visitor, number)
    objection = incident.objection if incident else None
    return incident if objection is not None and int(objection.at.timestamp()) == at else None


def _chosen(reception: Reception, order: Order) -> str:
    if len(order.numbers) < 2 or order.numbers[1] >= len(card.CLAIMS):
        return ""
    return reception.voice.plain(card.CLAIMS[order.numbers[1]])


def _stale(reception: Reception) -> Answer:
    return Answer(reception.voice.say("That button is no longer in use."))
