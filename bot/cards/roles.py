"""A person's role in chat: what it is, what it would become, and that it has."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.buttons import pack
from bot.cards import words
from bot.cards.message import Button, Message, in_rows
from incidents.roles import Role
from locales.voice import Voice

TEAMS_SHOWN = 24


def roles(person: int, shown: dict[str, str], voice: Voice) -> Message:
    """Return who somebody is, with a button for each role."""
    lines = [
        voice.say(
            "<b>{name}</b>: {role}, {place}",
            name=shown["person"],
            role=_role(shown["role"], voice),
            place=shown["place"],
        ),
        voice.say("Which role from now on? Nothing changes before you confirm."),
    ]
    buttons = [
        Button(voice.plain(words.ROLE[role]), pack("role", person, index)) for index, role in enumerate(Role)
    ]
    return Message.of(lines, in_rows(buttons, 2))


def teams(person: int, known: Iterable[tuple[str, int]], voice: Voice) -> Message:
    """Return the teams, of which somebody is to be of one."""
    buttons = [Button(name, pack("ofteam", person, team)) for name, team in known][:TEAMS_SHOWN]
    return Message(voice.say("Which team?"), in_rows(buttons, 2))


def proposed(name: str, told: dict[str, str], press: str, voice: Voice) -> Message:
    """Return before and after, with the button that makes it so."""
    return Message.of(
        [
            voice.say("<b>{name}</b>", name=name),
            voice.say(
                "Now: {role}, {place}", role=_role(told["role_before"], voice), place=told["place_before"]
            ),
            voice.say(
                "From now on: <b>{role}, {place}</b>", role=_role(told["role"], voice), place=told["place"]
            ),
        ],
        ((Button(voice.plain("Confirm"), press),),),
    )


def entrusted(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    """Return that somebody has another charge now."""
    return Message.of(
        [
            voice.say(
                "<b>{name}</b> is {role}, {place}, from now on (by {by}).",
                name=content["person"],
                role=_role(content["role"], voice),
                place=content["place"],
                by=content["by"],
            ),
            voice.say(
                "Until now: {role}, {place}.",
                role=_role(content["role_before"], voice),
                place=content["place_before"] or voice.plain("no unit"),
            ),
        ]
    )


def _role(role: str, voice: Voice) -> str:
    return voice.plain(words.ROLE[Role(role)])
