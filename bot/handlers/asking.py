"""A question with buttons: the words that it is about are kept here, a button bears numbers only."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

from bot.answer import Answer
from bot.buttons import pack
from bot.cards.message import Button, Message, in_rows
from bot.gate import Visitor
from bot.orders import Author, Order
from bot.reception import Reception
from storage import questions
from storage.tables import Question


class Offer(NamedTuple):
    """What a tap chooses: an "intent", a "unit", "elsewhere", or the command of this name for this unit."""

    kind: str
    value: str | int = ""


async def ask(
    reception: Reception,
    visitor: Visitor,
    order: Order,
    text: Markup,
    labels: Mapping[Offer, str],
    **known: Any,
) -> Answer | None:
    """Keep *order*'s words and ask *text* with a button for each offer; None if it was asked before.

    *known* is what is told already: a Question's *guessed* or *intent*.
    """
    assert visitor.person.id is not None
    async with reception.desk.act() as act:
        question = Question(
            source=f"{order.source}?",  # one question may lead to the next
            person_id=visitor.person.id,
            said_at=order.at,
            message_id=order.message,
            about=order.about,
            forwarded=order.author is not Author.SENDER,
            words=order.words,
            offers=[list(offer) for offer in labels],
            expires=act.at + act.policies.question_lives,
            **known,
        )
        number = await questions.keep(act.session, question)
    if number is None:
        return None
    buttons = [Button(label, pack("mean", number, index)) for index, label in enumerate(labels.values())]
    return Answer(message=Message(text, in_rows(buttons, 1)))
