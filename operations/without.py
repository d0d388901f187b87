"""Without: which units have no connection now, by level, cause and area, as a report says it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from incidents.model import Cause, Incident, LineState
from incidents.said import Power
from incidents.span import Span
from incidents.summary import OUT, UNSEEN
from locales.collation import sort_key
from operations.desk import Act
from storage import incidents, intervals, maintenance, spells
from storage.tables import Unit

COMMUNES = frozenset({"xã", "phường", "thị trấn", "đặc khu"})  # kinds of units, as the inventory has them
PLANNED = "planned"  # what stands for a cause where work was announced


@dataclass(frozen=True, slots=True)
class Area:
    """An area with how many of its units of one level are out, of how many."""

    name: str
    out: int
    total: int


@dataclass(frozen=True, slots=True)
class Group:
    """Units that are out for one cause, by area and by name; None: nobody has confirmed why."""

    cause: str | None
    areas: tuple[Area, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """The units of the communes, or those above them: how many there are, and those that are out."""

    communes: bool
    total: int
    areas: int  # that they are in
    groups: tuple[Group, ...]

    @property
    def out(self) -> int:
        """How many are out."""
        return sum(len(each.names) for each in self.groups)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the units stand: by level, and how many are switched off after hours or not seen by us."""

    levels: tuple[Level, ...]
    off: int
    unseen: int


async def standing(act: Act, scope: int | None) -> Standing:
    """Return how the units of *scope* stand at the time of *act*, be it past.

    A unit is out where none of its channels carries it.
    """
    now = Span(act.at, act.at + timedelta.resolution)
    turns = await intervals.turns(act.session, now.start, now.end)
    off = (await spells.within(act.session, spells.AFTER_HOURS, now)).keys()
    channels: dict[int, list[int]] = defaultdict(list)
    for id_, channel in act.directory.live_channels.items():
        if act.directory.within(channel.unit_id, scope):
            channels[channel.unit_id].append(id_)
    states = {
        unit: [turns[id_][-1].state if id_ in turns else LineState.UNKNOWN for id_ in own]
        for unit, own in channels.items()
    }
    dark = {unit for unit, own in states.items() if LineState.UP not in own and not OUT.isdisjoint(own)}
    gone = {unit for unit in dark if not off.isdisjoint(channels[unit])}
    why = await _causes(act, {unit: channels[unit] for unit in dark - gone}, now)
    return Standing(
        tuple(_levels(act, channels, why)),
        off=len(gone),
        unseen=sum(UNSEEN.issuperset(own) for own in states.values()),
    )


async def _causes(act: Act, out: Mapping[int, Iterable[int]], now: Span) -> dict[int, str | None]:
    """Return why each unit is *out*: announced work, a confirmed cause, its word on its power, or None."""
    plan = await maintenance.history(act.session, act.directory, now)
    ticket = {
        member.channel: each
        for each in await incidents.between(act.session, now.start, now.end)
        for member in each.members
        if member.joined <= act.at and (member.left is None or member.left > act.at)
    }
    found: dict[int, str | None] = {}
    for unit, channels in out.items():
        planned = any(plan.covers(id_, act.at) for id_ in channels)
        known = (_cause(ticket[id_], unit) for id_ in channels if id_ in ticket)
        found[unit] = PLANNED if planned else next((each for each in known if each), None)
    return found


def _cause(incident: Incident, unit: int) -> Cause | None:
    return incident.cause or (Cause.POWER if dict(incident.power).get(unit) is Power.OUT else None)


def _levels(act: Act, units: Iterable[int], why: Mapping[int, str | None]) -> Iterable[Level]:
    by_level: dict[bool, list[Unit]] = {True: [], False: []}
    for id_ in units:
        unit = act.directory.units[id_]
        by_level[unit.kind.casefold() in COMMUNES].append(unit)
    for communes, own in by_level.items():
        if own:
            yield _level(act, communes=communes, units=own, why=why)


def _level(act: Act, *, communes: bool, units: list[Unit], why: Mapping[int, str | None]) -> Level:
    area = {unit.id: act.directory.table_area(unit.id or 0) for unit in units}
    totals: dict[str, int] = defaultdict(int)
    groups: dict[str | None, list[Unit]] = defaultdict(list)
    for unit in units:
        totals[area[unit.id]] += 1
        if unit.id is not None and unit.id in why:
            groups[why[unit.id]].append(unit)
    found = [_group(cause, own, area, totals) for cause, own in groups.items()]
    found.sort(key=lambda each: (each.cause is None, -len(each.names)))
    return Level(communes, len(units), len(totals), tuple(found))


def _group(
    cause: str | None, units: Iterable[Unit], area: Mapping[int | None, str], totals: Mapping[str, int]
) -> Group:
    counts: dict[str, int] = defaultdict(int)
    for unit in units:
        counts[area[unit.id]] += 1
    names = sorted((unit.name for unit in units), key=sort_key)
    areas = (Area(name, counts[name], totals[name]) for name in sorted(counts, key=sort_key))
    return Group(cause, tuple(areas), tuple(names))
