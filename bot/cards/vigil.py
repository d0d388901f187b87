"""Vigils, in words: over whom, until when, and who is off just now."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.buttons import pack
from bot.cards import words
from bot.cards.message import Button, Message, in_rows
from incidents.vigil import Vigil
from locales.marker import N_
from locales.voice import Voice
from operations.vigil import Kept

NAMES_SHOWN = 12
BUTTONS_SHOWN = 8


def kept(made: Kept, unit: str | None, voice: Voice, now: datetime) -> Message:
    """Return that a vigil over *unit* (None: all) is kept, and whom it finds switched off."""
    lines: list[Markup | None] = [
        voice.say("<b>{vigil}</b>", vigil=_vigil(made.vigil, unit, voice, now)),
        voice.say("Meanwhile every silence is told of, none is taken for switched off after hours."),
    ]
    if made.off:
        more = len(made.off) - NAMES_SHOWN
        names = ", ".join(made.off[:NAMES_SHOWN]) + ("…" if more > 0 else "")
        lines.append(
            voice.say(
                "{count} units are switched off now and will be told of once it begins: {names}.",
                count=len(made.off),
                names=names,
            )
        )
    return Message.of(lines, in_rows([_button(made.vigil, unit, voice)], 1))


def listed(known: Sequence[tuple[Vigil, str | None]], voice: Voice, now: datetime) -> Message:
    """Return the vigils, each with the name of its unit (None: all), and a button to end each."""
    if not known:
        return Message(voice.say("Nobody has been told to stay on after hours."))
    lines = [voice.say("<b>Who is to stay on</b>"), *(_vigil(each, unit, voice, now) for each, unit in known)]
    return Message.of(lines, in_rows([_button(each, unit, voice) for each, unit in known[:BUTTONS_SHOWN]], 1))


def _vigil(vigil: Vigil, unit: str | None, voice: Voice, now: datetime) -> Markup:
    begun = vigil.span.start <= now
    return voice.say(
        N_("{unit}: {occasion} until {until}") if begun else N_("{unit}: {occasion} from {start} to {until}"),
        unit=unit or voice.plain("the whole province"),
        occasion=voice.say(words.OCCASION[vigil.occasion]),
        start=voice.when(vigil.span.start, now),
        until=voice.when(vigil.span.end, now),
    )


def _button(vigil: Vigil, unit: str | None, voice: Voice) -> Button:
    name = unit or voice.plain("the whole province")
    return Button(voice.plain("End it: {unit}", unit=name), pack("unvigil", vigil.id))
