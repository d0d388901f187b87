"""The answers to what a unit's people write: what is seen, who has it and by when, and one question."""

from datetime import datetime, timedelta
from typing import Any

from markupsafe import Markup

from bot.buttons import pack
from bot.cards import service, words
from bot.cards.message import Button, Message, Rows
from bot.cards.standing import promise, who
from incidents.finding import WELL, Finding
from incidents.model import code
from incidents.proof import Proof
from incidents.said import Power
from intents.masking import mask_addresses
from locales.voice import Voice
from operations.look import IncidentView
from operations.service_view import ServiceView

CHOICES = tuple(Power)  # the answers to the question, as a button numbers them


def reported(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    """Return the one answer to a report; the question beneath it blocks nothing."""
    if content.get("repeat"):
        return Message(voice.say("Recorded, ticket <b>{code}</b>.", code=_code(view)))
    if "back" in content:
        return _of_the_past(content, view, voice, now)
    if view.service is not None and "proof" in content:
        return _of_service(content, view, view.service, voice, now)
    lines = [_kept(content, view, voice), _written(content, voice, now), *_seen(content, voice)]
    lines += [_works(content, voice, now) or who(view, voice, now), promise(view, voice, now)]
    return Message.of([*lines, *_questions(content, view, voice)], _buttons(content, view, voice))


def flood(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    """Return what is said once to somebody who writes too much."""
    span = voice.duration(timedelta(seconds=content["within"]))
    return Message(
        voice.say(
            "That is more than can be taken in at once. What you wrote before is kept with <b>{code}</b>; "
            "please write again in {span}.",
            code=_code(view),
            span=span,
        )
    )


def denied(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    """Return the answer to somebody who says that the line is well."""
    finding = Finding(content["finding"])
    seen = (
        voice.say("The probes find the line to {unit} good as well just now.", unit=content["unit"])
        if finding in WELL
        else voice.say("The probes still say otherwise: the duty desk is asked to check the measurement.")
    )
    return Message.of([voice.say("<b>{code}</b>: your word is recorded.", code=_code(view)), seen])


def doubted(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    """Return what rings at the desk: the probes say one thing, the people there another."""
    brief = voice.say(words.FINDING_BRIEF[Finding(content["finding"])])
    said = mask_addresses(content["words"])
    return Message.of(
        [
            voice.say("<b>Measurement in doubt</b>: {unit} ({code})", unit=content["unit"], code=_code(view)),
            voice.say("The unit says that its line is well; just now: {finding}.", finding=brief),
            voice.say("“{words}”", words=said) if said else None,
        ],
        ((Button(_code(view), pack("show", view.incident.id)),),),
    )


def _of_the_past(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    return Message.of(
        [
            _kept(content, view, voice),
            voice.say(
                "The outage of {began} was over at {back}; the line to {unit} answers now.",
                began=voice.when(datetime.fromisoformat(content["began"]), now),
                back=voice.when(datetime.fromisoformat(content["back"]), now),
                unit=content["unit"],
            ),
            voice.say("If it still does not work, send /baosuco."),
        ]
    )


def _of_service(
    content: dict[str, Any], view: IncidentView, ill: ServiceView, voice: Voice, now: datetime
) -> Message:
    """Return the answer to who complains of a service over a good line: there is nothing to check there."""
    others = content["others"]
    return Message.of(
        [
            _kept(content, view, voice),
            _written(content, voice, now),
            voice.say(
                "The line to {unit} answers well: the fault is taken to be that of the service {name}.",
                unit=content["unit"],
                name=ill.name,
            ),
            voice.say(words.PROOF[Proof(content["proof"])]),
            voice.say("{count} other units report it too.", count=voice.number(others)) if others else None,
            service.owner(ill, voice),
            who(view, voice, now),
            promise(view, voice, now),
        ]
    )


def _kept(content: dict[str, Any], view: IncidentView, voice: Voice) -> Markup:
    if content["on_behalf"]:
        return voice.say(
            "<b>{code}</b>: the report of {unit} is recorded.", code=_code(view), unit=content["unit"]
        )
    return voice.say("<b>{code}</b>: your report is recorded.", code=_code(view))


def _written(content: dict[str, Any], voice: Voice, now: datetime) -> Markup | None:
    if content["said_at"] is None:
        return None
    when = voice.when(datetime.fromisoformat(content["said_at"]), now)
    return voice.say("It was written at {when} and came only now; this is how it stands now.", when=when)


def _seen(content: dict[str, Any], voice: Voice) -> list[Markup]:
    finding = Finding(content["finding"])
    seen = voice.say(words.FINDING[finding], unit=content["unit"])
    checks = words.CHECKS if finding is Finding.LINE_GOOD else ()
    return [seen, *(voice.say(check) for check in checks)]


def _works(content: dict[str, Any], voice: Voice, now: datetime) -> Markup | None:
    works = content.get("works")
    if works is None:
        return None
    until = voice.when(datetime.fromisoformat(works["until"]), now)
    return voice.say(
        "🔧 Planned work until {when}: {reason}", when=until, reason=mask_addresses(works["reason"])
    )


def _questions(content: dict[str, Any], view: IncidentView, voice: Voice) -> list[Markup]:
    asked = [voice.say("Is there power at the office now?")] if view.incident.live else []
    if content["channels"]:
        asked.append(voice.say("The unit has several lines: which one do you mean?"))
    return asked


def _buttons(content: dict[str, Any], view: IncidentView, voice: Voice) -> Rows:
    if not view.incident.live:
        return ()
    unit, said = content["unit_id"], dict(view.incident.power)
    power = tuple(
        Button(
            ("✓ " if said.get(unit) is choice else "") + voice.plain(words.POWER_BUTTON[choice]),
            pack("power", view.incident.id, unit, number),
        )
        for number, choice in enumerate(CHOICES)
    )
    lines = tuple(
        (Button(voice.plain("Channel {channel}", channel=channel), pack("line", id_)),)
        for id_, channel, _ in content["channels"]
    )
    return (power, *lines)


def _code(view: IncidentView) -> str:
    return code(view.incident.id)
