"""A registration as the desk sees it: who asks to be let in where, and two buttons."""

from datetime import datetime
from typing import Any

from bot.buttons import pack
from bot.cards.incident import with_area
from bot.cards.message import Button, Message
from locales.voice import Voice


def registration(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    """Return the question to the desk; *content* has a telephone number only where nobody else reads it."""
    number, phone = content["registration"], content.get("phone")
    buttons = (
        Button(voice.plain("Let in"), pack("letin", number)),
        Button(voice.plain("Refuse"), pack("refuse", number)),
    )
    return Message.of(
        [
            voice.say(
                "<b>{name}</b> asks to be let in as an officer of {unit}.",
                name=content["person"],
                unit=with_area(content["unit"], content["area"]),
            ),
            voice.say("Telephone: {phone}", phone=phone) if phone else None,
            voice.say("Let in only whom you know: the name is what the account calls itself."),
        ],
        (buttons,),
    )
