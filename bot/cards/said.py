"""What a unit's people said, as the card tells it: a line a report, with the verdict of the probes."""

from datetime import datetime

from markupsafe import Markup

from bot.cards import words
from incidents.finding import WELL, Finding
from incidents.said import Kind, Power
from intents.masking import mask_addresses
from locales.marker import N_
from locales.voice import Voice
from operations.claims import Claim
from operations.look import IncidentView, Words

CLAIM = {
    "confirm": N_("The unit confirmed at {when} that it works ({name})"),
    "dispute": N_("{name} said at {when} that it still does not work"),
    "reopen": N_("{name} said at {when} that it still does not work, after it was closed"),
    "retract": N_("{name} took the report back at {when}"),
}
BELIED = {
    Finding.LINE_BAD: N_("the line answers only in part"),
    Finding.LINE_DOWN: N_("the line still does not answer"),
    Finding.UPLINK_DOWN: N_("the line still does not answer"),
    Finding.UNSEEN: N_("the line could not be checked"),
}
NAMES_SHOWN = 6
WORDS_SHOWN = 200


def power(view: IncidentView, voice: Voice) -> Markup | None:
    """Return what power the unit says it has; of many units, which say that they have none."""
    said = dict(view.power)
    if view.extent is None and view.unit in said:
        return voice.say("Power, by the unit's word: {power}", power=voice.say(words.POWER[said[view.unit]]))
    without = [unit for unit, power in view.power if power is Power.OUT]
    if not without:
        return None
    names = ", ".join(without[:NAMES_SHOWN]) + ("…" if len(without) > NAMES_SHOWN else "")
    return voice.say("Without power, by their own word: {names} ({count})", count=len(without), names=names)


def report(each: Words, voice: Voice, now: datetime) -> Markup:
    """Return who said what and when, and what is to be made of it."""
    name = each.unit if each.on_behalf else each.name
    said = voice.say(words.REPORTED[each.kind], name=name, when=voice.when(each.at, now))
    notes = Markup("; ").join(_notes(each, voice, now))
    if not each.words:
        return voice.say("{said} ({notes})", said=said, notes=notes)
    told = mask_addresses("; ".join(each.words))[:WORDS_SHOWN]
    return voice.say("{said}: “{words}” ({notes})", said=said, words=told, notes=notes)


def bare(each: Words, voice: Voice, now: datetime) -> Markup:
    """Return who said what and when, where the probes of the line have no say in it."""
    name, when = each.unit if each.on_behalf else each.name, voice.when(each.at, now)
    said = voice.say(words.REPORTED[each.kind], name=name, when=when)
    if not each.words:
        return said
    told = mask_addresses("; ".join(each.words))[:WORDS_SHOWN]
    return voice.say("{said}: “{words}”", said=said, words=told)


def claim(each: Claim, voice: Voice, now: datetime) -> Markup:
    """Return what was said after the report, and what the probes hold against it."""
    when = voice.when(each.at, now)
    but = belied(each.finding, voice) if each.finding is not None else None
    if but is not None:
        return voice.say(
            "{name} said at {when} that it works, but {finding}", name=each.name, when=when, finding=but
        )
    if each.by_desk:
        return voice.say("Opened again by {name} at {when}", name=each.name, when=when)
    return voice.say(CLAIM[each.kind], name=each.name, when=when)


def belied(finding: Finding, voice: Voice) -> Markup | None:
    """Return what speaks against somebody who says that it works; None where the probes are good."""
    return voice.say(BELIED[finding]) if finding in BELIED else None


def _notes(each: Words, voice: Voice, now: datetime) -> list[Markup]:
    notes = [_verdict(each, voice)]
    if each.channel is not None:
        notes.append(voice.say("channel {channel}", channel=each.channel))
    if each.on_behalf:
        notes.append(voice.say("the unit telephoned, {name} wrote it down", name=each.name))
    if each.came is not None:
        notes.append(voice.say("it came at {when}", when=voice.when(each.came, now)))
    return notes


def _verdict(each: Words, voice: Voice) -> Markup:
    if each.kind is not Kind.FALSE_ALARM:
        return voice.say(words.FINDING_BRIEF[each.finding])
    if each.finding in WELL:
        return voice.say("the probes are good as well")
    return voice.say("the probes are in doubt")
