"""Notices: the messages that ring, each rendered when it leaves."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.buttons import pack
from bot.cards import beside, words
from bot.cards.aftermath import ask
from bot.cards.comings import COMINGS, enrolled
from bot.cards.condition import reasons
from bot.cards.digest import digest
from bot.cards.field_notices import FIELD
from bot.cards.incident import deadline, place, title, with_area
from bot.cards.message import Button, Message, Rows
from bot.cards.objections import OBJECTIONS
from bot.cards.pauses import PAUSES
from bot.cards.registration import registration
from bot.cards.reply import denied, doubted, flood, reported
from bot.cards.standing import promise, who
from bot.cards.summary import summary
from incidents.model import LineState, code
from locales.voice import Voice
from operations.assess import reasons_of
from operations.look import IncidentView

Render = Callable[[dict[str, Any], IncidentView, Voice, datetime], Message]


def render(
    content: dict[str, Any],
    view: IncidentView | None,
    views: Sequence[IncidentView],
    voice: Voice,
    now: datetime,
) -> Message:
    """Return the notice that *content* names; *view* is its incident, *views* those it sums up."""
    name = content["name"]
    if name == "digest":
        return digest(content, views, voice, now)
    if name in _ALONE:
        return _ALONE[name](content, voice, now)
    assert view is not None
    return _OF_INCIDENT[name](content, view, voice, now)


def _escalated(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    waiting = now - view.incident.opened
    return Message.of(
        [
            voice.say("<b>Nobody has taken {code} yet</b>", code=code(view.incident.id)),
            title(view, voice),
            voice.say("It has been waiting for {span}.", span=voice.duration(waiting)),
        ],
        _open_card(view),
    )


def _closed(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    incident = view.incident
    span = None
    if incident.began is not None and incident.recovered is not None:
        span = voice.say(
            "Without a connection for {span}.",
            span=voice.duration(incident.recovered - incident.began),
        )
    word = None
    if incident.vouched and incident.confirmed is not None:
        word = voice.say(
            "The unit has confirmed at {when} that it works.", when=voice.when(incident.confirmed, now)
        )
    closed = voice.say("<b>{code} is closed</b>: {unit}", code=code(incident.id), unit=place(view))
    return Message.of([closed, span, word])


def _back(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    return Message.of(
        [
            voice.say("<b>{unit} is connected again</b> ({code}).", unit=content["unit"], code=_code(view)),
            voice.say("Does the unit's network work again?"),
        ],
        ask(view.incident, content["unit_id"], voice) if view.incident.live else (),
    )


def _contested(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    return Message.of(
        [
            voice.say(
                "<b>{unit} says that it still does not work</b> ({code}).", unit=place(view), code=_code(view)
            ),
            voice.say("The line answers: look at power, the devices and the local network of the unit."),
            deadline(view, voice, now),
        ],
        _open_card(view),
    )


def _reopened(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    return Message.of(
        [
            voice.say(
                "<b>{code} is open again</b>: {unit} says that it still does not work.",
                code=_code(view),
                unit=place(view),
            ),
            deadline(view, voice, now),
        ],
        _open_card(view),
    )


def _moved(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    was = voice.when(datetime.fromisoformat(content["was"]), now)
    return Message.of(
        [
            voice.say("{code}: {who}", code=_code(view), who=who(view, voice, now)),
            promise(view, voice, now),
            voice.say("It had been promised for {when}.", when=was),
        ]
    )


def _cut_off(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    return Message.of(
        [
            voice.say("<b>{unit} is cut off</b> ({code}).", unit=place(view), code=_code(view)),
            voice.say("The channel that still carried it is lost as well."),
        ],
        _open_card(view),
    )


def _relapsed(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    return Message.of(
        [
            voice.say(
                "<b>{unit} has lost its connection again</b> ({code}).", unit=place(view), code=_code(view)
            )
        ],
        _open_card(view),
    )


def _withdrawn(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    return Message.of(
        [
            voice.say(
                "<b>{code} has been taken back</b> from this team: {unit}", code=_code(view), unit=place(view)
            ),
            voice.say("It has been handed to {team}.", team=view.team) if view.team else None,
        ]
    )


def _handed_again(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    return Message.of(
        [
            voice.say("<b>{code} is with this team again</b>: {unit}", code=_code(view), unit=place(view)),
            deadline(view, voice, now),
        ],
        _open_card(view),
    )


def _open_card(view: IncidentView) -> Rows:
    """The button that brings up the card, which may be far above."""
    return ((Button(_code(view), pack("show", view.incident.id)),),)


def _progress(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    return Message.of(
        [voice.say("{code}: {who}", code=_code(view), who=who(view, voice, now)), promise(view, voice, now)]
    )


def _inherited(content: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    return Message.of(
        [
            voice.say("{code} of your unit is still open: {unit}", code=_code(view), unit=place(view)),
            who(view, voice, now),
            promise(view, voice, now),
        ],
        _open_card(view),
    )


def _blind(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    return Message.of(
        [
            voice.say("<b>Monitoring has gone blind</b>"),
            voice.say(
                "Since {when} neither the channels nor the anchors answer: the fault may be our own line. "
                "No outage is declared until we see again.",
                when=voice.when(datetime.fromisoformat(content["since"]), now),
            ),
        ]
    )


def _sighted(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    span: timedelta = now - datetime.fromisoformat(content["since"])
    return Message.of([voice.say("<b>Monitoring sees again</b>, after {span}.", span=voice.duration(span))])


def _anchors_silent(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    return Message.of(
        [
            voice.say("<b>No anchor answers</b>"),
            voice.say(
                "Since {when} none of the anchors answers, while channels do: "
                "monitoring goes on by the channels. Please check the anchors.",
                when=voice.when(datetime.fromisoformat(content["since"]), now),
            ),
        ]
    )


def _anchors_back(_: dict[str, Any], voice: Voice, __: datetime) -> Message:
    return Message.of([voice.say("<b>The anchors answer again.</b>")])


def _flapping(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    return Message.of(
        [
            voice.say("<b>{unit} is unsteady</b>", unit=with_area(content["unit"], content["area"])),
            voice.say(
                "Channel {channel} has changed {count} times since {when}. "
                "You will be told when it is steady, not of each time.",
                channel=content["channel"],
                count=content["changes"],
                when=voice.when(datetime.fromisoformat(content["since"]), now),
            ),
        ]
    )


def _steady(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    span = now - datetime.fromisoformat(content["since"])
    unit = with_area(content["unit"], content["area"])
    state = voice.say(words.STATE[LineState(content["state"])])
    return Message.of(
        [
            voice.say("<b>{unit} is steady</b>, after {span}.", unit=unit, span=voice.duration(span)),
            voice.say("Channel {channel} stays: {state}.", channel=content["channel"], state=state),
        ]
    )


def _degraded(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    lines = [
        voice.say(
            "{unit}: {reasons}",
            unit=with_area(each["unit"], each["area"]),
            reasons=reasons(reasons_of(each), voice),
        )
        for each in content["lines"]
    ]
    return Message.of([voice.say("<b>Quality degraded on {count} channels</b>", count=len(lines)), *lines])


def _shut(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    return Message.of(
        [
            voice.say("<b>No message can be sent to</b>: {chat}", chat=content["chat"]),
            voice.say("Telegram says: {why}", why=content["why"]),
        ]
    )


def _foretold(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    begins, ends = content["begins"], content["ends"]
    return Message.of(
        [
            voice.say("<b>{unit} tells of what is to come</b>", unit=content["unit"]),
            voice.say("{name}: “{words}”", name=content["person"], words=content["words"]),
            voice.say("From {when}", when=voice.time(datetime.fromisoformat(begins))) if begins else None,
            voice.say("Until {when}", when=voice.time(datetime.fromisoformat(ends))) if ends else None,
            voice.say("Nothing has been entered: planned work is entered by the desk."),
        ]
    )


def _hearsay(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    return Message.of(
        [
            voice.say("<b>{unit}</b>, as another unit tells it", unit=content["unit"]),
            voice.say("{name}: “{words}”", name=content["person"], words=content["words"]),
            voice.say("No ticket was opened: please ask the unit itself."),
        ]
    )


def _code(view: IncidentView) -> str:
    return code(view.incident.id)


_OF_INCIDENT: dict[str, Render] = {
    "escalated": _escalated,
    "closed": _closed,
    "back": _back,
    "cut_off": _cut_off,
    "relapsed": _relapsed,
    "withdrawn": _withdrawn,
    "handed_again": _handed_again,
    "progress": _progress,
    "inherited": _inherited,
    "moved": _moved,
    "contested": _contested,
    "reopened": _reopened,
    "reported": reported,
    "service_fails": beside.service_fails,
    "service_over": beside.service_over,
    "suspected": beside.suspected,
    "security": beside.security,
    "flood": flood,
    "denied": denied,
    "doubted": doubted,
    **FIELD,
    **PAUSES,
    **OBJECTIONS,
}
_ALONE: dict[str, Callable[[dict[str, Any], Voice, datetime], Message]] = {
    "blind": _blind,
    "sighted": _sighted,
    "flapping": _flapping,
    "steady": _steady,
    "degraded": _degraded,
    "anchors_silent": _anchors_silent,
    "anchors_back": _anchors_back,
    "shut": _shut,
    "summary": summary,
    "enrolled": enrolled,
    "registration": registration,
    "foretold": _foretold,
    "hearsay": _hearsay,
    **COMINGS,
}
