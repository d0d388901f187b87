"""Look: an incident as known now, gathered for a card; nothing is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from incidents.finding import Finding
from incidents.model import Incident, LineState
from incidents.sla import Deadline, next_deadline, restore_within
from operations.desk import Act
from operations.excuse import Excused, read
from operations.extent import Extent, extent
from storage import intervals, people, spells
from storage.spells import AFTER_HOURS, FLAPPING
from storage.tables import Report, Team, Unit

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
    extent: Extent | None  # of one that many lines share
    backup: str | None  # another channel of the unit, which carries it meanwhile
    flapping: datetime | None  # since when
    owner: str | None
    team: str | None
    teams: tuple[tuple[int, str], ...]  # offered, nearest first
    deadline: Deadline | None
    restore_by: datetime | None
    reports: tuple[Words, ...]
    excused: Excused | None = None  # what its line was taken for until this outage


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
        area=area_of(act, unit),
        address=unit.address,
        channel=root.code if root else None,
        carrier=carrier.name if carrier else None,
        hotline=bound.hotline if bound else None,
        silent=tuple(_silent(act, incident)),
        extent=extent(act, incident),
        backup=await _backup(act, incident),
        flapping=await _flapping(act, incident),
        excused=await excused_until(act, incident.root, incident.began),
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


def area_of(act: Act, unit: Unit) -> str | None:
    """Return the name of the unit's area, where it has one."""
    area = act.directory.area(unit.id or 0)
    return area.name if area else None


def _silent(act: Act, incident: Incident) -> Iterable[str]:
    channels = sorted(incident.silent, key=lambda channel: channel != incident.root)
    return dict.fromkeys(act.directory.unit_of(channel).name for channel in channels)


async def _backup(act: Act, incident: Incident) -> str | None:
    """Return the code of a channel that carries the unit while others of it are out."""
    if incident.wide is not None or not incident.silent:
        return None
    siblings = set(act.directory.channels_of(incident.unit))
    if siblings <= set(incident.silent) or siblings.isdisjoint(incident.silent):
        return None
    latest = await intervals.latest(act.session)
    up = (each for each in sorted(siblings) if each in latest and latest[each].state == LineState.UP)
    return next((act.directory.channels[each].code for each in up), None)


async def _flapping(act: Act, incident: Incident) -> datetime | None:
    spell = await spells.open_(act.session, incident.root, FLAPPING) if incident.root else None
    return spell.began if spell else None


async def excused_until(act: Act, channel: int | None, began: datetime | None) -> Excused | None:
    """Return what the channel was taken for up to the moment at which its outage *began*."""
    if channel is None or began is None:
        return None
    spell = await spells.ended_at(act.session, channel, AFTER_HOURS, began)
    return None if spell is None else read(spell)


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
