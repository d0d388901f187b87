"""What the desk's further acts say: at the desk, to a team, to who waits, and to the leaders."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.buttons import pack
from bot.cards import words
from bot.cards.incident import deadline, place, title
from bot.cards.message import Button, Message, Rows
from bot.cards.standing import who
from incidents.actions import Absorb, Grade, Note
from incidents.lifecycle import Step
from incidents.model import code
from intents.masking import mask_addresses
from locales.marker import N_
from locales.voice import Voice
from operations.look import IncidentView
from operations.part import Parted
from operations.refer import Referred
from storage.tables import Carrier

UNDONE = {
    "acknowledge": N_("{code}: no longer taken."),
    "assign": N_("{code}: the handing to a team is taken back."),
    "grade": N_("{code}: the severity is what it was."),
    "close": N_("{code} is open again."),
    "reopen": N_("{code} is closed again."),
    "note": N_("{code}: the note is taken back."),
    "refer": N_("{code}: the report is taken back, and the leaders are told."),
    "absorb": N_("{code}: the tickets are separate again."),
    "part": N_("{code}: the unit is a part of it again."),
}


def said(step: Step, voice: Voice) -> Markup:
    """Return what was done."""
    number = code(step.after.id)
    match step.action:
        case Note(words=noted):
            masked = mask_addresses(noted) != noted
            if masked:
                return voice.say("Noted on {code}. An address in it is not shown in chat.", code=number)
            return voice.say("Noted on {code}.", code=number)
        case Grade(severity=severity):
            level = voice.say(words.SEVERITY[severity])
            return voice.say("{code}: severity {severity}.", code=number, severity=level)
        case Absorb(parts=parts):
            names = ", ".join(map(code, parts))
            return voice.say("{parts} are part of {code} now.", parts=names, code=number)
    return voice.say("{code} is open again.", code=number)


def undone(kind: str, number: int, voice: Voice) -> Markup:
    """Return that an act of this *kind* was taken back."""
    return voice.say(UNDONE[kind], code=code(number))


def split(parted: Parted, voice: Voice) -> Markup:
    """Return that a unit has a ticket of its own."""
    return voice.say(
        "{code} is split off from {old}.", code=code(parted.own.id), old=code(parted.step.after.id)
    )


def reported_upward(done: Referred, carrier: Carrier | None, voice: Voice) -> Markup:
    """Return how many leaders were told, and whom to call above the carrier's team."""
    number = code(done.step.after.id)
    told = (
        voice.say("{code} is reported to the leaders ({count}).", code=number, count=done.told)
        if done.told
        else voice.say("{code}: recorded, but no leader is entered.", code=number)
    )
    if carrier is None or not carrier.hotline:
        return told
    above = voice.say(
        "The upper level of {carrier}: {hotline}.", carrier=carrier.name, hotline=carrier.hotline
    )
    return Markup("{}\n{}").format(told, above)


def ask_to_merge(views: Sequence[IncidentView], voice: Voice, now: datetime) -> Markup:
    """Return what would become of the tickets; the first takes in the others."""
    target, *parts = views
    into = code(target.incident.id)
    lines = [
        voice.say("Into <b>{code} · {unit}</b> these would be merged:", code=into, unit=place(target)),
        *(_part(each, voice, now) for each in parts),
        voice.say(
            "Their {count} silent channels, and what was reported of them, go to {code}; "
            "their teams and whoever waits are told.",
            count=sum(len(each.incident.silent) for each in parts),
            code=into,
        ),
    ]
    return Message.of(lines).text


def _part(view: IncidentView, voice: Voice, now: datetime) -> Markup:
    return voice.say("{code} · {unit}: {who}", code=_code(view), unit=place(view), who=who(view, voice, now))


def merged(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    """Return what a team, or who waits, hears of a ticket that became a part of another."""
    into = code(view.incident.parent or 0)
    return Message.of(
        [
            voice.say(
                "<b>{code} is part of {parent} now</b>: {unit}",
                code=_code(view),
                parent=into,
                unit=place(view),
            ),
            voice.say("It is dealt with there."),
        ]
    )


def parted(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    """Return what they hear when that is taken back."""
    return Message.of(
        [
            voice.say("<b>{code} stands by itself again</b>: {unit}", code=_code(view), unit=place(view)),
            deadline(view, voice, now),
        ],
        _open_card(view),
    )


def referred(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    """Return the desk's report to the leaders."""
    told = mask_addresses(content["words"])
    return Message.of(
        [
            voice.say(
                "To the leaders: {name} of the duty desk reports {code}.",
                name=content["by"],
                code=_code(view),
            ),
            voice.say("“{words}”", words=told) if told else None,
            title(view, voice),
            who(view, voice, now),
            deadline(view, voice, now),
        ],
        _open_card(view),
    )


def unreferred(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    """Return that the report of just before is taken back."""
    return Message(
        voice.say("To the leaders: the report on {code} of just before is taken back.", code=_code(view))
    )


def unclosed(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    """Return that a ticket was closed by mistake."""
    return Message(
        voice.say(
            "<b>{code} is not closed</b>: {unit}. That was a mistake.", code=_code(view), unit=place(view)
        ),
        _open_card(view),
    )


def reopened(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    """Return that the desk opened a closed ticket again."""
    return Message.of(
        [
            voice.say(
                "<b>{code} is open again</b>, by the duty desk: {unit}", code=_code(view), unit=place(view)
            ),
            deadline(view, voice, now),
        ],
        _open_card(view),
    )


def _open_card(view: IncidentView) -> Rows:
    return ((Button(_code(view), pack("show", view.incident.id)),),)


def _code(view: IncidentView) -> str:
    return code(view.incident.id)


NOTICES = {
    "merged": merged,
    "parted": parted,
    "referred": referred,
    "unreferred": unreferred,
    "unclosed": unclosed,
    "reopened_by_desk": reopened,
}
