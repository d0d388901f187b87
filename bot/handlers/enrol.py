"""The door: who one is to the bot, what one may ask of it, and how another is let in."""

from markupsafe import Markup

from bot.answer import Answer
from bot.cards import words
from bot.cards.message import Message
from bot.gate import Visitor, may_touch
from bot.handlers.lookup import meant
from bot.orders import Order
from bot.reception import Reception
from incidents.roles import Role
from locales.marker import N_
from operations.enrol import Enrolled, NotEnrolled, enrol
from operations.invite import Place, invite, link
from storage.tables import Person

WHY_NOT = {
    NotEnrolled.UNKNOWN: N_("That link is not right: please ask the duty desk for a new one."),
    NotEnrolled.EXPIRED: N_("That link has expired: please ask the duty desk for a new one."),
    NotEnrolled.USED: N_("That link was used already: each lets one person in. Please ask for a new one."),
    NotEnrolled.WITHDRAWN: N_("That link holds no longer: please ask the duty desk for a new one."),
    NotEnrolled.LOCKED: N_("Your account is locked: please speak to the administrator."),
    NotEnrolled.ELSEWHERE: N_(
        "You are enrolled already. Only an administrator's link changes your unit or your role."
    ),
    NotEnrolled.ADMINISTRATOR: N_("You are an administrator: no link changes that."),
}


async def start(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/start: who the bot takes one for, and the first thing to know; by a link, perhaps a new place."""
    answer = await by_invitation(reception, order) if order.private else None
    return answer or await _greeting(reception, visitor.person)


async def by_invitation(reception: Reception, order: Order) -> Answer | None:
    """/start with what a link carries: let the account in, or say why not; None without a link."""
    if not order.words:
        return None
    done = await enrol(reception.desk, order.words, order.sender, order.name)
    if isinstance(done, Enrolled):
        return await _greeting(reception, done.person)
    return Answer(reception.voice.say(WHY_NOT[done]))


async def invite_officer(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/moi đơn vị: a link that lets one officer of the unit in; never said in a group."""
    voice = reception.voice
    if not order.private:
        return Answer(voice.say("A link that lets somebody in is not shown in a group: please write to me."))
    if not order.words and not order.numbers:
        return Answer(voice.say("Which unit is the officer of? Write /moi and its name."))
    async with reception.desk.act() as act:
        unit = meant(reception, act, visitor, order, "moi")
        if isinstance(unit, Answer):
            return unit
        assert unit is not None
        assert unit.id is not None
        if not may_touch(act, visitor.person, unit.id):
            return Answer(voice.say("{unit} is not yours to look at.", unit=unit.name))
        made = await invite(act, Place(Role.OFFICER, unit=unit.id), visitor.person.id)
    lines = [
        voice.say("<b>A link for one officer of {unit}</b>", unit=unit.name),
        Markup.escape(link(order.bot, made.payload)),
        voice.say(
            "It lets one person in, once, before {when}. Send it to that person only.",
            when=voice.time(made.expires),
        ),
    ]
    return Answer(message=Message.of(lines), once=True)


async def guide(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/trogiup: the commands of one's role."""
    voice = reception.voice
    lines: list[Markup] = [voice.say("<b>What you can ask</b>")]
    lines += [
        Markup("/{} – {}").format(name, voice.say(description))
        for name, description in reception.menu(visitor.role)
    ]
    return Answer(message=Message.of(lines))


async def _greeting(reception: Reception, person: Person) -> Answer:
    async with reception.desk.look() as act:
        unit = act.directory.units.get(person.unit_id or 0)
        team = act.directory.teams.get(person.team_id or 0)
    voice = reception.voice
    place = unit.name if unit else team.name if team else voice.plain("the whole province")
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
