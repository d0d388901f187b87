"""A tap on an answer to a question of ours: as if it had been said with the words that were asked about."""

from dataclasses import replace

from bot.answer import Answer
from bot.cards.message import Message
from bot.gate import Visitor
from bot.handlers import sayings, words
from bot.handlers.asking import Offer
from bot.orders import Author, Order
from bot.reception import Reception
from bot.said import Command, Said, read
from intents.masking import mask_addresses
from intents.understanding import as_example
from operations.desk import Act
from storage import questions
from storage.tables import Correction, Question


async def choose(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """Act on the words that were asked about; a second tap, or a late one, is told so."""
    number, index = order.numbers
    voice = reception.voice
    async with reception.desk.act() as act:
        question = await act.session.get(Question, number)
        if question is None or question.person_id != visitor.person.id or index >= len(question.offers):
            return Answer(voice.say("That button is no longer in use."))
        if question.answered is not None:
            return Answer(voice.say("That was answered already."))
        if not await questions.claim(act.session, number, act.at):
            return Answer(voice.say("That question is too old: please write again."))
        offer = Offer(*question.offers[index])
        said = read(reception, act, visitor, _again(order, question))
        if offer.kind == "intent" and question.guessed is not None:
            act.session.add(_correction(act, question.words, question.guessed, str(offer.value)))
    try:
        return _in_place(reception, await _follow(reception, visitor, said, question.intent, offer))
    except Exception:
        async with reception.desk.act() as act:
            await questions.release(act.session, number)
        raise


async def _follow(
    reception: Reception, visitor: Visitor, said: Said, intent: str | None, offer: Offer
) -> Answer | None:
    match offer:
        case Offer("intent", str(chosen)):
            return await words.carry_out(reception, visitor, said, chosen)
        case Offer("unit", int(unit)):
            return await words.of_unit(reception, visitor, replace(said, unit=unit), intent)
        case Offer("elsewhere"):
            return await sayings.not_here(reception, visitor, said)
        case Offer("ghiho", int(unit)):
            return await Command("ghiho")(reception, visitor, await _named_first(reception, said, unit))
        case Offer(command, unit):
            numbers = (unit,) if isinstance(unit, int) else ()
            order = replace(said.order, numbers=numbers)
            return await Command(command)(reception, visitor, replace(said, order=order))


async def _named_first(reception: Reception, said: Said, unit: int) -> Said:
    """Return the words with the unit's code before them, which names it for certain."""
    async with reception.desk.look() as act:
        code = act.directory.units[unit].code
    return replace(said, order=replace(said.order, words=f"{code} {said.order.words}"))


def _again(order: Order, question: Question) -> Order:
    """Return the words' own order: who taps says them now, at the time when they were written."""
    return replace(
        order,
        source=question.source,
        at=question.said_at,
        verb="",
        words=question.words,
        numbers=(),
        message=question.message_id,
        about=question.about,
        author=Author.ANOTHER if question.forwarded else Author.SENDER,
        tap=False,
    )


def _correction(act: Act, said: str, guessed: str, chosen: str) -> Correction:
    example = as_example(mask_addresses(said), act.directory.gazetteer)
    return Correction(at=act.at, words=example, guessed=guessed, chosen=chosen)


def _in_place(reception: Reception, answer: Answer | None) -> Answer:
    """Return the answer as what takes the question's place, so that its buttons go."""
    said = answer.said if answer and answer.said else reception.voice.say("It is noted.")
    message = answer.message if answer and answer.message else Message(said)
    return Answer(message=message, replace=True)
