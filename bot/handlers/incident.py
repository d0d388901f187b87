"""Incidents at the desk and in the field: list, show, take, hand out, accept, close."""

from markupsafe import Markup

from bot.answer import Answer
from bot.buttons import pack
from bot.cards import incident as card
from bot.cards import words
from bot.cards.board import open_tickets
from bot.cards.evidence import unproven
from bot.cards.explain import explained
from bot.cards.message import Button, Message, in_rows
from bot.gate import READERS, Visitor, may_touch
from bot.orders import Order, ticket
from bot.reception import Reception
from incidents.actions import Acknowledge, Action, Assign, Close
from incidents.lifecycle import Refused, Step
from incidents.model import Incident, code
from incidents.refusal import Refusal
from incidents.roles import Role, Room
from locales.folding import fold
from operations.close import close as close_ticket
from operations.desk import Act
from operations.explain import explain
from operations.look import IncidentView, incident_view
from operations.respond import respond
from storage import incidents

TEAMS_OFFERED = 12
OWN_ROOM = {  # as whose a card is shown in private
    Role.ONCALL: Room.ONCALL,
    Role.ADMIN: Room.ONCALL,
    Role.LEADER: Room.LEADERS,
    Role.TEAM: Room.TEAM,
}


async def listing(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/suco: every open ticket the person may see."""
    async with reception.desk.look() as act:
        live = [each for each in await incidents.live(act.session) if sees(act, visitor, each)]
        views = [await incident_view(act, each) for each in live]
        return Answer(message=open_tickets(views, reception.voice, act.at))


async def show(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/xem SC-0001, or a tap in the list: the whole card."""
    async with reception.desk.look() as act:
        incident = await _meant(act, order)
        if incident is None or not (sees(act, visitor, incident) or _is_called(reception, visitor, incident)):
            return unknown(reception, order)
        view = await incident_view(act, incident)
        trusted = reads(reception, visitor, order, incident)
        return Answer(message=card.render(view, reception.voice, act.at, room_for(visitor), trusted=trusted))


async def why(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/visao, or «Vì sao?» on the card: which outcomes and rules led to it."""
    async with reception.desk.look() as act:
        incident = await _meant(act, order)
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
    """/dong, or «Đóng phiếu» on the card: refused until the probes have borne it out."""
    async with reception.desk.look() as act:
        incident = await _meant(act, order)
        if incident is None or not may_touch(act, visitor.person, incident.unit):
            return unknown(reception, order)
    assert visitor.person.id is not None
    done = await close_ticket(reception.desk, incident.id, visitor.person.id)
    async with reception.desk.look() as act:
        if isinstance(done.result, Refused) and done.result.refusal is Refusal.UNPROVEN:
            assert done.verdict is not None
            number = code(incident.id)
            return Answer(unproven(number, done.verdict, act.policies, reception.voice, act.at))
    return await _answered(reception, Close(visitor.person.id), done.result)


async def choose_team(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/giaoviec SC-0001 [đội], or «Giao đội» on the card: the teams, nearest first."""
    async with reception.desk.look() as act:
        incident = await _meant(act, order)
        if incident is None or not may_touch(act, visitor.person, incident.unit):
            return unknown(reception, order)
        view = await incident_view(act, incident)
    named = _team_named(view, ticket(order)[1] if not order.tap else "")
    if len(named) == 1:
        assert visitor.person.id is not None
        return await _do(reception, visitor, incident, Assign(visitor.person.id, named[0][0]))
    return Answer(message=_offer(reception, view, named or list(view.teams)))


async def assign(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """A tap on a team's name."""
    team = order.numbers[1]
    assert visitor.person.id is not None
    return await _act(reception, visitor, order, Assign(visitor.person.id, team), replace=True)


async def _act(
    reception: Reception, visitor: Visitor, order: Order, action: Action, *, replace: bool = False
) -> Answer:
    async with reception.desk.look() as act:
        incident = await _meant(act, order)
        if incident is None or not may_touch(act, visitor.person, incident.unit):
            return unknown(reception, order)
        if isinstance(action, Assign) and action.team not in act.directory.teams:
            return unknown(reception, order)
    return await _do(reception, visitor, incident, action, replace=replace)


async def _do(
    reception: Reception, visitor: Visitor, incident: Incident, action: Action, *, replace: bool = False
) -> Answer:
    return await _answered(
        reception, action, await respond(reception.desk, incident.id, action), replace=replace
    )


async def _answered(
    reception: Reception, action: Action, result: Step | Refused, *, replace: bool = False
) -> Answer:
    async with reception.desk.look() as act:
        stands = result.incident if isinstance(result, Refused) else result.after
        view = await incident_view(act, stands)
        said = _said(reception, view, action, act, result)
    return Answer(said, Message(said) if replace else None, replace=replace)


def _said(reception: Reception, view: IncidentView, action: Action, act: Act, result: object) -> Markup:
    voice, number = reception.voice, code(view.incident.id)
    if isinstance(result, Refused):
        return voice.say(
            words.REFUSAL[result.refusal],
            code=number,
            owner=view.owner or "",
            when=voice.when(view.incident.acknowledged or act.at, act.at),
            count=len(view.incident.silent),
        )
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


def _offer(reception: Reception, view: IncidentView, teams: list[tuple[int, str]]) -> Message:
    buttons = [Button(name, pack("give", view.incident.id, id_)) for id_, name in teams[:TEAMS_OFFERED]]
    text = reception.voice.say(
        "<b>{code} · {unit}</b>: which team gets it?", code=code(view.incident.id), unit=card.place(view)
    )
    return Message(text, in_rows(buttons, 2))


def _team_named(view: IncidentView, said: str) -> list[tuple[int, str]]:
    if not said.strip():
        return []
    wanted = fold(said)
    exact = [team for team in view.teams if fold(team[1]) == wanted]
    return exact or [team for team in view.teams if wanted in fold(team[1])]


async def _meant(act: Act, order: Order) -> Incident | None:
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
    """Return that the ticket meant is none of the visitor's, or that none was named."""
    voice = reception.voice
    if order.tap or ticket(order)[0] is not None:
        return Answer(voice.say("There is no such ticket among yours."))
    return Answer(
        voice.say(
            "Which ticket? Reply to its card, or write its number: /{command} SC-0001", command=order.verb
        )
    )
