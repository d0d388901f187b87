"""Oneself: who one is to the desk, and what one deals with."""

from bot.answer import Answer
from bot.cards import words
from bot.cards.message import Message
from bot.gate import Visitor
from bot.handlers.enrol import place_of
from bot.orders import Order
from bot.reception import Reception


async def show(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/thongtin: the name, the role and the place; the number only in private."""
    voice, person = reception.voice, visitor.person
    async with reception.desk.look() as act:
        place = place_of(reception, act, person)
    return Answer(
        message=Message.of(
            [
                voice.say("<b>{name}</b>", name=person.name),
                voice.say("Role: {role}", role=voice.say(words.ROLE[visitor.role])),
                voice.say("Deals with: {place}", place=place),
                voice.say("Telephone: {phone}", phone=person.phone)
                if order.private and person.phone
                else None,
                voice.say("Account: {id}", id=person.telegram_id) if order.private else None,
            ]
        )
    )
