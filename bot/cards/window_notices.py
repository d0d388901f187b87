"""Notices about windows: to the desk that decides, to who asked, to the officers whose lines they cover."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.cards.message import Message
from bot.cards.schedule import schedule
from bot.cards.window import Question, asked, declared, facts, handles, what
from incidents.draft import Hand, Outcome
from incidents.maintenance import Purpose
from incidents.proposal import Warned
from intents.masking import mask_addresses
from locales.marker import N_
from locales.voice import Voice
from operations.inform import News
from operations.window_view import WindowView, from_json

UNITS_SHOWN = 4
HEAD = {
    News.PLANNED: N_("🔧 <b>Planned work at {units}</b>"),
    News.EXTENDED: N_("🔧 <b>The planned work at {units} takes longer</b>"),
    News.ENDED: N_("🔧 <b>The planned work at {units} is over</b>"),
    News.WITHDRAWN: N_("🔧 <b>The planned work at {units} is called off</b>"),
}
ANSWER = {
    Outcome.AGREED: N_("✅ <b>Agreed to</b>"),
    Outcome.REFUSED: N_("❌ <b>Refused</b>"),
    Outcome.LAPSED: N_("⌛ <b>Nobody decided in time</b>: please ask again."),
}
ENDS = {
    Purpose.WORKS: N_("⏰ <b>Planned work ends at {end}</b>"),
    Purpose.MUTE: N_("⏰ <b>Alarms are muted until {end}</b>"),
}


def _asked(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    view, until = from_json(content["window"]), datetime.fromisoformat(content["until"])
    warned = [Warned(each) for each in content["warned"]]
    return asked(view, Question(content["draft"], Hand(content["hand"]), until, warned), voice, now)


def _made(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    return declared(from_json(content["window"]), voice, now, by=content["by"])


def _answered(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    view = from_json(content["window"])
    return Message.of([voice.say(ANSWER[Outcome(content["outcome"])]), *facts(view, voice, now)])


def _ends(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    view = from_json(content["window"])
    assert view.span is not None
    head = voice.say(ENDS[view.purpose], end=voice.when(view.span.end, now))
    rings = voice.say("What is still out then rings.")
    ask = None if content["desk"] else voice.say("Only on-call may extend it: please ask them in time.")
    lines = [head, what(view, voice), voice.say("Reason: {reason}", reason=mask_addresses(view.reason))]
    return Message.of([*lines, rings, ask], handles(view, voice) if content["desk"] else ())


def _works(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    view, news, units = from_json(content["window"]), News(content["news"]), content["units"]
    names = ", ".join(units[:UNITS_SHOWN]) + ("…" if len(units) > UNITS_SHOWN else "")
    return Message.of([voice.say(HEAD[news], units=names), *_rest(news, view, voice, now)])


def _rest(news: News, view: WindowView, voice: Voice, now: datetime) -> list[Markup]:
    if news is News.WITHDRAWN:
        return []
    if news is News.ENDED:
        return [voice.say("If there is no connection now, please send /baosuco.")]
    return [
        schedule(view, voice, now),
        voice.say("Reason: {reason}", reason=mask_addresses(view.reason)),
        voice.say("The line may be out meanwhile; what is out afterwards we see and tell of."),
    ]


WINDOWS: dict[str, Callable[[dict[str, Any], Voice, datetime], Message]] = {
    "window_asked": _asked,
    "window_made": _made,
    "window_answered": _answered,
    "window_ends": _ends,
    "works": _works,
}
