"""Look: an incident as known now, gathered for a card; nothing is written."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from incidents.finding import Finding
from incidents.model import Incident, LineState
from incidents.said import Kind, Power
from incidents.sla import Deadline, restored_by
from incidents.supplement import Medium
from operations.claims import Claim, claims
from operations.desk import Act
from operations.excuse import Excused, read
from operations.extent import Extent, extent
from operations.promise import bound_by, deadline_of, restore_in
from operations.service_view import ServiceView, service_view
from storage import attachments, intervals, people, reports, spells
from storage.spells import AFTER_HOURS, FLAPPING
from storage.tables import Attachment, Report, Team, Unit

WORDS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Words:
    """What a person reported, for the own unit or on behalf of one that telephoned; *came* if not at once."""

    name: str
    unit: str
    kind: Kind
    at: datetime
    came: datetime | None
    words: tuple[str, ...]
    finding: Finding
    on_behalf: bool
    channel: str | None  # which of the unit's is meant


@dataclass(frozen=True, slots=True)
class Addition:
    """What a person added in words, or said of a file."""

    name: str
    at: datetime
    words: str


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
    service: ServiceView | None  # of one that is a service's
    backup: str | None  # another channel of the unit, which carries it meanwhile
    flapping: datetime | None  # since when
    owner: str | None
    team: str | None
    teams: tuple[tuple[int, str], ...]  # offered, nearest first
    deadline: Deadline | None
    restore_by: datetime | None
    power: tuple[tuple[str, Power], ...]  # what its units say they have
    reports: tuple[Words, ...]
    claims: tuple[Claim, ...]  # what was said after them
    files: tuple[tuple[Medium, int], ...] = ()  # how many of each kind were added
    additions: tuple[Addition, ...] = ()  # the last words
    excused: Excused | None = None  # what its line was taken for until this outage
    point: tuple[float, float] | None = None  # latitude and longitude of the unit
    team_chats: bool = True  # False where the desk stands in for a team without a chat


async def incident_view(act: Act, incident: Incident) -> IncidentView:
    """Return what a card shows of *incident*."""
    inventory = act.directory
    unit = inventory.units[incident.unit]
    root = inventory.channels.get(incident.root) if incident.root else None
    carrier = inventory.carriers.get(root.carrier_id) if root and root.carrier_id else None
    owner = await people.by_ids(act.session, [incident.owner] if incident.owner else [])
    team = inventory.teams.get(incident.assignment.team) if incident.assignment else None
    bound, restore = bound_by(act, incident), restore_in(act, incident)
    added = await attachments.of_incident(act.session, incident.id)
    return IncidentView(
        incident=incident,
        unit=unit.name,
        area=area_of(act, unit),
        address=unit.address,
        point=_point(unit),
        channel=root.code if root else None,
        carrier=carrier.name if carrier else None,
        hotline=bound.hotline if bound else None,
        silent=tuple(_silent(act, incident)),
        extent=extent(act, incident),
        service=await service_view(act, incident),
        backup=await _backup(act, incident),
        flapping=await _flapping(act, incident),
        excused=await excused_until(act, incident.root, incident.began),
        owner=owner[incident.owner].name if incident.owner else None,
        team=team.name if team else None,
        team_chats=team is None or team.chat_id is not None,
        teams=tuple(offers(inventory.teams_for(unit.id or 0), root.carrier_id if root else None)),
        deadline=deadline_of(act, incident),
        restore_by=None if incident.suspended else restored_by(incident, restore),
        power=tuple((inventory.units[unit].name, power) for unit, power in incident.power),
        reports=await _words(act, incident.id),
        claims=await claims(act, incident.id),
        files=_files(added),
        additions=await _additions(act, added),
    )


def offers(teams: Iterable[Team], carrier: int | None) -> list[tuple[int, str]]:
    """Return the teams to offer: those of the line's carrier first, else as near as they are."""
    ranked = sorted(teams, key=lambda team: carrier is not None and team.carrier_id != carrier)
    return [(team.id, team.name) for team in ranked if team.id is not None]


def area_of(act: Act, unit: Unit) -> str | None:
    """Return the name of the unit's area, where it has one."""
    area = act.directory.area(unit.id or 0)
    return area.name if area else None


def _point(unit: Unit) -> tuple[float, float] | None:
    return None if unit.latitude is None or unit.longitude is None else (unit.latitude, unit.longitude)


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
    groups = await reports.of_incident(act.session, incident_id, WORDS_SHOWN)
    names = await people.by_ids(act.session, [first.person_id for first, *_ in groups])
    return tuple(_as_said(act, group, names[group[0].person_id].name) for group in groups)


def _as_said(act: Act, group: list[Report], name: str) -> Words:
    first = group[0]
    late = first.at - first.said_at > act.policies.reporting.late
    return Words(
        name=name,
        unit=act.directory.units[first.unit_id].name,
        kind=Kind(group[-1].kind),
        at=first.said_at,
        came=first.at if late else None,
        words=tuple(dict.fromkeys(each.words for each in group if each.words)),
        finding=Finding(first.finding),
        on_behalf=first.on_behalf,
        channel=act.directory.channels[first.channel_id].code if first.channel_id else None,
    )


def _files(added: Iterable[Attachment]) -> tuple[tuple[Medium, int], ...]:
    counts = Counter(each.kind for each in added if each.file_id is not None)
    return tuple((kind, counts[kind]) for kind in Medium if counts[kind])


async def _additions(act: Act, added: Sequence[Attachment]) -> tuple[Addition, ...]:
    said = [each for each in added if each.caption][-WORDS_SHOWN:]
    names = await people.by_ids(act.session, [each.person_id for each in said])
    return tuple(Addition(names[each.person_id].name, each.at, each.caption) for each in said)
