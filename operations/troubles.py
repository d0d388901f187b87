"""Troubles: the lines that are out, and those of bad quality, as lists have them; nothing is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from incidents.degradation import BEST, Measure
from incidents.model import LineState
from incidents.summary import OUT
from locales.collation import sort_key
from operations.desk import Act
from operations.survey import Condition, conditions, switched_off
from storage import incidents, intervals, maintenance, spells
from storage.spells import AFTER_HOURS
from storage.tables import Interval


@dataclass(frozen=True, slots=True)
class OutLine:
    """A line that is out, since when, and why that may be no trouble.

    *carried*: another line of its unit is up. *off*: switched off after hours. *works*: under planned work.
    *ticket* is the number of its own, if there is one.
    """

    area: str
    unit: str
    channel: str
    since: datetime
    carried: bool = False
    off: bool = False
    works: bool = False
    ticket: int | None = None


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is up, and what has come over it."""

    unit: str
    area: str | None
    channel: str
    conditions: tuple[Condition, ...]


async def out_lines(act: Act, scope: int | None) -> tuple[OutLine, ...]:
    """Return the lines in *scope* that are out, by areas, the worst hit first, there the longest first."""
    latest = await intervals.latest(act.session)
    off, plan = await switched_off(act), await maintenance.planned(act.session, act.directory, act.at)
    tickets = {line: each.id for each in await incidents.live(act.session) for line in each.silent}
    found = [
        OutLine(
            area=act.directory.table_area(channel.unit_id),
            unit=act.directory.units[channel.unit_id].name,
            channel=channel.code,
            since=latest[id_].since,
            carried=_is_carried(act, latest, channel.unit_id),
            off=id_ in off,
            works=plan.covers(id_, act.at) is not None,
            ticket=tickets.get(id_),
        )
        for id_, channel in act.directory.live_channels.items()
        if id_ in latest and latest[id_].state in OUT and act.directory.within(channel.unit_id, scope)
    ]
    return _by_area(found)


async def bad_lines(act: Act, scope: int | None) -> tuple[BadLine, ...]:
    """Return the lines in *scope* of bad quality, flapping or overloaded, the worst first."""
    latest = await intervals.latest(act.session)
    found = []
    for id_, present in (await spells.present(act.session)).items():
        channel = act.directory.live_channels.get(id_)
        of = conditions(each for each in present if each.kind != AFTER_HOURS)
        up = id_ in latest and latest[id_].state == LineState.UP
        if channel is None or not of or not up or not act.directory.within(channel.unit_id, scope):
            continue
        area = act.directory.area(channel.unit_id)
        unit = act.directory.units[channel.unit_id].name
        found.append(BadLine(unit, area.name if area else None, channel.code, of))
    return tuple(sorted(found, key=lambda each: (-badness(each), sort_key(each.unit))))


def badness(line: BadLine) -> float:
    """Return by how many times the worst of its measures is beyond its bound; 0 where none is measured."""
    return max(
        (
            (BEST - each.value) / (BEST - each.bound)
            if each.measure is Measure.RATING
            else each.value / each.bound
            for condition in line.conditions
            for each in condition.reasons
        ),
        default=0.0,
    )


def _is_carried(act: Act, latest: Mapping[int, Interval], unit: int) -> bool:
    siblings = act.directory.channels_of(unit)
    return any(each in latest and latest[each].state == LineState.UP for each in siblings)


def _by_area(lines: Iterable[OutLine]) -> tuple[OutLine, ...]:
    found = list(lines)
    counts: dict[str, int] = {}
    for each in found:
        counts[each.area] = counts.get(each.area, 0) + 1
    return tuple(
        sorted(found, key=lambda each: (each.off, -counts[each.area], sort_key(each.area), each.since))
    )
