"""Ledger: what is kept of a span, read once and made into what reports are made of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from incidents.figures import attribution, counting
from incidents.figures.cases import Case
from incidents.figures.ledger import Ledger
from incidents.figures.load import Load, load
from incidents.figures.parts import Share
from incidents.figures.stretches import Excuse, Stretch, parts, stretches
from incidents.model import Incident
from incidents.quality import Figures as Quality
from incidents.quality import total
from incidents.sla import clock_of
from incidents.span import Span
from operations.desk import Act
from storage import incidents, intervals, maintenance, rollups, spells, traffic
from storage.spells import AFTER_HOURS, OVERLOADED


async def ledger(act: Act, span: Span) -> Ledger:
    """Return the ledger of *span*, of all channels that are watched; what is still to come is not in it."""
    asked = Span(span.start, max(span.start, min(span.end, act.at)))
    known = await incidents.between(act.session, asked.start, asked.end)
    spent = await days(act, asked, known)
    return Ledger(
        asked,
        {channel: parts(each) for channel, each in spent.items()},
        await _cases(act, asked, known),
        await _quality(act, asked),
        await _loads(act, asked),
    )


async def days(act: Act, asked: Span, known: Iterable[Incident]) -> Mapping[int, tuple[Stretch, ...]]:
    """Return how each channel that is watched spent *asked*, during which *known* were live."""
    turns = await intervals.turns(act.session, asked.start, asked.end)
    excuses = await _excuses(act, asked, known)
    plan = await maintenance.history(act.session, act.directory, asked)
    found = {}
    for channel in act.directory.live_channels:
        own = excuses.get(channel, [])
        own += [Excuse(span, Share.PLANNED) for span in plan.covered(channel, asked)] if plan.windows else []
        found[channel] = stretches(turns.get(channel, ()), own, asked)
    return found


async def _cases(act: Act, asked: Span, known: Iterable[Incident]) -> tuple[Case, ...]:
    counted = {each.id: each for each in known if counting.counts(each, asked)}
    told = await incidents.events_between(act.session, asked.start, asked.end)
    return tuple(
        counting.case(each, clock_of(told[id_], act.at)) for id_, each in counted.items() if id_ in told
    )


async def _excuses(act: Act, asked: Span, known: Iterable[Incident]) -> dict[int, list[Excuse]]:
    unit_of = {id_: each.unit_id for id_, each in act.directory.channels.items()}
    found: dict[int, list[Excuse]] = defaultdict(list)
    for incident in await _as_agreed(act, known):
        for channel, excuse in attribution.excuses(incident, unit_of, asked.end):
            found[channel].append(excuse)
    for channel, spans in (await spells.within(act.session, AFTER_HOURS, asked)).items():
        found[channel] += [Excuse(each, Share.SWITCHED_OFF) for each in spans]
    return found


async def _as_agreed(act: Act, known: Iterable[Incident]) -> list[Incident]:
    """Return the incidents with the cause that two people agreed on, where they did."""
    decided, found = await incidents.decided(act.session), []
    for incident in known:
        if incident.id in decided:
            agreed = clock_of(await incidents.events(act.session, incident.id), act.at).cause
            found.append(replace(incident, cause=agreed or incident.cause))
        else:
            found.append(incident)
    return found


async def _quality(act: Act, asked: Span) -> dict[int, Quality]:
    by_series = await rollups.totals(act.session, asked.start, asked.end)
    found = {}
    for channel in act.directory.live_channels:
        own = [by_series[each] for each in act.directory.series_of(channel) if each in by_series]
        if own:
            found[channel] = total(own)
    return found


async def _loads(act: Act, asked: Span) -> dict[int, Load]:
    first, last = (
        each.astimezone(act.zone).date() for each in (asked.start, asked.end - timedelta.resolution)
    )
    measured = await traffic.days(act.session, first, last)
    over = await spells.within(act.session, OVERLOADED, asked)
    found = {}
    for channel, each in measured.items():
        if channel in act.directory.live_channels:
            lasted = sum((span.length for span in over.get(channel, ())), timedelta())
            one = load(each, act.directory.channels[channel].bandwidth_mbps, lasted)
            if one is not None:
                found[channel] = one
    return found
