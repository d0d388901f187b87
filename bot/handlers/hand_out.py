"""Tickets handed out: to one team that is picked, to the nearest in one tap, or all that wait to theirs."""

from markupsafe import Markup

from bot.answer import Answer
from bot.cards import hand_out as card
from bot.cards.message import Message
from bot.gate import Visitor, may_touch
from bot.handlers.incident import answered, carry_out, meant, unknown
from bot.orders import Order, ticket
from bot.reception import Reception
from incidents.actions import Assign
from incidents.model import Incident
from locales.folding import fold
from operations.desk import Act
from operations.hand_out import Deal, deal, hand_all, take_and_hand
from operations.look import IncidentView, incident_view
from operations.teams import TeamOffer
from storage import past

ALL = fold("tất cả")


async def choose_team(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/giaoviec SC-0001 [đội], or «Giao đội» on the card: the teams, nearest first."""
    if not order.tap and fold(order.words) == ALL:
        return await plan(reception, visitor, order)
    async with reception.desk.look() as act:
        incident = await meant(act, order)
        if incident is None or not may_touch(act, visitor.person, incident.unit):
            return unknown(reception, order)
        view = await incident_view(act, incident)
        seen = await _seen(act, visitor, incident)
    named = _named(view, ticket(order)[1] if not order.tap else "")
    if len(named) == 1:
        assert visitor.person.id is not None
        action = Assign(visitor.person.id, named[0].id, seen)
        return await carry_out(reception, visitor, order, incident, action)
    return Answer(message=card.offer(view, named or view.teams, reception.voice))


async def assign(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """A tap on a team's name."""
    incident = await _incident(reception, visitor, order)
    if isinstance(incident, Answer):
        return incident
    assert visitor.person.id is not None
    _, team, seen = order.numbers
    action = Assign(visitor.person.id, team, seen)
    return await carry_out(reception, visitor, order, incident, action, replace=True)


async def take_it(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Nhận & giao …»: take the ticket and hand it to the team that the button names."""
    incident = await _incident(reception, visitor, order)
    if isinstance(incident, Answer):
        return incident
    assert visitor.person.id is not None
    team = order.numbers[1]
    result = await take_and_hand(reception.desk, incident.id, visitor.person.id, team)
    return await answered(reception, visitor, order, result, Assign(visitor.person.id, team))


async def plan(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Giao tất cả theo địa bàn»: show which team would get which ticket; nothing is done yet."""
    async with reception.desk.look() as act:
        found = await _deal(act, visitor)
        return Answer(message=card.preview(found, act.directory, reception.voice))


async def hand_all_out(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """The second press: do what was shown, or show anew what has changed since."""
    assert visitor.person.id is not None
    async with reception.desk.look() as act:
        found = await _deal(act, visitor)
        directory = act.directory
    if found.check != order.numbers[0]:
        said = reception.voice.say("It has changed meanwhile: please look again.")
        return Answer(said, card.preview(found, directory, reception.voice), replace=True)
    dealt = await hand_all(reception.desk, found.jobs, visitor.person.id)
    message = card.done(dealt, directory, reception.voice)
    return Answer(_first_line(message), message, replace=True)


async def _deal(act: Act, visitor: Visitor) -> Deal:
    return await deal(act, lambda incident: may_touch(act, visitor.person, incident.unit))


async def _incident(reception: Reception, visitor: Visitor, order: Order) -> Incident | Answer:
    """Return the ticket of a button that carries a team as well, where both are known and it may be given."""
    async with reception.desk.look() as act:
        incident = await meant(act, order)
        known = order.numbers[1] in act.directory.teams
        if incident is None or not known or not may_touch(act, visitor.person, incident.unit):
            return unknown(reception, order)
        return incident


async def _seen(act: Act, visitor: Visitor, incident: Incident) -> int | None:
    """Return which team somebody who types has seen it with: not the one it was handed to just now."""
    last = await past.last(act.session, incident.id, "assign")
    if last is None or last.person_id == visitor.person.id:
        return None
    return 0 if act.at - last.at <= act.policies.undo_within else None


def _named(view: IncidentView, said: str) -> list[TeamOffer]:
    if not said.strip():
        return []
    wanted = fold(said)
    exact = [team for team in view.teams if fold(team.name) == wanted]
    return exact or [team for team in view.teams if wanted in fold(team.name)]


def _first_line(message: Message) -> Markup:
    return Markup(message.text.split("\n")[0])  # noqa: S704  (a part of what was rendered)
