"""The door: who one is to the bot, and what one may ask of it."""

from markupsafe import Markup

from bot.answer import Answer
from bot.cards import words
from bot.cards.message import Message
from bot.gate import Visitor
from bot.orders import Order
from bot.reception import Reception


async def start(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/start: who the bot takes one for, and the first thing to know."""
    async with reception.desk.look() as act:
        unit = act.directory.units.get(visitor.person.unit_id or 0)
        team = act.directory.teams.get(visitor.person.team_id or 0)
    voice = reception.voice
    place = unit.name if unit else team.name if team else voice.plain("the whole province")
    return Answer(
        message=Message.of(
            [
                voice.say(
                    "<b>Trực Mạng</b> knows you: {name}, {role}, {place}.",
                    name=visitor.person.name,
                    role=voice.say(words.ROLE[visitor.role]),
                    place=place,
                ),
                voice.say("Send /trogiup for what you can ask."),
            ]
        )
    )


async def guide(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/trogiup: the commands of one's role."""
    voice = reception.voice
    lines: list[Markup] = [voice.say("<b>What you can ask</b>")]
    lines += [
        Markup("/{} – {}").format(name, voice.say(description))
        for name, description in reception.menu(visitor.role)
    ]
    return Answer(message=Message.of(lines))


async def plain_words(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """Words that are no command."""
    return Answer(reception.voice.say("Send /baosuco to report an outage, or /trogiup for what you can ask."))
