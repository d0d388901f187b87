"""Notices of who comes in, leaves, is locked or is refused."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.buttons import pack
from bot.cards import words
from bot.cards.message import Button, Message, in_rows
from incidents.roles import Role
from locales.marker import N_
from locales.voice import Voice

CAME = {
    "new": N_("<b>{name}</b> has come in: {role}, {place}."),
    "approved": N_("<b>{name}</b> has come in: {role}, {place}."),
    "added": N_("<b>{name}</b>, {role}, has {place} too, now."),
    "moved": N_("<b>{name}</b> has another place now: {role}, {place}."),
}
MOST = 8  # buttons


def enrolled(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    """Return who came in; for the desk with a button for each officer that may be replaced by it."""
    said = voice.say(
        CAME[content["how"]],
        name=content["person"],
        role=voice.say(words.ROLE[Role(content["role"])]),
        place=content["place"] or voice.plain("the whole province"),
    )
    others = [
        Button(voice.plain("In place of {name}", name=name), pack("relieve", posting))
        for posting, name in content.get("others", ())[:MOST]
    ]
    replaced = content.get("replaced")
    lines = [
        said,
        voice.say("In place of {name}.", name=replaced) if replaced else None,
        _by(content, voice),
        voice.say("If that is not right, please tell the administrator at once."),
    ]
    return Message.of(lines, in_rows(others, 1))


def _by(content: dict[str, Any], voice: Voice) -> str:
    if content["how"] == "approved":
        return voice.say("Let in by {name}.", name=content["by"])
    if content["by"]:
        return voice.say("Invited by {name}.", name=content["by"])
    return voice.say("Invited by the administrator of the system.")


def _relieved(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    return Message.of(
        [
            voice.say("You are no longer an officer of {unit}.", unit=content["unit"]),
            voice.say("Thank you for your work. If that is not right, please ask the duty desk."),
        ]
    )


def _approved(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    return Message.of(
        [
            voice.say("You have been let in as an officer of {unit}.", unit=content["unit"]),
            voice.say("Send /baosuco to report an outage, or /trogiup for what you can ask."),
        ]
    )


def _refused(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    return Message.of(
        [
            voice.say("The duty desk has not let you in as an officer of {unit}.", unit=content["unit"]),
            voice.say("If that is not right, please ask the duty desk for a link."),
        ]
    )


def _locked(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    return Message.of(
        [voice.say("The account of <b>{name}</b> ({role}) is locked, by {by}.", **_who(content, voice))]
    )


def _unlocked(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    return Message.of(
        [voice.say("The account of <b>{name}</b> ({role}) is let in again, by {by}.", **_who(content, voice))]
    )


def _who(content: dict[str, Any], voice: Voice) -> dict[str, str]:
    return {
        "name": content["person"],
        "role": voice.say(words.ROLE[Role(content["role"])]),
        "by": content["by"],
    }


COMINGS: dict[str, Callable[[dict[str, Any], Voice, datetime], Message]] = {
    "relieved": _relieved,
    "approved": _approved,
    "refused": _refused,
    "locked": _locked,
    "unlocked": _unlocked,
}
