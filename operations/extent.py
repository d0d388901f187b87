"""Extent: how far an incident reaches that many lines share, and by which rule it is one."""

from dataclasses import dataclass

from incidents.model import Incident
from incidents.policy import Common
from incidents.wide import Scope
from intents.wording import bare_name
from locales.collation import sort_key
from operations.desk import Act


@dataclass(frozen=True, slots=True)
class AreaShare:
    """How many of the incident's channels in an area are out, of how many that the area has."""

    area: str
    out: int
    total: int


@dataclass(frozen=True, slots=True)
class Extent:
    """What the lines share, by name, how many of it are out and how many are back; *rule* made it one."""

    scope: Scope
    name: str
    out: int
    total: int
    back: int
    areas: tuple[AreaShare, ...]
    rule: Common


def extent(act: Act, incident: Incident) -> Extent | None:
    """Return how far *incident* reaches; None where it is of one line, with what hangs behind it."""
    wide = incident.wide
    if wide is None:
        return None
    ever = {member.channel for member in incident.members}
    return Extent(
        scope=wide.scope,
        name=shared_name(act, incident),
        out=len(incident.silent),
        total=wide.total,
        back=len(ever - set(incident.silent)),
        areas=_areas(act, incident),
        rule=act.policies.common,
    )


def shared_name(act: Act, incident: Incident) -> str:
    """Return what the lines of an incident of many share, by name."""
    wide = incident.wide
    assert wide is not None
    if wide.scope is Scope.CARRIER and wide.of is not None:
        return act.directory.carriers[wide.of].name
    return act.directory.units[incident.unit].name


def _areas(act: Act, incident: Incident) -> tuple[AreaShare, ...]:
    out: dict[str, int] = {}
    total: dict[str, int] = {}
    for channel in act.directory.live_channels:
        area = bare_name(act.directory.table_area(act.directory.channels[channel].unit_id))
        total[area] = total.get(area, 0) + 1
        if channel in incident.silent:
            out[area] = out.get(area, 0) + 1
    return tuple(AreaShare(area, out[area], total[area]) for area in sorted(out, key=sort_key))
