"""A week's or a month's report, in words."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from markupsafe import Markup

from bot.cards.causes import CAUSE
from bot.cards.message import Message
from incidents.figures.ledger import Figures, Promised
from incidents.figures.parts import Share
from incidents.figures.periods import Period as Span
from incidents.figures.typical import Typical
from incidents.sla import Owed
from locales.marker import N_
from locales.voice import Voice
from operations.period import Named, Period

MISSED_SHOWN = 5
TITLE = {
    Span.DAY: N_("<b>Report of the day {first}</b>"),
    Span.WEEK: N_("<b>Report of the week {first} – {last}</b>"),
    Span.MONTH: N_("<b>Report of the month {first} – {last}</b>"),
}
SHARE = {
    Share.POWER: N_("power cuts {span}"),
    Share.SWITCHED_OFF: N_("switched off by the unit {span}"),
    Share.LAN: N_("the unit's own network {span}"),
    Share.PLANNED: N_("planned work {span}"),
    Share.BLIND: N_("not monitored {span}"),
}
STEP = {
    "detect": N_("found {median} / {most}"),
    "acknowledge": N_("taken {median} / {most}"),
    "assign": N_("handed to a team {median} / {most}"),
    "accept": N_("accepted {median} / {most}"),
    "arrive": N_("on site {median} / {most}"),
    "restore": N_("restored {median} / {most}"),
}
KEPT = {
    Owed.ACKNOWLEDGE: N_("taken in time {kept}/{of}"),
    Owed.ASSIGN: N_("handed over in time {kept}/{of}"),
    Owed.ACCEPT: N_("accepted in time {kept}/{of}"),
    Owed.RESTORE: N_("restored in time {kept}/{of}"),
}


def period(told: Period, of: Span, voice: Voice) -> Message:
    """Return the report, which is *of* so much."""
    whole = told.whole
    return Message.of(
        [
            _title(told, of, voice),
            *_availability(whole, voice),
            *_carriers(told, voice),
            _incidents(whole, voice),
            _times(whole, voice),
            _promises(whole, voice),
            _missed(told, voice),
            _list(N_("Out the longest by the carrier: {names}."), told.worst, voice),
            _list(N_("Failing again and again: {names}."), told.repeated, voice),
            _quality(whole, voice),
            _loads(whole, voice),
        ]
    )


def often(found: Sequence[Named], days: int, voice: Voice) -> Message:
    """Return the channels that failed again and again in so many days."""
    if not found:
        return Message(voice.say("No unit has failed again and again in the last {days} days.", days=days))
    lines = [voice.say("<b>Failing again and again in the last {days} days</b>", days=days)]
    for each in found:
        out = voice.duration(each.sufferer.out)
        lines.append(
            voice.say(
                "{unit} ({area}): {count} times, {span} in all",
                unit=each.name,
                area=each.area,
                count=each.sufferer.cases,
                span=out,
            )
        )
    return Message.of(lines)


def _title(told: Period, of: Span, voice: Voice) -> Markup:
    last = told.span.end - timedelta.resolution
    said = voice.say(TITLE[of], first=voice.date(told.span.start), last=voice.date(last))
    return voice.say("{said} <b>{unit}</b>", said=said, unit=told.scope) if told.scope else said


def _availability(whole: Figures, voice: Voice) -> Iterator[Markup]:
    parts = whole.parts
    if parts.availability is None or parts.carriers is None:
        yield voice.say("Nothing was monitored.")
        return
    yield voice.say(
        "Availability {share}; of the carriers' lines {carriers}.",
        share=voice.percent(parts.availability),
        carriers=voice.percent(parts.carriers),
    )
    others = [
        voice.plain(text, span=voice.duration(parts.of(share)))
        for share, text in SHARE.items()
        if parts.of(share)
    ]
    if others:
        yield voice.say("Not the carriers' (channel time): {others}.", others=", ".join(others))


def _carriers(told: Period, voice: Voice) -> Iterator[Markup]:
    if len(told.carriers) > 1:
        shares = (
            f"{name} {voice.percent(each.parts.carriers)}"
            for name, each in told.carriers.items()
            if each.parts.carriers is not None
        )
        yield voice.say("By carrier: {shares}.", shares=", ".join(shares))


def _incidents(whole: Figures, voice: Voice) -> Markup:
    if not whole.cases:
        return voice.say("No incident.")
    causes = ", ".join(f"{voice.plain(CAUSE[cause])} {count}" for cause, count in whole.causes.items())
    return voice.say("Incidents: {count} ({causes}).", count=voice.number(len(whole.cases)), causes=causes)


def _times(whole: Figures, voice: Voice) -> Markup | None:
    said = []
    for name, text in STEP.items():
        found: Typical | None = getattr(whole.times, name)
        if found is not None:
            median, most = voice.duration(found.median), voice.duration(found.ninetieth)
            said.append(voice.plain(text, median=median, most=most))
    return voice.say("Times (median / 90 %): {steps}.", steps="; ".join(said)) if said else None


def _promises(whole: Figures, voice: Voice) -> Markup | None:
    said = [
        voice.plain(KEPT[owed], kept=each.kept, of=each.of)
        for owed, each in whole.promises.items()
        if each.of
    ]
    return voice.say("Promises: {kept}.", kept=", ".join(said)) if said else None


def _missed(told: Period, voice: Voice) -> Markup | None:
    missed: Promised = told.whole.promises[Owed.RESTORE]
    if not missed.missed:
        return None
    names = [told.units[case.unit] for case, _ in missed.missed]
    return voice.say("Restored too late: {names}.", names=_short(names))


def _list(text: str, found: Sequence[Named], voice: Voice) -> Markup | None:
    if not found:
        return None
    names = (
        voice.plain(
            "{unit} ({count} times, {span})",
            unit=each.name,
            count=each.sufferer.cases,
            span=voice.duration(each.sufferer.out),
        )
        for each in found
    )
    return voice.say(text, names=_short(names))


def _quality(whole: Figures, voice: Voice) -> Markup | None:
    quality = whole.quality
    if quality.delay is None or quality.rating is None:
        return None
    return voice.say(
        "Quality: delay {delay}, jitter {jitter}, loss {loss}, rating R {rating}.",
        delay=voice.milliseconds(quality.delay),
        jitter=voice.milliseconds(quality.jitter or 0.0),
        loss=voice.percent(quality.loss),
        rating=voice.decimal(round(quality.rating.r)),
    )


def _loads(whole: Figures, voice: Voice) -> Markup | None:
    if not whole.loads:
        return None
    over = sum(bool(each.overloaded) for each in whole.loads.values())
    return voice.say(
        "Bandwidth: {over} of {count} measured channels were overloaded.", over=over, count=len(whole.loads)
    )


def _short(names: Iterable[str]) -> str:
    known = list(names)
    return ", ".join(known[:MISSED_SHOWN]) + ("…" if len(known) > MISSED_SHOWN else "")
