"""The door: who one is to the bot, what one may ask of it, and how one comes in by a link."""

from dataclasses import replace

from markupsafe import Markup

from bot.answer import Answer
from bot.cards import words
from bot.cards.message import Message
from bot.gate import Visitor
from bot.orders import Order
from bot.reception import Reception
from incidents.roles import Role
from locales.marker import N_
from operations.desk import Act
from operations.enrol import Enrolled, NotEnrolled, enrol
from operations.hearing import units_of
from storage.tables import Person

WHY_NOT = {
    NotEnrolled.UNKNOWN: N_("That link is not right: please ask the duty desk for a new one."),
    NotEnrolled.EXPIRED: N_("That link has expired: please ask the duty desk for a new one."),
    NotEnrolled.USED: N_("That link was used already: each lets one person in. Please ask for a new one."),
    NotEnrolled.WITHDRAWN: N_("That link holds no longer: please ask the duty desk for a new one."),
    NotEnrolled.LOCKED: N_("Your account is locked: please speak to the administrator."),
    NotEnrolled.ELSEWHERE: N_("You are enrolled already. Only an administrator's link changes your role."),
    NotEnrolled.ADMINISTRATOR: N_("You are an administrator: no link changes that."),
}


async def start(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/start: who the bot takes one for, and the first thing to know; by a link, perhaps a new place."""
    answer = await by_invitation(reception, order) if order.private else None
    return answer or await greet(reception, visitor.person)


async def by_invitation(reception: Reception, order: Order) -> Answer | None:
    """/start with what a link carries: let the account in, or say why not; None without a link."""
    if not order.words:
        return None
    done = await enrol(reception.desk, order.words, order.sender, order.name)
    if isinstance(done, Enrolled):
        greeting = await greet(reception, done.person)
        return replace(greeting, menu_of=order.sender) if done.news else greeting
    return Answer(reception.voice.say(WHY_NOT[done]))


async def guide(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/trogiup: the commands of one's role."""
    voice = reception.voice
    lines: list[Markup] = [voice.say("<b>What you can ask</b>")]
    lines += [
        Markup("/{} – {}").format(name, voice.say(description))
        for name, description in reception.menu(visitor.role)
    ]
    return Answer(message=Message.of(lines))


async def greet(reception: Reception, person: Person) -> Answer:
    """Say who the bot takes *person* for."""
    async with reception.desk.look() as act:
        place = place_of(reception, act, person)
    voice = reception.voice
    return Answer(
        message=Message.of(
            [
                voice.say(
                    "<b>Trực Mạng</b> knows you: {name}, {role}, {place}.",
                    name=person.name,
                    role=voice.say(words.ROLE[Role(person.role)]),
                    place=place,
                ),
                voice.say("Send /trogiup for what you can ask."),
            ]
        )
    )


def place_of(reception: Reception, act: Act, person: Person) -> str:
    """Return what a person deals with: an officer's units, a team, or a part of the province."""
    if units := units_of(act, person):
        return ", ".join(unit.name for unit in units)
    unit, team = act.directory.units.get(person.unit_id or 0), act.directory.teams.get(person.team_id or 0)
    return unit.name if unit else team.name if team else reception.voice.plain("the whole province")
