"""Look: an incident, a unit or the whole network as known now, gathered for a card; nothing is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from incidents.bandwidth import Usage
from incidents.finding import Finding
from incidents.model import Incident, LineState
from incidents.sla import Deadline, next_deadline, restore_within
from incidents.summary import OUT, UNSEEN
from locales.collation import sort_key
from operations.desk import Act
from operations.meter import OVERLOADED, week
from storage import incidents, intervals, people, samples, spells
from storage.samples import Quality
from storage.tables import Report, Team, Unit

RECENT = timedelta(minutes=5)
WORDS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Words:
    """What a person reported."""

    name: str
    at: datetime
    words: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An incident with the names a card needs; *silent* are the units out with it, its own first."""

    incident: Incident
    unit: str
    area: str | None
    address: str | None
    channel: str | None
    carrier: str | None
    hotline: str | None
    silent: tuple[str, ...]
    owner: str | None
    team: str | None
    teams: tuple[tuple[int, str], ...]  # offered, nearest first
    deadline: Deadline | None
    restore_by: datetime | None
    reports: tuple[Words, ...]


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
    overloaded: datetime | None  # since when


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
    """How many channels of an area are out, and how many are not seen by us, of how many."""

    area: str
    out: int
    unseen: int
    total: int


async def incident_view(act: Act, incident: Incident) -> IncidentView:
    """Return what a card shows of *incident*."""
    inventory = act.directory
    unit = inventory.units[incident.unit]
    root = inventory.channels.get(incident.root) if incident.root else None
    carrier = inventory.carriers.get(root.carrier_id) if root and root.carrier_id else None
    owner = await people.by_ids(act.session, [incident.owner] if incident.owner else [])
    team = inventory.teams.get(incident.assignment.team) if incident.assignment else None
    bound = inventory.carriers[team.carrier_id] if team else carrier  # whose promise runs
    accept = act.policies.promise.accept
    if bound and bound.respond_minutes is not None:
        accept = timedelta(minutes=bound.respond_minutes)
    restore = restore_within(act.policies.promise, unit.sla_class, bound.restore_minutes if bound else None)
    return IncidentView(
        incident=incident,
        unit=unit.name,
        area=_area(act, unit),
        address=unit.address,
        channel=root.code if root else None,
        carrier=carrier.name if carrier else None,
        hotline=bound.hotline if bound else None,
        silent=tuple(_silent(act, incident)),
        owner=owner[incident.owner].name if incident.owner else None,
        team=team.name if team else None,
        teams=tuple(offers(inventory.teams_for(unit.id or 0), root.carrier_id if root else None)),
        deadline=next_deadline(incident, act.policies.promise, accept, restore),
        restore_by=incident.assignment.at + restore if incident.assignment else None,
        reports=await _words(act, incident.id),
    )


def offers(teams: Iterable[Team], carrier: int | None) -> list[tuple[int, str]]:
    """Return the teams to offer: those of the line's carrier first, else as near as they are."""
    ranked = sorted(teams, key=lambda team: carrier is not None and team.carrier_id != carrier)
    return [(team.id, team.name) for team in ranked if team.id is not None]


async def unit_view(act: Act, unit: Unit) -> UnitView:
    """Return the unit with each of its channels as it stands."""
    assert unit.id is not None
    latest = await intervals.latest(act.session)
    present = await spells.present(act.session)
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
                overloaded=next((s.began for s in present.get(id_, ()) if s.kind == OVERLOADED), None),
            )
        )
    own = set(act.directory.channels_of(unit.id))
    live = await incidents.live(act.session)
    touching = tuple(each for each in live if each.unit == unit.id or own & set(each.silent))
    return UnitView(unit.name, _area(act, unit), unit.address, tuple(channels), touching)


async def out_by_area(act: Act, scope: int | None = None) -> list[AreaCount]:
    """Return, for every area in *scope*, how many of its channels are out; areas in Vietnamese order."""
    latest = await intervals.latest(act.session)
    counts: dict[str, list[int]] = {}
    for id_, channel in act.directory.live_channels.items():
        if not act.directory.within(channel.unit_id, scope):
            continue
        count = counts.setdefault(act.directory.table_area(channel.unit_id), [0, 0, 0])
        state = LineState(latest[id_].state) if id_ in latest else LineState.UNKNOWN
        count[0] += state in OUT
        count[1] += state in UNSEEN
        count[2] += 1
    return [AreaCount(area, *counts[area]) for area in sorted(counts, key=sort_key)]


async def out_units(act: Act, scope: int) -> list[tuple[str, datetime]]:
    """Return the units in *scope* with a channel out now, each with since when, the longest first."""
    latest = await intervals.latest(act.session)
    out = [
        (act.directory.units[channel.unit_id].name, latest[id_].since)
        for id_, channel in act.directory.live_channels.items()
        if id_ in latest and latest[id_].state in OUT and act.directory.within(channel.unit_id, scope)
    ]
    return sorted(out, key=lambda each: each[1])


def _area(act: Act, unit: Unit) -> str | None:
    area = act.directory.area(unit.id or 0)
    return area.name if area else None


def _silent(act: Act, incident: Incident) -> Iterable[str]:
    channels = sorted(incident.silent, key=lambda channel: channel != incident.root)
    return dict.fromkeys(act.directory.unit_of(channel).name for channel in channels)


async def _words(act: Act, incident_id: int) -> tuple[Words, ...]:
    rows = (
        await act.session.exec(
            select(Report)
            .where(Report.incident_id == incident_id)
            .order_by(col(Report.id).desc())
            .limit(WORDS_SHOWN)
        )
    ).all()
    names = await people.by_ids(act.session, [row.person_id for row in rows])
    return tuple(
        Words(names[row.person_id].name, row.at, row.words, Finding(row.finding)) for row in reversed(rows)
    )
