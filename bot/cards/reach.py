"""The lines of a card on an incident of many: what is lost of what, by which rule it is one, and where."""

from markupsafe import Markup

from bot.cards import words
from incidents.model import Incident, code
from incidents.wide import Scope
from locales.marker import N_
from locales.voice import Voice
from operations.extent import Extent

AREAS_SHOWN = 12


def wide_title(extent: Extent, incident: Incident, voice: Voice) -> Markup:
    """Return the first line of its card."""
    return voice.say(
        _title(extent, incident),
        code=code(incident.id),
        name=extent.name,
        out=voice.number(extent.out),
        total=voice.number(extent.total),
    )


def reach(extent: Extent, voice: Voice) -> list[Markup | None]:
    """Return where its lines are, how many are back, and the rule that made one of them."""
    back = voice.number(extent.back)
    return [
        None if extent.scope is Scope.AREA else _areas(extent, voice),
        voice.say("{count} channels are back", count=back) if extent.back else None,
        rule(extent, voice),
    ]


def rule(extent: Extent, voice: Voice) -> Markup | None:
    """Return the rule that made one incident of many."""
    if extent.scope is Scope.TOTAL and extent.back:  # we see again, so there is no doubt left
        return None
    numbers = extent.rule
    return voice.say(
        words.RULE[extent.scope],
        least=numbers.least,
        share=voice.percent(numbers.share, decimals=0),
        areas=numbers.areas,
        many=numbers.many,
        window=voice.duration(numbers.window),
    )


def _title(extent: Extent, incident: Incident) -> str:
    if not incident.live:
        return N_("⚪ <b>{code} · Widespread outage, {name}: closed</b>")
    if incident.recovered is not None:
        return N_("🟢 <b>{code} · Widespread outage, {name}: connected again</b>")
    if extent.scope is Scope.TOTAL and not extent.back:
        return N_("🔴 <b>{code} · All connections lost, or monitoring is blind: {out}/{total} channels</b>")
    return N_("🔴 <b>{code} · Widespread outage, {name}: {out}/{total} channels lost</b>")


def _areas(extent: Extent, voice: Voice) -> Markup | None:
    shown = [
        voice.say("{area} {out}/{total}", area=each.area, out=each.out, total=each.total)
        for each in extent.areas[:AREAS_SHOWN]
    ]
    if not shown:
        return None
    more = Markup("…") if len(extent.areas) > AREAS_SHOWN else Markup()
    return voice.say("Lost: {areas}", areas=Markup(", ").join(shown) + more)
