"""Roles: an administrator gives somebody a role and a place, by a command that is pressed a second time."""

import re
from collections.abc import Sequence

from markupsafe import Markup

from bot.answer import Answer
from bot.buttons import pack
from bot.cards import roles as card
from bot.cards.message import Message
from bot.gate import Visitor
from bot.handlers.lookup import offer
from bot.handlers.named import named
from bot.orders import Order
from bot.reception import Reception
from incidents.entrusting import Charge, Unfit
from incidents.roles import Role
from intents.names import Found, Several
from locales.folding import fold
from locales.marker import N_
from operations import entrust
from operations.desk import Act
from storage import people
from storage.tables import Person

MOST = 12  # buttons
ROLES = tuple(Role)  # in the order of the numbers that the buttons bear
WORDS = {
    "truc ban": Role.ONCALL,
    "can bo": Role.OFFICER,
    "dau moi": Role.OFFICER,
    "doi": Role.TEAM,
    "lanh dao": Role.LEADER,
    "quan tri": Role.ADMIN,
}
_ROLE = re.compile(rf"(?:^|\s)({'|'.join(WORDS)})(?=\s|$)")
WHY_NOT = {
    Unfit.NO_UNIT: N_("An officer speaks for a unit: which one? Write for example: {example}"),
    Unfit.NO_TEAM: N_("A member of a field team has a team: which one? Write for example: {example}"),
    Unfit.ONESELF: N_("Nobody changes their own role."),
    Unfit.LOCKED: N_("That account is locked: let it in first with /mokhoa."),
    Unfit.SAME: N_("That is so already: nothing changes."),
}
EXAMPLES = {
    Unfit.NO_UNIT: "/phanquyen 1401 cán bộ Thần Xa",
    Unfit.NO_TEAM: "/phanquyen 1301 đội VNPT Võ Nhai",
}


