"""A unit's channels: their state, since when, and what the probes say."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.cards import words
from bot.cards.afterhours import excused
from bot.cards.condition import condition
from bot.cards.incident import with_area
from bot.cards.message import Message
from incidents.maintenance import Purpose
from incidents.model import LineState, code
from incidents.outcome import Outcome
from incidents.summary import OUT
from intents.masking import mask_addresses
from locales.marker import N_
from locales.voice import Voice
from operations.survey import AreaCount, ChannelView, Condition, OutUnit, UnitView
from operations.works import Works


def unit(
    view: UnitView, voice: Voice, now: datetime, probed: dict[str, list[Outcome]] | None = None
) -> Message:
    """Return the unit's card; *probed* are the outcomes, by channel, of probes sent just now."""
    lines: list[Markup | str | None] = [voice.say("<b>{unit}</b>", unit=with_area(view.unit, view.area))]
    if view.address:
        lines.append(voice.say("Address: {address}", address=view.address))
    for channel in view.channels:
        lines += _channel(channel, voice, now)
        if probed is not None:
            lines.append(_probed(probed.get(channel.code, []), voice))
    states = {channel.state for channel in view.channels}
    if LineState.UP in states and states & OUT:
        lines.append(voice.say("The unit is still connected, by its other channel."))
    if not view.channels:
        lines.append(voice.say("No channel of this unit is monitored."))
    lines += [voice.say("Open ticket: {code}", code=code(each.id)) for each in view.incidents]
    return Message.of(lines)


def areas(
    counts: Sequence[AreaCount],
    out_units: Sequence[OutUnit],
    voice: Voice,
    now: datetime,
    heading: str | None = None,
) -> Message:
    """Return how many channels are out, area by area, and the units themselves where they are few enough."""
    out, total = sum(each.out for each in counts), sum(each.total for each in counts)
    unseen, off = sum(each.unseen for each in counts), sum(each.off for each in counts)
    lines: list[Markup | str | None] = []
    if heading:
        lines.append(voice.say("<b>{unit}</b>", unit=heading))
    lines.append(
        voice.say(
            "<b>{up}/{total} channels are connected</b>",
            up=voice.number(total - out - unseen - off),
            total=voice.number(total),
        )
    )
    lines += [
        voice.say("🔴 {area}: {out}/{total} out", area=each.area, out=each.out, total=each.total)
        for each in counts
        if each.out
    ]
    if off:
        lines.append(voice.say("🌙 {count} channels are switched off after hours", count=voice.number(off)))
    if len(counts) == 1:
        lines += [_out(each, voice, now) for each in out_units]
    lines.append(voice.say("⚫ {count} channels are not monitored", count=unseen) if unseen else None)
    return Message.of(lines)


def _out(unit: OutUnit, voice: Voice, now: datetime) -> Markup:
    said = voice.say("{unit} · since {when}", unit=unit.name, when=voice.when(unit.since, now))
    if unit.off:
        return voice.say("{said} · switched off after hours", said=said)
    return voice.say("{said} · carried by another channel", said=said) if unit.carried else said


def _channel(channel: ChannelView, voice: Voice, now: datetime) -> list[Markup | None]:
    spare = channel.kind == words.SPARE
    off = channel.state in OUT and any(each.excused for each in channel.conditions)
    state = voice.say(
        N_("{icon} Channel {code} (spare): {state}") if spare else N_("{icon} Channel {code}: {state}"),
        icon=words.OFF_ICON if off else words.STATE_ICON[channel.state],
        code=channel.code,
        state=voice.say(words.OFF if off else words.STATE[channel.state]),
    )
    if channel.since is not None:
        state = voice.say("{said} since {when}", said=state, when=voice.when(channel.since, now))
    return [
        state,
        _quality(channel, voice),
        _bandwidth(channel, voice),
        *(line for each in channel.conditions for line in _condition(channel, each, voice, now)),
        _works(channel.works, voice, now),
        _works(channel.muted, voice, now),
    ]


def _condition(channel: ChannelView, each: Condition, voice: Voice, now: datetime) -> list[Markup]:
    if each.excused is not None:
        return excused(channel.unit, each.excused, voice, now)
    return [condition(each, voice, now)]


def _quality(channel: ChannelView, voice: Voice) -> Markup | None:
    quality = channel.quality
    if not quality.sent:
        return None
    loss = voice.percent(quality.lost / quality.sent)
    if quality.latency is None:
        return voice.say("Last 5 minutes: loss {loss}", loss=loss)
    return voice.say(
        "Last 5 minutes: delay {delay}, loss {loss}", delay=voice.milliseconds(quality.latency), loss=loss
    )


def _bandwidth(channel: ChannelView, voice: Voice) -> Markup | None:
    usage = channel.usage
    if usage is None:
        return None
    if not usage.enough:
        coverage = voice.percent(usage.coverage)
        return voice.say("Bandwidth of 7 days: too few samples yet ({coverage})", coverage=coverage)
    down, up = voice.megabits(usage.down), voice.megabits(usage.up)
    if channel.mbps is None:
        return voice.say("Bandwidth of 7 days (P95): down {down} / up {up} Mbps", down=down, up=up)
    return voice.say(
        "Bandwidth of 7 days (P95): down {down} / up {up} of {mbps} Mbps",
        down=down,
        up=up,
        mbps=voice.number(channel.mbps),
    )


def _works(works: Works | None, voice: Voice, now: datetime) -> Markup | None:
    if works is None:
        return None
    until, reason = voice.when(works.until, now), mask_addresses(works.reason)
    if works.purpose is Purpose.MUTE:
        return voice.say("🔕 Alarms muted until {when}: {reason}", when=until, reason=reason)
    return voice.say("🔧 Planned work until {when}: {reason}", when=until, reason=reason)


def _probed(outcomes: Sequence[Outcome], voice: Voice) -> Markup:
    known = [outcome for outcome in outcomes if outcome.known]
    if not known:
        return voice.say("Just now: could not be probed")
    latencies = [outcome.latency for outcome in known if outcome.latency is not None]
    said = voice.say("Just now: {answered}/{sent} probes answered", answered=len(latencies), sent=len(known))
    if not latencies:
        return said
    mean = sum(latencies) / len(latencies)
    return voice.say("{said}, delay {delay}", said=said, delay=voice.milliseconds(mean))
