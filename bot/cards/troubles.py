"""Lists of lines, a page at a time: those that are out, those of bad quality, and those of a unit."""

from collections.abc import Callable, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.cards import words
from bot.cards.condition import condition
from bot.cards.incident import with_area
from bot.cards.message import Message
from bot.cards.pages import page, short
from incidents.model import code
from locales.voice import Voice
from operations.lines import LineEntry
from operations.troubles import BadLine, OutLine

SIZE = 15
Data = Callable[[int], str]


def out(
    lines: Sequence[OutLine], heading: str | None, voice: Voice, now: datetime, number: int, data: Data
) -> Message:
    """Return a page of the lines that are out, under the names of their areas."""
    if not lines:
        return Message.of([_heading(heading, voice), voice.say("No channel is out.")])
    shown = page(lines, number, SIZE)
    head = voice.say("<b>Channels out: {count}</b>", count=voice.number(len(lines)))
    said: list[Markup | None] = [_heading(heading, voice), head]
    counts = {each.area: sum(other.area == each.area for other in lines) for each in shown.items}
    for before, each in zip((None, *shown.items), shown.items, strict=False):
        if before is None or before.area != each.area:
            said.append(voice.say("<b>{area}</b> ({count})", area=short(each.area), count=counts[each.area]))
        said.append(_out(each, voice, now))
    return Message.of(said, shown.turns(data))


def bad(
    lines: Sequence[BadLine], heading: str | None, voice: Voice, now: datetime, number: int, data: Data
) -> Message:
    """Return a page of the lines of bad quality, the worst first."""
    if not lines:
        return Message.of([_heading(heading, voice), voice.say("No channel is of bad quality.")])
    shown = page(lines, number, SIZE // 2)
    head = voice.say("<b>Channels of bad quality: {count}</b>", count=voice.number(len(lines)))
    return Message.of(
        [_heading(heading, voice), head, *(_bad(each, voice, now) for each in shown.items)], shown.turns(data)
    )


def of_unit(lines: Sequence[LineEntry], heading: str, voice: Voice, number: int, data: Data) -> Message:
    """Return a page of the lines of a unit and of what is below it."""
    shown = page(lines, number, SIZE)
    head = voice.say("<b>{unit}</b>: {count} channels", unit=heading, count=voice.number(len(lines)))
    return Message.of([head, *(_line(each, voice) for each in shown.items)], shown.turns(data))


def _heading(heading: str | None, voice: Voice) -> Markup | None:
    return voice.say("<b>{unit}</b>", unit=heading) if heading else None


def _out(each: OutLine, voice: Voice, now: datetime) -> Markup:
    icon = words.OFF_ICON if each.off else "🔧" if each.works else "🔴"
    parts = [
        voice.say(
            "{icon} {unit} · {channel} · since {when}",
            icon=icon,
            unit=short(each.unit),
            channel=each.channel,
            when=voice.when(each.since, now),
        )
    ]
    if each.carried:
        parts.append(voice.say("carried by another"))
    if each.ticket is not None:
        parts.append(Markup.escape(code(each.ticket)))
    return Markup(" · ").join(parts)


def _bad(each: BadLine, voice: Voice, now: datetime) -> Markup:
    said = Markup("; ").join(condition(found, voice, now) for found in each.conditions)
    unit = short(with_area(each.unit, each.area))
    return voice.say("{unit} · {channel}: {conditions}", unit=unit, channel=each.channel, conditions=said)


def _line(each: LineEntry, voice: Voice) -> Markup:
    parts = [
        voice.say(
            "{icon} {channel} · {unit}",
            icon=words.STATE_ICON[each.state],
            channel=each.channel,
            unit=short(with_area(each.unit, each.area)),
        )
    ]
    if each.kind == words.SPARE:
        parts.append(voice.say("spare"))
    if each.carrier is not None:
        parts.append(Markup.escape(short(each.carrier)))
    if each.mbps is not None:
        parts.append(voice.say("{mbps} Mbps", mbps=voice.number(each.mbps)))
    if each.uplink is not None:
        parts.append(voice.say("through {unit}", unit=short(each.uplink)))
    return Markup(" · ").join(parts)
