"""What a field team, or the desk in its place, is told of its step."""

from datetime import datetime
from typing import Final

from markupsafe import Markup

from bot.cards import words
from incidents.actions import Accept, Action, Arrive, AskHelp, Decline, Depart, Expect, Fix, NameCause
from incidents.lifecycle import Refused
from incidents.model import code
from incidents.refusal import Refusal
from locales.marker import N_
from locales.voice import Voice
from operations.look import IncidentView

SAID: Final[dict[type, str]] = {
    Accept: N_("Accepted: {code}."),
    Decline: N_("{code} is declined: the duty desk has been told."),
    Depart: N_("Noted: on the way ({code})."),
    Arrive: N_("Noted: on site ({code})."),
    Expect: N_("Noted: {code} is expected to be restored at {when}."),
    NameCause: N_("Noted: the cause of {code} is {cause}."),
    AskHelp: N_("The duty desk has been told that help is needed ({code})."),
}
HELD: Final = N_("Recorded for {code}: fixed, {cause}. It closes once the probes have borne it out.")
BELIED: Final = N_(
    "Recorded for {code}: fixed, {cause}. "
    "But the line is still silent ({count} channels): please check again."
)
OF_NO_LINE: Final = N_("Recorded for {code}: fixed, {cause}. The unit is asked whether it works.")


def said(view: IncidentView, action: Action, voice: Voice, now: datetime, in_place_of: str | None) -> Markup:
    """Return what became of *action*; where it was done *in_place_of* a team, that the record says so."""
    told = _said(view, action, voice, now)
    if in_place_of is None or isinstance(action, NameCause):
        return told
    return voice.say("{said} Written down in place of {team}.", said=told, team=in_place_of)


def refused(result: Refused, voice: Voice, *, on_behalf: bool) -> Markup:
    """Return why nothing came of it."""
    number = code(result.incident.id)
    if on_behalf and result.refusal is Refusal.NOT_ASSIGNED:
        return voice.say("{code} is with no team, or with another one by now.", code=number)
    return voice.say(words.REFUSAL[result.refusal], code=number)


def _said(view: IncidentView, action: Action, voice: Voice, now: datetime) -> Markup:
    number = code(view.incident.id)
    match action:
        case Accept(eta=datetime() as eta):
            return voice.say(
                "Accepted: {code}, to be there at {when}.", code=number, when=voice.when(eta, now)
            )
        case Expect(until=until):
            return voice.say(SAID[Expect], code=number, when=voice.when(until, now))
        case NameCause(cause=cause):
            return voice.say(SAID[NameCause], code=number, cause=voice.say(words.CAUSE[cause]))
        case Fix(cause=cause):
            silent = len(view.incident.silent)
            text = BELIED if silent else HELD if view.incident.settled else OF_NO_LINE
            return voice.say(text, code=number, cause=voice.say(words.CAUSE[cause]), count=silent)
    return voice.say(SAID[type(action)], code=number)
