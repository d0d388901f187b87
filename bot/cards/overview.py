"""The network in figures: what is connected, what came over the rest, area by area, and the open tickets."""

from datetime import datetime

from markupsafe import Markup

from bot.cards.message import Message
from bot.cards.open_tickets import headline
from bot.cards.pages import page, short
from bot.cards.troubles import Data
from locales.marker import N_
from locales.voice import Voice
from operations.overview import Overview
from operations.survey import AreaCount
from storage.spells import DEGRADED, FLAPPING, OVERLOADED

AREAS_SHOWN = 15
KIND = {
    DEGRADED: N_("🟠 Quality degraded: {count}"),
    FLAPPING: N_("〰️ Unsteady: {count}"),
    OVERLOADED: N_("🟠 Overloaded: {count}"),
}


def figures(
    view: Overview, heading: str | None, voice: Voice, now: datetime, number: int, data: Data
) -> Message:
    """Return the overview with a page of the areas of which something is out."""
    hurt = [each for each in view.areas if each.out]
    shown = page(hurt, number, AREAS_SHOWN)
    head = voice.say("<b>{unit}</b> · as of {when}", unit=heading or "", when=voice.second(now, now))
    tickets = headline(view.tickets, voice) if view.tickets else voice.say("No open ticket.")
    lines = [head, connected(view, voice), *kinds(view, voice), tickets]
    return Message.of([*lines, *(_area(each, voice) for each in shown.items)], shown.turns(data))


def connected(view: Overview, voice: Voice) -> Markup:
    """Return how many of all channels are connected."""
    total = sum(each.total for each in view.areas)
    gone = sum(each.out + each.unseen + each.off for each in view.areas)
    return voice.say(
        "<b>{up}/{total} channels are connected</b>", up=voice.number(total - gone), total=voice.number(total)
    )


def kinds(view: Overview, voice: Voice) -> list[Markup]:
    """Return what came over how many channels, a line each; nothing of what came over none."""
    counts = (
        (N_("🔴 Out: {count}"), sum(each.out for each in view.areas)),
        *((KIND[kind], count) for kind, count in view.kinds),
        (N_("🔧 Under planned work: {count}"), view.works),
        (N_("🌙 Switched off after hours: {count}"), sum(each.off for each in view.areas)),
        (N_("⚫ Not monitored: {count}"), sum(each.unseen for each in view.areas)),
    )
    return [voice.say(said, count=voice.number(count)) for said, count in counts if count]


def _area(each: AreaCount, voice: Voice) -> Markup:
    return voice.say("🔴 {area}: {out}/{total} out", area=short(each.area), out=each.out, total=each.total)
