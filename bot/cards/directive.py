"""Directives in chat: what the desk is told to do, what the leader is told of it, and the open ones."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.buttons import pack
from bot.cards.message import Button, Message, Rows, in_rows
from incidents.model import code
from locales.voice import Voice
from storage.tables import Directive

LISTED = 10
BRIEF = 120  # characters of the words in a list


def directed(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    """Return what the desk is told of a directive that has just come."""
    heading = voice.say(
        "<b>Directive {number}</b> of {person}", number=content["directive"], person=content["person"]
    )
    return _to_desk(heading, content, voice, now)


def waits(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    """Return what calls the desk for a directive on which nobody has reported yet."""
    number, person = content["directive"], content["person"]
    if datetime.fromisoformat(content["due"]) <= now:
        heading = voice.say(
            "<b>Directive {number} is overdue</b>: {person} waits for a report",
            number=number,
            person=person,
        )
    else:
        heading = voice.say(
            "<b>Nobody has received directive {number} yet</b>, of {person}", number=number, person=person
        )
    return _to_desk(heading, content, voice, now)


def received(row: Directive, person: str, by: str, voice: Voice, now: datetime) -> Message:
    """Return what takes the place of the message of which somebody has taken the directive in."""
    number = None if row.incident_id is None else code(row.incident_id)
    heading = voice.say("<b>Directive {number}</b> of {person}", number=row.id, person=person)
    lines = [
        heading,
        *_body(row.words, number, row.due, voice, now),
        voice.say("Received by {name} at {when}.", name=by, when=voice.when(row.received or now, now)),
        _how(row.id or 0, voice),
    ]
    return Message.of(lines, _buttons(row.id or 0, voice, received=True))


def given(row: Directive, voice: Voice, now: datetime) -> Markup:
    """Return what a leader hears at once."""
    return voice.say(
        "Your directive has been passed on to the duty desk. We shall report to you before {when}.",
        when=voice.when(row.due, now),
    )


def reported(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    """Return the desk's report to the leader."""
    return Message.of(
        [
            voice.say("<b>To {person}: report on the directive</b>", person=content["person"]),
            voice.say("Directive: “{words}”", words=content["words"]),
            voice.say("Ticket: {code}", code=content["code"]) if content["code"] else None,
            voice.say("Report: “{answer}”", answer=content["answer"]),
            voice.say("Reported by {name}, at {when}.", name=content["by"], when=voice.when(now, now)),
        ]
    )


def listing(rows: Sequence[tuple[Directive, str]], voice: Voice, now: datetime, *, desk: bool) -> Message:
    """Return the open directives with who gave each; *desk*: with the buttons of those who report."""
    if not rows:
        return Message(voice.say("No directive waits for a report."))
    lines = [voice.say("<b>Open directives: {count}</b>", count=len(rows))]
    lines += [_line(row, person, voice, now) for row, person in rows[:LISTED]]
    if len(rows) > LISTED:
        lines.append(voice.say("… and {count} more", count=len(rows) - LISTED))
    taken = [
        Button(voice.plain("Receive {number}", number=row.id), pack("heed", row.id or 0))
        for row, _ in rows[:LISTED]
        if row.received is None
    ]
    return Message.of(lines, in_rows(taken, 3) if desk else ())


def _line(row: Directive, person: str, voice: Voice, now: datetime) -> Markup:
    words = row.words if len(row.words) <= BRIEF else f"{row.words[:BRIEF]}…"
    due = voice.when(row.due, now)
    said = voice.say(
        "{number}. {person}: “{words}”, due {when}", number=row.id, person=person, words=words, when=due
    )
    if row.due <= now:
        return voice.say("🔴 {said} (overdue)", said=said)
    return said if row.received else voice.say("🟡 {said} (not received yet)", said=said)


def _to_desk(heading: Markup, content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    number, due = content["directive"], datetime.fromisoformat(content["due"])
    lines = [heading, *_body(content["words"], content["code"], due, voice, now), _how(number, voice)]
    return Message.of(lines, _buttons(number, voice, received=content["received"]))


def _body(words: str, number: str | None, due: datetime, voice: Voice, now: datetime) -> list[Markup]:
    lines = [voice.say("“{words}”", words=words)]
    if number is not None:
        lines.append(voice.say("Ticket: {code}", code=number))
    return [*lines, voice.say("Report before {when}", when=voice.when(due, now))]


def _how(number: int, voice: Voice) -> Markup:
    return voice.say("To report, reply to this message, or write /chidao {number} …", number=number)


def _buttons(number: int, voice: Voice, *, received: bool) -> Rows:
    done = Button(voice.plain("It is done"), pack("complied", number))
    if received:
        return ((done,),)
    return ((Button(voice.plain("Receive the directive"), pack("heed", number)), done),)


DIRECTIVES: dict[str, Callable[[dict[str, Any], Voice, datetime], Message]] = {
    "directive": directed,
    "directive_waits": waits,
    "directive_reported": reported,
}
