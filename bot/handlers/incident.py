"""Incidents at the desk and in the field: list, show, take, hand out, accept, close."""

from markupsafe import Markup

from bot.answer import Answer
from bot.cards import incident as card
from bot.cards import open_tickets as open_card
from bot.cards.evidence import unproven
from bot.cards.explain import explained
from bot.gate import DESK, READERS, Visitor, may_touch
from bot.handlers.done import done
from bot.handlers.refused import refused
from bot.handlers.sure import sure
from bot.orders import Order, ticket
from bot.reception import Reception
from incidents.actions import Acknowledge, Action, Assign, Close
from incidents.lifecycle import Refused, Step
from incidents.model import Incident, code
from incidents.refusal import Refusal
from incidents.roles import Role, Room
from operations.close import close as close_ticket
from operations.desk import Act
from operations.explain import explain
from operations.look import IncidentView, incident_view
from operations.open_tickets import open_tickets
from operations.respond import respond
from storage import incidents

OWN_ROOM = {  # as whose a card is shown in private
    Role.ONCALL: Room.ONCALL,
    Role.ADMIN: Room.ONCALL,
    Role.LEADER: Room.LEADERS,
    Role.TEAM: Room.TEAM,
}


async def listing(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/suco: every open ticket the person may see, what matters most first."""
    page = order.numbers[0] if order.tap else 0
    async with reception.desk.look() as act:
        live = [each for each in await incidents.live(act.session) if sees(act, visitor, each)]
        tickets = await open_tickets(act, live)
        desk = visitor.role in DESK
        message = open_card.listing(tickets, reception.voice, act.at, page, desk=desk)
        return Answer(message=message, replace=order.tap)


async def show(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/xem SC-0001, or a tap in the list: the whole card."""
    async with reception.desk.look() as act:
        incident = await meant(act, order)
        if incident is None or not (sees(act, visitor, incident) or _is_called(reception, visitor, incident)):
            return unknown(reception, order)
        view = await incident_view(act, incident)
        trusted = reads(reception, visitor, order, incident)
        return Answer(message=card.render(view, reception.voice, act.at, room_for(visitor), trusted=trusted))


async def why(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/visao, or «Vì sao?» on the card: which outcomes and rules led to it."""
    async with reception.desk.look() as act:
        incident = await meant(act, order)
        if incident is None or not sees(act, visitor, incident):
            return unknown(reception, order)
        if not reads(reception, visitor, order, incident):
            return unknown(reception, order)
        told, view = await explain(act, incident), await incident_view(act, incident)
        return Answer(message=explained(told, view, reception.voice, act.at))


async def acknowledge(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/tiepnhan, or «Tiếp nhận» on the card."""
    assert visitor.person.id is not None
    return await _act(reception, visitor, order, Acknowledge(visitor.person.id))


async def close(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/dong, or «Đóng phiếu» on the card: one of many is asked about first, and none is before its proof."""
    assert visitor.person.id is not None
    action, confirmed = Close(visitor.person.id), len(order.numbers) > 1
    async with reception.desk.look() as act:
        incident = await meant(act, order)
        if incident is None or not may_touch(act, visitor.person, incident.unit):
            return unknown(reception, order)
    if not confirmed:
        asked = await sure(reception, visitor, incident, action, "close", (incident.id, 1))
        if asked is not None:
            return asked
    closing = await close_ticket(reception.desk, incident.id, visitor.person.id)
    if isinstance(closing.result, Refused) and closing.result.refusal is Refusal.UNPROVEN:
        assert closing.verdict is not None
        async with reception.desk.look() as act:
            number = code(incident.id)
            return Answer(unproven(number, closing.verdict, act.policies, reception.voice, act.at))
    return await answered(reception, visitor, order, closing.result, action, replace=confirmed)


async def _act(
    reception: Reception, visitor: Visitor, order: Order, action: Action, *, replace: bool = False
) -> Answer:
    async with reception.desk.look() as act:
        incident = await meant(act, order)
        if incident is None or not may_touch(act, visitor.person, incident.unit):
            return unknown(reception, order)
    return await carry_out(reception, visitor, order, incident, action, replace=replace)


async def carry_out(
    reception: Reception,
    visitor: Visitor,
    order: Order,
    incident: Incident,
    action: Action,
    *,
    replace: bool = False,
) -> Answer:
    """Do *action* and say what became of it; *replace*: where the button was."""
    result = await respond(reception.desk, incident.id, action)
    return await answered(reception, visitor, order, result, action, replace=replace)


async def answered(
    reception: Reception,
    visitor: Visitor,
    order: Order,
    result: Step | Refused,
    action: Action,
    *,
    replace: bool = False,
) -> Answer:
    """Return what is said to who did *action*: that it is done, or why not."""
    async with reception.desk.look() as act:
        if isinstance(result, Refused):
            return Answer(await refused(reception, act, result, visitor.person.id))
        view = await incident_view(act, result.after)
        said = _said(reception, view, action, act)
    return done(reception, order, said, view.incident.id, view.incident.version, replace=replace)


def _said(reception: Reception, view: IncidentView, action: Action, act: Act) -> Markup:
    voice, number = reception.voice, code(view.incident.id)
    match action:
        case Acknowledge():
            return voice.say("You have taken {code}.", code=number)
        case Assign():
            if act.directory.teams[action.team].chat_id is None:
                return voice.say(
                    "{code} is handed to {team}. The team has no chat: call {hotline}.",
                    code=number,
                    team=view.team or "",
                    hotline=view.hotline or voice.plain("its hotline"),
                )
            return voice.say("{code} is handed to {team}.", code=number, team=view.team or "")
    return voice.say("{code} is closed.", code=number)


async def meant(act: Act, order: Order) -> Incident | None:
    """Return the incident an order means: the button's, the one named, or the card it replies to."""
    number = order.numbers[0] if order.numbers else None
    if number is None:
        number = ticket(order)[0]
    if number is None:
        number = order.about
    return None if number is None else await incidents.find(act.session, number)


def room_for(visitor: Visitor) -> Room | None:
    """Return as which room sees it the visitor is shown a card; None: without what there is to press."""
    return visitor.room or OWN_ROOM.get(visitor.role)


def reads(reception: Reception, visitor: Visitor, order: Order, incident: Incident) -> bool:
    """Return whether what people said on the ticket may be shown where *order* was given.

    Of a suspicion it may in private alone, and not to everybody.
    """
    may = visitor.role in READERS or _is_called(reception, visitor, incident)
    return not incident.security or (order.private and may)


def _is_called(reception: Reception, visitor: Visitor, incident: Incident) -> bool:
    """Return whether it is a suspicion, and the visitor who is named to answer for security."""
    return incident.security and visitor.person.telegram_id in reception.desk.security


def sees(act: Act, visitor: Visitor, incident: Incident) -> bool:
    """Return whether the visitor may look at *incident*."""
    units = [incident.unit, *(act.directory.unit_of(each).id or 0 for each in incident.silent)]
    team = incident.assignment.team if incident.assignment else None
    return any(may_touch(act, visitor.person, unit, team) for unit in units)


def unknown(reception: Reception, order: Order) -> Answer:
    """Return that the ticket an order means is not among the visitor's, or which one that is."""
    voice = reception.voice
    if order.tap or ticket(order)[0] is not None:
        return Answer(voice.say("There is no such ticket among yours."))
    return Answer(
        voice.say(
            "Which ticket? Reply to its card, or write its number: /{command} SC-0001", command=order.verb
        )
    )
