"""The summary of a day: to be read in ten seconds and forwarded as it is."""

from datetime import datetime, timedelta
from typing import Any

from markupsafe import Markup

from bot.cards.message import Message
from locales.voice import Voice


def summary(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    """Return the summary of *content*, the figures of operations.summarise."""
    at = datetime.fromisoformat(content["at"])
    return Message.of(
        [
            voice.say("<b>Report on the dedicated data network, as of {when}</b>", when=voice.time(at)),
            _out(content, voice),
            _happened(content, voice),
            _restored(content, voice),
            _availability(content, voice),
        ]
    )


def _out(content: dict[str, Any], voice: Voice) -> Markup:
    total, unseen, off = voice.number(content["total"]), content["not_seen"], content["off"]
    said = []
    if content["out"]:
        said.append(_silent(content, voice))
    if unseen:
        said.append(voice.say("{count}/{total} channels are not monitored.", count=unseen, total=total))
    if not said and off:
        return voice.say("{count} units are switched off after hours; all else is connected.", count=off)
    if off:
        said.append(voice.say("{count} units are switched off after hours.", count=off))
    return Markup(" ").join(said) or voice.say("All {total} channels are connected.", total=total)


def _silent(content: dict[str, Any], voice: Voice) -> Markup:
    areas = ", ".join(f"{area} {out}/{of}" for area, out, of in content["areas"])
    return voice.say(
        "{out}/{total} channels are without a connection ({areas}).",
        out=voice.number(content["out"]),
        total=voice.number(content["total"]),
        areas=areas,
    )


def _happened(content: dict[str, Any], voice: Voice) -> Markup:
    if not content["opened"] and not content["live"]:
        return voice.say("No incident in the last 24 hours.")
    return voice.say(
        "In the last 24 hours: {opened} new, {recovered} restored; {live} open now, {unclaimed} not taken.",
        opened=content["opened"],
        recovered=content["recovered"],
        live=content["live"],
        unclaimed=content["unclaimed"],
    )


def _restored(content: dict[str, Any], voice: Voice) -> Markup | None:
    if content["restored_after"] is None:
        return None
    span = timedelta(seconds=content["restored_after"])
    return voice.say("Restored after {span} on the average.", span=voice.duration(span))


def _availability(content: dict[str, Any], voice: Voice) -> Markup | None:
    if content["availability"] is None:
        return None
    said = voice.say("Availability: {share}", share=voice.percent(content["availability"]))
    if content["unseen"] < 0.01:
        return said
    return voice.say(
        "{said}; {share} of the time was not monitored", said=said, share=voice.percent(content["unseen"])
    )
