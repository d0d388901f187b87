"""What somebody wants of a window, read from their words: what it covers, when, and why."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from bot.answer import Answer
from bot.cards.window_words import REFUSED
from bot.gate import Visitor
from bot.handlers.asking import Offer, ask
from bot.handlers.lookup import WHICH, may_see, unit_label
from bot.orders import Order
from bot.period import typed
from bot.reception import Reception
from incidents.amendment import Refusal
from incidents.maintenance import Rule, Scope
from incidents.roles import Role
from intents.names import Found, Several
from locales.folding import fold
from operations.desk import Act
from operations.hearing import home_of
from operations.scope import channels_in
from storage import incidents

EVERYTHING = frozenset({"tat ca", "toan tinh", "all"})
LONGEST_REASON = 300  # characters


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be covered, when (None: no end was given), and why ("" where nothing was said)."""

    scope: Scope
    rule: Rule | None
    reason: str


@dataclass(frozen=True, slots=True)
class _Units:
    """Which of several units is meant, to be asked."""

    ids: tuple[int, ...]


async def read(reception: Reception, visitor: Visitor, order: Order) -> Wish | Answer | None:
    """Return what *order* wants; where it is not clear what is covered, the question or the reason.

    Without a name it is what the ticket replied to is of. None: that was asked before.
    """
    async with reception.desk.look() as act:
        found = typed(order.words, act.at, reception.voice.zone)
        scope = await _scope(reception, act, visitor, order, found.names)
        if isinstance(scope, _Units):
            labels = {Offer(order.verb, unit): unit_label(act, unit) for unit in scope.ids}
    if isinstance(scope, Markup):
        return Answer(scope)
    if isinstance(scope, _Units):
        return await ask(reception, visitor, order, reception.voice.say(WHICH), labels)
    return Wish(scope, found.rule, found.reason[:LONGEST_REASON])


async def _scope(
    reception: Reception, act: Act, visitor: Visitor, order: Order, names: tuple[str, ...]
) -> Scope | Markup | _Units:
    """Return what is covered, or why that cannot be told."""
    found = _of_names(reception, act, visitor, order, names) if names else await _of_ticket(act, order)
    if found is None:
        return reception.voice.say(REFUSED[Refusal.NO_SCOPE])
    if not isinstance(found, Scope):
        return found
    if not _may(act, visitor, found):
        return reception.voice.say(REFUSED[Refusal.NOT_YOURS])
    return _own(act, visitor, found)


def _of_names(
    reception: Reception, act: Act, visitor: Visitor, order: Order, names: tuple[str, ...]
) -> Scope | Markup | _Units:
    if order.numbers and len(names) == 1:  # it was asked which of several is meant
        return Scope(units=frozenset({order.numbers[0]}))
    scope = Scope()
    for name in names:
        one = _named(reception, act, visitor, name)
        if isinstance(one, _Units) and len(names) > 1:
            labels = ", ".join(unit_label(act, each) for each in one.ids)
            return reception.voice.say("“{name}” may mean {units}: write which.", name=name, units=labels)
        if not isinstance(one, Scope):
            return one
        scope = Scope(scope.channels | one.channels, scope.units | one.units)
    return scope


async def _of_ticket(act: Act, order: Order) -> Scope | None:
    incident = None if order.about is None else await incidents.find(act.session, order.about)
    if incident is None:
        return None
    return Scope(channels=frozenset(incident.silent or act.directory.channels_of(incident.unit)))


def _named(reception: Reception, act: Act, visitor: Visitor, name: str) -> Scope | Markup | _Units:
    """Return what one name means: all there is, a channel by its code, or a unit."""
    if fold(name) in EVERYTHING:
        return Scope(units=frozenset({visitor.person.unit_id or act.directory.top}))
    for id_, channel in act.directory.live_channels.items():
        if channel.code.casefold() == fold(name).removeprefix("kenh "):
            return Scope(channels=frozenset({id_}))
    match act.directory.gazetteer.find(name, home_of(act, visitor.person)):
        case Found(place):
            return Scope(units=frozenset({place.id}))
        case Several(places):
            seen = tuple(place.id for place in places if may_see(act, visitor, place.id))
            return _Units(seen) if seen else reception.voice.say(REFUSED[Refusal.NOT_YOURS])
    return reception.voice.say("No unit has a name like “{name}”.", name=name)


def _may(act: Act, visitor: Visitor, scope: Scope) -> bool:
    units = scope.units | {act.directory.channels[each].unit_id for each in scope.channels}
    return all(unit in act.directory.units and may_see(act, visitor, unit) for unit in units)


def _own(act: Act, visitor: Visitor, scope: Scope) -> Scope:
    """Return what of the scope a team works on: its own carrier's lines."""
    team = act.directory.teams.get(visitor.person.team_id or 0) if visitor.role is Role.TEAM else None
    if team is None:
        return scope
    lines = channels_in(act, scope)
    own = frozenset(each for each in lines if act.directory.channels[each].carrier_id == team.carrier_id)
    return scope if own == lines else replace(scope, channels=own, units=frozenset())
