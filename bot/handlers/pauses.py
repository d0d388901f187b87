"""Pauses of the carrier's clock in chat: asked for by a team, agreed to by the desk, ended by either."""

from datetime import timedelta

from markupsafe import Markup

from bot.answer import Answer
from bot.cards import pauses as card
from bot.cards.field_words import refused
from bot.cards.message import Message
from bot.gate import Visitor, may_touch
from bot.handlers.field import named
from bot.handlers.incident import sees, unknown
from bot.orders import Order
from bot.reception import Reception
from incidents.actions import AllowPause, AskPause, EndPause, RefusePause
from incidents.lifecycle import Refused, Step
from incidents.model import Incident, code
from incidents.pause import Obstacle
from incidents.roles import Role
from intents.masking import mask_addresses
from operations.desk import Act
from operations.look import incident_view
from operations.pause import Pausing, pause
from storage import incidents

SHOWN = 300  # characters of a reason


async def ask(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/tamtinh SC-0001 and why, or «Tạm dừng tính giờ» and why: of the team, or of the desk in its place."""
    assert visitor.person.id is not None
    async with reception.desk.look() as act:
        number, words = (order.numbers[0], "") if order.tap else named(order)
        incident = await _meant(act, visitor, number)
        if incident is None:
            return unknown(reception, order)
        view = await incident_view(act, incident)
        if incident.hindrance is not None:
            return Answer(message=card.stands(view, reception.voice, act.at))
        obstacle = _chosen(order)
        if incident.assignment is None or not (obstacle or words):
            said = reception.voice.say("{code} is with no team: hand it out first.", code=code(incident.id))
            return (
                Answer(said)
                if incident.assignment is None
                else Answer(message=card.which(view, reception.voice))
            )
    own = visitor.role is Role.TEAM
    team = (visitor.person.team_id or 0) if own else incident.assignment.team
    why, reason = obstacle or Obstacle.OTHER, mask_addresses(words)[:SHOWN]
    action = AskPause(visitor.person.id, team, why, reason, on_behalf=not own)
    told = reception.voice.say("The duty desk has been asked for a pause: {code}.", code=code(incident.id))
    return await _do(reception, order, incident.id, action, told)


async def allow(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Đồng ý 1 giờ»: the team's clock stands still from when it asked, until so long from now."""
    assert visitor.person.id is not None
    number, minutes, asked = order.numbers
    incident = await _asked(reception, visitor, number, asked)
    if incident is None or minutes not in card.LENGTHS:
        return _stale(reception)
    until = reception.desk.clock() + timedelta(minutes=minutes)
    told = reception.voice.say(
        "{name} agreed to a pause until {when}: {code}.",
        name=visitor.person.name,
        when=reception.voice.when(until, reception.desk.clock()),
        code=code(number),
    )
    return await _do(reception, order, number, AllowPause(visitor.person.id, until), told)


async def refuse(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Không đồng ý»: the team's clock goes on."""
    assert visitor.person.id is not None
    number, asked = order.numbers
    if await _asked(reception, visitor, number, asked) is None:
        return _stale(reception)
    told = reception.voice.say(
        "{name} did not agree to a pause: {code}.", name=visitor.person.name, code=code(number)
    )
    return await _do(reception, order, number, RefusePause(visitor.person.id), told)


async def go_on(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Tính giờ tiếp»: what hindered the team is over."""
    assert visitor.person.id is not None
    async with reception.desk.look() as act:
        incident = await _meant(act, visitor, order.numbers[0])
        if incident is None:
            return unknown(reception, order)
    told = reception.voice.say("The team's clock goes on: {code}.", code=code(incident.id))
    return await _do(reception, order, incident.id, EndPause(visitor.person.id), told)


async def _do(reception: Reception, order: Order, number: int, action: Pausing, told: Markup) -> Answer:
    step = await pause(reception.desk, number, action)
    if isinstance(step, Refused):
        return Answer(refused(step, reception.voice, on_behalf=False))
    assert isinstance(step, Step)
    return Answer(told, Message(told), replace=True) if order.tap else Answer(told)


async def _meant(act: Act, visitor: Visitor, number: int | None) -> Incident | None:
    incident = None if number is None else await incidents.find(act.session, number)
    return incident if incident is not None and sees(act, visitor, incident) else None


async def _asked(reception: Reception, visitor: Visitor, number: int, asked: int) -> Incident | None:
    """Return the incident with the pause that a button is about, if the visitor decides on it."""
    async with reception.desk.look() as act:
        incident = await incidents.find(act.session, number)
    if incident is None or not may_touch(act, visitor.person, incident.unit):
        return None
    hindrance = incident.hindrance
    return incident if hindrance is not None and int(hindrance.at.timestamp()) == asked else None


def _chosen(order: Order) -> Obstacle | None:
    if len(order.numbers) < 2 or order.numbers[1] >= len(card.OBSTACLES):
        return None
    return card.OBSTACLES[order.numbers[1]]


def _stale(reception: Reception) -> Answer:
    return Answer(reception.voice.say("That button is no longer in use."))