async def command(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/phanquyen người [vai trò [nơi]]: who somebody is; with a role, what would change."""
    voice = reception.voice
    who, role, where = _parts(order.words)
    if not who:
        return Answer(
            voice.say(
                "Whose role? Write for example: {example}",
                example="/phanquyen Triệu Văn Nam trực ban Võ Nhai",
            )
        )
    async with reception.desk.look() as act:
        person = _person(reception, await people.all_(act.session), who)
        if isinstance(person, Answer):
            return person
        if role is None:
            return Answer(message=card.roles(person.id or 0, _line(act, person), reception.voice))
        place = _place(reception, act, person, role, where)
        if isinstance(place, Answer):
            return place
        return await _shown(reception, act, visitor, person, place)


async def choose(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """A tap on a role: for staff the whole province is proposed, others need a place."""
    number, index = order.numbers
    async with reception.desk.look() as act:
        person = await act.session.get(Person, number)
        if person is None or index >= len(ROLES):
            return Answer(reception.voice.say("That button is no longer in use."))
        role = ROLES[index]
        if role is Role.TEAM:
            return Answer(message=card.teams(number, sorted(_teams(act)), reception.voice))
        place = _place(reception, act, person, role, "")
        if isinstance(place, Answer):
            return place
        return await _shown(reception, act, visitor, person, place)


async def choose_team(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """A tap on a team."""
    number, team = order.numbers
    async with reception.desk.look() as act:
        person = await act.session.get(Person, number)
        if person is None or team not in act.directory.teams:
            return Answer(reception.voice.say("That button is no longer in use."))
        return await _shown(reception, act, visitor, person, Charge(Role.TEAM, team=team))


async def choose_unit(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """A tap on one of several units that the name may mean."""
    unit, number, index = order.numbers
    async with reception.desk.look() as act:
        person = await act.session.get(Person, number)
        if person is None or unit not in act.directory.units or index >= len(ROLES):
            return Answer(reception.voice.say("That button is no longer in use."))
        return await _shown(reception, act, visitor, person, _charge(ROLES[index], unit))


async def confirm(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """The second press."""
    number, index, place, stamp = order.numbers
    if index >= len(ROLES):
        return Answer(reception.voice.say("That button is no longer in use."))
    charge = _charge(ROLES[index], place)
    assert visitor.person.id is not None
    done = await entrust.entrust(reception.desk, number, charge, stamp, visitor.person.id)
    if done is None:
        return Answer(reception.voice.say("It is no longer as it was shown: please ask again."))
    if isinstance(done, Unfit):
        return _refused(reception, done)
    async with reception.desk.look() as act:
        said = card.entrusted(
            {"person": done.person.name, **entrust.told(act, done), "by": visitor.person.name},
            reception.voice,
            act.at,
        )
    return Answer(said.text, said, replace=True, menu_of=done.person.telegram_id)


async def _shown(reception: Reception, act: Act, visitor: Visitor, person: Person, charge: Charge) -> Answer:
    proposal = await entrust.propose(act, person, charge, visitor.person.id or 0)
    if isinstance(proposal, Unfit):
        return _refused(reception, proposal)
    place = charge.team or next(iter(charge.units))
    press = pack("entrust", person.id or 0, ROLES.index(charge.role), place, proposal.stamp)
    return Answer(message=card.proposed(person.name, entrust.told(act, proposal), press, reception.voice))


def _charge(role: Role, place: int) -> Charge:
    return Charge(role, team=place) if role is Role.TEAM else Charge(role, frozenset({place}))


def _refused(reception: Reception, why: Unfit) -> Answer:
    return Answer(reception.voice.say(WHY_NOT[why], example=EXAMPLES.get(why, "")))


def _parts(words: str) -> tuple[str, Role | None, str]:
    """Return who is meant, the role and the place, as they were typed in this order."""
    plain = fold(words.replace(":", " "))
    found = _ROLE.search(plain)
    if found is None:
        return plain, None, ""
    return plain[: found.start()].strip(), WORDS[found[1]], plain[found.end() :].strip()


def _person(reception: Reception, known: Sequence[Person], said: str) -> Person | Answer:
    numbered = [each for each in known if str(each.telegram_id) == said]
    certain, found = (True, numbered) if numbered else named(said, [(each.name, each) for each in known])
    if certain:
        return found[0]
    if not found:
        return Answer(reception.voice.say("Nobody is called “{name}” here.", name=said))
    lines: list[Markup | str] = [reception.voice.say("Who is meant? Write the number:")]
    lines += [f"{each.telegram_id} · {each.name}" for each in found[:MOST]]
    return Answer(message=Message.of(lines))


def _place(reception: Reception, act: Act, person: Person, role: Role, said: str) -> Charge | Answer:
    """Return the charge that is meant; staff without a place have the whole province."""
    if role is Role.TEAM:
        return _team(reception, act, said)
    if not said:
        if role is Role.OFFICER:
            return _refused(reception, Unfit.NO_UNIT)
        return Charge(role, frozenset({act.directory.top}))
    match act.directory.gazetteer.find(said, None):
        case Found(place):
            return Charge(role, frozenset({place.id}))
        case Several(places):
            units = [place.id for place in places]
            return offer(reception, act, units, "charge", (person.id or 0, ROLES.index(role)))
    return Answer(reception.voice.say("No unit has a name like “{name}”.", name=said))


def _team(reception: Reception, act: Act, said: str) -> Charge | Answer:
    certain, found = named(said, [(name, id_) for name, id_ in _teams(act)])
    if not found:
        return _refused(reception, Unfit.NO_TEAM)
    if certain or len(found) == 1:
        return Charge(Role.TEAM, team=found[0])
    names = ", ".join(act.directory.teams[each].name for each in found)
    return Answer(reception.voice.say("Which one is meant: {names}?", names=names))


def _teams(act: Act) -> list[tuple[str, int]]:
    return [(team.name, id_) for id_, team in act.directory.teams.items()]


def _line(act: Act, person: Person) -> dict[str, str]:
    charge = entrust.charge_of(act, person)
    return {"person": person.name, "role": charge.role, "place": entrust.place_of(act, charge)}
