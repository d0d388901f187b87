"""Spread: one incident for what many lines share: opened for a cluster, joined by those that fall late."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from incidents.actions import Join, Merge
from incidents.lifecycle import Step
from incidents.model import Incident, Member, Severity, Status
from incidents.wide import Cluster, Fallen, Group, Scope, Wide, clusters
from operations.desk import Act
from operations.power import carry_over
from operations.respond import begin, take, take_quietly
from operations.watching import groups
from storage import incidents

Since = Mapping[int, datetime]
SEVERITY = {
    Scope.AREA: Severity.HIGH,
    Scope.CARRIER: Severity.URGENT,
    Scope.PROVINCE: Severity.URGENT,
    Scope.TOTAL: Severity.URGENT,
}


async def join_late(act: Act, since: Since) -> Since:
    """Have each line join an incident of many that began not long before; return those that have none."""
    found: dict[int, list[int]] = {}
    young = [each for each in await incidents.live(act.session) if _still_gathers(act, each)]
    for channel in since:
        own = groups(act.directory, channel)
        for incident in young:
            if incident.wide and Group(incident.wide.scope, incident.wide.of) in own:
                found.setdefault(incident.id, []).append(channel)
                break
    for incident in young:
        if channels := found.get(incident.id):
            await _join(act, incident, channels, since)
    joined = {channel for channels in found.values() for channel in channels}
    return {channel: began for channel, began in since.items() if channel not in joined}


async def spread(act: Act, since: Since, parent: int | None = None) -> Since:
    """Open one incident for each cluster of lines, with what fell just before; return those of none."""
    left = dict(since)
    fresh = {line: ticket for line, ticket in (await _fresh(act)).items() if ticket.id != parent}
    for cluster in _clusters(act, (*since, *fresh)):
        if left.keys().isdisjoint(cluster.channels):
            continue
        singles = [fresh[each] for each in cluster.channels if each in fresh]
        joined = dict(since) | {m.channel: m.joined for each in singles for m in each.members if not m.left}
        taken = sorted(channel for each in singles for channel in each.silent)
        channels = tuple(dict.fromkeys((*cluster.channels, *taken)))
        opened = await _open(act, cluster.wide, channels, joined, parent)
        await _take_in(act, opened, singles)
        left = {channel: began for channel, began in left.items() if channel not in channels}
    return left


async def lose_all(act: Act, since: Since) -> None:
    """Open the one incident of all lines, or have more join it: there is no anchor to say if we see."""
    live = await incidents.live(act.session)
    held = {channel for each in live for channel in each.silent}
    channels = tuple(channel for channel in since if channel not in held)
    if not channels:
        return
    total = (each for each in live if each.silent and each.wide and each.wide.scope is Scope.TOTAL)
    if (known := next(total, None)) is not None:
        await _join(act, known, channels, since)
    else:
        await _open(act, Wide(Scope.TOTAL, None, len(act.directory.live_channels)), channels, since)


def _still_gathers(act: Act, incident: Incident) -> bool:
    if incident.wide is None or not incident.silent:
        return False
    return act.at - max(member.joined for member in incident.members) <= act.policies.common.late


async def _join(act: Act, incident: Incident, channels: Sequence[int], since: Since) -> None:
    step = await take(act, incident, Join(tuple(channels), min(since[each] for each in channels)))
    if isinstance(step, Step):
        await _take_in(act, step.after, ())


async def _fresh(act: Act) -> dict[int, Incident]:
    """Return the tickets of lines that fell just before, which nobody works at, by their lines."""
    return {
        incident.root: incident
        for incident in await incidents.live(act.session)
        if incident.root is not None
        and incident.root in incident.silent
        and _untouched(incident)
        and act.at - incident.opened <= act.policies.common.window
    }


def _untouched(incident: Incident) -> bool:
    return incident.status is Status.OPEN and incident.assignment is None and incident.wide is None


def _clusters(act: Act, channels: Iterable[int]) -> list[Cluster]:
    inventory = act.directory
    sizes: dict[Group, int] = {}
    for channel in inventory.live_channels:
        for group in groups(inventory, channel):
            sizes[group] = sizes.get(group, 0) + 1
    fallen = [Fallen(channel, groups(inventory, channel)) for channel in channels]
    return clusters(fallen, sizes, act.policies.common)


async def _take_in(act: Act, incident: Incident, singles: Collection[Incident]) -> None:
    """Make *singles*, and what was only reported of the units that are out, a part of *incident*."""
    units = {act.directory.channels[channel].unit_id for channel in incident.silent}
    live = await incidents.live(act.session)
    reported = [each for each in live if each.unit in units and _only_reported(each)]
    for ticket in (*singles, *reported):
        await incidents.move_reports(act.session, ticket.id, incident.id, {ticket.unit, *units})
        incident = await carry_over(act, ticket, incident, {ticket.unit, *units})
        await take_quietly(act, ticket, Merge(incident.id))


def _only_reported(incident: Incident) -> bool:
    return incident.of_lines and not incident.members and incident.owner is None


async def _open(
    act: Act, wide: Wide, channels: Sequence[int], since: Since, parent: int | None = None
) -> Incident:
    inventory = act.directory
    unit = wide.of if wide.scope is Scope.AREA else None
    top = list(inventory.above(inventory.channels[channels[0]].unit_id))[-1].id
    incident = Incident(
        unit=unit or top or 0,
        opened=act.at,
        root=channels[0],
        members=tuple(Member(channel, since[channel]) for channel in channels),
        severity=SEVERITY[wide.scope],
        parent=parent,
        wide=wide,
    )
    return await begin(act, incident, "wide")
