"""Survey: a unit, an area or the whole network as it stands; nothing is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from incidents.bandwidth import Usage
from incidents.degradation import Excess
from incidents.maintenance import Purpose
from incidents.model import Incident, LineState
from incidents.summary import OUT, UNSEEN
from locales.collation import sort_key
from operations.assess import reasons_of
from operations.desk import Act
from operations.excuse import Excused, read
from operations.look import area_of
from operations.meter import week
from operations.works import Works, works_of
from storage import incidents, intervals, maintenance, samples, spells
from storage.samples import Quality
from storage.spells import AFTER_HOURS, DEGRADED
from storage.tables import Spell, Unit

RECENT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Condition:
    """What has come over a channel: a kind of spell, since when, and what is beyond its bound."""

    kind: str
    since: datetime
    reasons: tuple[Excess, ...] = ()
    excused: Excused | None = None  # of a line that is switched off after hours


@dataclass(frozen=True, slots=True)
class OutUnit:
    """A unit with a channel out, since when, and whether another of its channels carries it meanwhile.

    *off*: it is no outage, the unit is switched off after hours.
    """

    name: str
    since: datetime
    carried: bool
    off: bool = False


@dataclass(frozen=True, slots=True)
class ChannelView:
    """A channel as it stands, with what the probes said in the last minutes."""

    code: str
    kind: str
    unit: str
    state: LineState
    since: datetime | None
    carrier: str | None
    uplink: str | None
    quality: Quality
    mbps: float | None
    usage: Usage | None  # of the last week; None without a meter
    conditions: tuple[Condition, ...]
    works: Works | None
    muted: Works | None = None


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit, its channels and its live incidents."""

    unit: str
    area: str | None
    address: str | None
    channels: tuple[ChannelView, ...]
    incidents: tuple[Incident, ...]


@dataclass(frozen=True, slots=True)
class AreaCount:
    """How many channels of an area are out, not seen by us, and switched off after hours, of how many."""

    area: str
    out: int
    unseen: int
    total: int
    off: int = 0


async def unit_view(act: Act, unit: Unit) -> UnitView:
    """Return the unit with each of its channels as it stands."""
    assert unit.id is not None
    latest = await intervals.latest(act.session)
    present = await spells.present(act.session)
    plan = await maintenance.planned(act.session, act.directory, act.at)
    channels = []
    for id_ in act.directory.channels_of(unit.id):
        row = latest.get(id_)
        channel = act.directory.channels[id_]
        uplink = channel.uplink_id
        channels.append(
            ChannelView(
                code=channel.code,
                kind=channel.kind,
                unit=unit.name,
                state=LineState(row.state) if row else LineState.UNKNOWN,
                since=row.since if row else None,
                carrier=act.directory.carriers[channel.carrier_id].name if channel.carrier_id else None,
                uplink=act.directory.unit_of(uplink).name if uplink else None,
                quality=await samples.quality(act.session, act.directory.series_of(id_), act.at - RECENT),
                mbps=channel.bandwidth_mbps,
                usage=await week(act, id_) if channel.meter else None,
                conditions=conditions(present.get(id_, ())),
                works=works_of(act, plan, id_),
                muted=works_of(act, plan, id_, Purpose.MUTE),
            )
        )
    own = set(act.directory.channels_of(unit.id))
    live = await incidents.live(act.session)
    touching = tuple(
        each for each in live if (each.unit == unit.id and not each.security) or own & set(each.silent)
    )
    return UnitView(unit.name, area_of(act, unit), unit.address, tuple(channels), touching)


async def out_by_area(act: Act, scope: int | None = None) -> list[AreaCount]:
    """Return, for every area in *scope*, how many of its channels are out; areas in Vietnamese order."""
    latest = await intervals.latest(act.session)
    off = await switched_off(act)
    counts: dict[str, list[int]] = {}
    for id_, channel in act.directory.live_channels.items():
        if not act.directory.within(channel.unit_id, scope):
            continue
        count = counts.setdefault(act.directory.table_area(channel.unit_id), [0, 0, 0, 0])
        state = LineState(latest[id_].state) if id_ in latest else LineState.UNKNOWN
        count[0] += state in OUT and id_ not in off
        count[1] += state in UNSEEN
        count[2] += 1
        count[3] += state in OUT and id_ in off
    return [AreaCount(area, *counts[area]) for area in sorted(counts, key=sort_key)]


async def out_units(act: Act, scope: int) -> list[OutUnit]:
    """Return the units in *scope* with a channel out now, the longest first, those that are off last."""
    latest = await intervals.latest(act.session)
    off = await switched_off(act)
    found = []
    for id_, channel in act.directory.live_channels.items():
        if id_ in latest and latest[id_].state in OUT and act.directory.within(channel.unit_id, scope):
            siblings = act.directory.channels_of(channel.unit_id)
            carried = any(each in latest and latest[each].state == LineState.UP for each in siblings)
            unit = act.directory.units[channel.unit_id]
            found.append(OutUnit(unit.name, latest[id_].since, carried, id_ in off))
    return sorted(found, key=lambda each: (each.off, each.since))


async def switched_off(act: Act) -> frozenset[int]:
    """Return the channels that are switched off after hours, as they usually are."""
    return frozenset(await spells.of_kind(act.session, AFTER_HOURS))


def conditions(present: Iterable[Spell]) -> tuple[Condition, ...]:
    """Return the spells that have not ended as what they mean for the line."""
    return tuple(
        Condition(
            each.kind,
            each.began,
            reasons_of(each.data) if each.kind == DEGRADED else (),
            read(each) if each.kind == AFTER_HOURS else None,
        )
        for each in present
    )
