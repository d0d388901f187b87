"""A leader's choices, each with the button that changes it."""

from markupsafe import Markup

from bot.buttons import pack
from bot.cards.message import Button, Message, in_rows
from incidents.preferences import HOURS, Preferences
from locales.marker import N_
from locales.voice import Voice

# In the order of the numbers that the buttons bear.
CHOICES = (
    ("summary", N_("Daily summary")),
    ("escalations", N_("Tickets that nobody takes")),
    ("breaches", N_("Promises that are broken")),
    ("wide_only", N_("Of tickets, only those of many units")),
    ("quiet", N_("By night nothing, all in the morning")),
)


def preferences(chosen: Preferences, usual: str, voice: Voice) -> Message:
    """Return what is *chosen*; *usual* is the hour of the desk's own summary."""
    lines: list[Markup] = [voice.say("<b>What you are told, and when</b>")]
    lines += [_line(chosen, name, label, voice) for name, label in CHOICES]
    lines.append(voice.say("The summary comes at {hour}.", hour=chosen.summary_at or usual))
    lines.append(voice.say("For another hour write for example: /tuychon 06:45"))
    buttons = [
        Button(f"{_mark(getattr(chosen, name))} {voice.plain(label)}", pack("prefer", index))
        for index, (name, label) in enumerate(CHOICES)
    ]
    hours = [Button(hour, pack("preferat", *_minutes(hour))) for hour in HOURS]
    return Message.of(lines, (*in_rows(buttons, 1), tuple(hours)))


def _line(chosen: Preferences, name: str, label: str, voice: Voice) -> Markup:
    said = voice.say("yes") if getattr(chosen, name) else voice.say("no")
    return voice.say("{what}: <b>{said}</b>", what=voice.say(label), said=said)


def _mark(value: bool) -> str:
    return "✅" if value else "⬜"


def _minutes(hour: str) -> tuple[int]:
    hours, minutes = hour.split(":")
    return (int(hours) * 60 + int(minutes),)
