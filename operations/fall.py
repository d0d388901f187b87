"""Fall: lines are down, and each belongs to an incident: of many, of its own, or one that has it already."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from incidents.lifecycle import Step
from incidents.model import Incident, Join, Leave, Member, Merge, Severity, Status
from incidents.wide import Cluster, Fallen, Group, Scope, Wide, clusters
from operations.desk import Act
from operations.flutter import flutter
from operations.maintain import begin_flexible
from operations.respond import begin, take, take_quietly
from operations.watching import groups
from storage import incidents, maintenance

Since = Mapping[int, datetime]
SEVERITY = {
    Scope.AREA: Severity.HIGH,
    Scope.CARRIER: Severity.URGENT,
    Scope.PROVINCE: Severity.URGENT,
    Scope.TOTAL: Severity.URGENT,
}


async def fall(act: Act, since: Since) -> None:
    """Write to which incident each of the channels that are down, each *since* then, belongs."""
    stirred = [channel for channel in since if not await _stays(act, channel, since[channel])]
    if not stirred:
        return
    plan = await maintenance.planned(act.session, act.directory, act.at)
    plan = await begin_flexible(act, plan, {channel: since[channel] for channel in stirred})
    free = [channel for channel in stirred if plan.covers(channel, act.at) is None]
    await flutter(act, free)
    for channels, incident in await _late(act, free):
        await take(act, incident, Join(channels, min(since[each] for each in channels)))
        free = [each for each in free if each not in channels]
    for cluster, singles in await _gathered(act, free):
        await _spread(act, cluster, singles, since)
        free = [each for each in free if each not in cluster.channels]
    for channel in free:
        await _alone(act, channel, since[channel])


async def open_total(act: Act, since: Since) -> None:
    """Open the one incident of all lines: nothing answers, and there is no anchor to say whether we see."""
    held = {channel for each in await incidents.live(act.session) for channel in each.silent}
    channels = tuple(channel for channel in since if channel not in held)
    if channels:
        await _open(act, Wide(Scope.TOTAL, None, len(act.directory.live_channels)), channels, since)


async def _stays(act: Act, channel: int, since: datetime) -> bool:
    """Whether an incident has the channel and keeps it; one that held it for its uplink gives it up."""
    live = await incidents.live(act.session)
    holding = next((incident for incident in live if channel in incident.silent), None)
    if holding is None:
        return False
    if holding.wide is None and holding.root != channel:
        await _leave_uplink(act, channel, since, holding)
    return True


async def _leave_uplink(act: Act, channel: int, since: datetime, holding: Incident) -> None:
    """Its uplink is back and it is not: it has an incident of its own, with what hangs behind it."""
    behind = act.directory.behind(channel)
    fallen = (channel, *(each for each in holding.silent if each in behind))
    own = await _join_or_open(act, fallen, since, holding.id)
    units = {act.directory.channels[each].unit_id for each in fallen}
    await incidents.move_reports(act.session, holding.id, own.id, units)
    await take(act, holding, Leave(fallen, since))


async def _late(act: Act, free: Iterable[int]) -> list[tuple[tuple[int, ...], Incident]]:
    """Return the channels that join an incident of many, which began not long before."""
    found: dict[int, tuple[tuple[int, ...], Incident]] = {}
    young = [each for each in await incidents.live(act.session) if _still_gathers(act, each)]
    for channel in free:
        own = groups(act.directory, channel)
        for incident in young:
            if incident.wide and Group(incident.wide.scope, incident.wide.of) in own:
                known, _ = found.get(incident.id, ((), incident))
                found[incident.id] = ((*known, channel), incident)
                break
    return list(found.values())


def _still_gathers(act: Act, incident: Incident) -> bool:
    if incident.wide is None or not incident.silent:
        return False
    return act.at - max(member.joined for member in incident.members) <= act.policies.common.late


async def _gathered(act: Act, free: Sequence[int]) -> list[tuple[Cluster, list[Incident]]]:
    """Return what of *free*, with what fell just before, is one incident, and the tickets it replaces."""
    rule, inventory = act.policies.common, act.directory
    fresh = {
        incident.root: incident
        for incident in await incidents.live(act.session)
        if incident.root is not None and _untouched(incident) and act.at - incident.opened <= rule.window
    }
    fallen = [Fallen(channel, groups(inventory, channel)) for channel in (*free, *fresh)]
    sizes: dict[Group, int] = {}
    for channel in inventory.live_channels:
        for group in groups(inventory, channel):
            sizes[group] = sizes.get(group, 0) + 1
    return [
        (cluster, [fresh[each] for each in cluster.channels if each in fresh])
        for cluster in clusters(fallen, sizes, rule)
        if not set(cluster.channels).isdisjoint(free)
    ]


def _untouched(incident: Incident) -> bool:
    """Whether it is a ticket of one line that nobody works at."""
    open_ = incident.status is Status.OPEN and incident.assignment is None
    return open_ and incident.wide is None and bool(incident.silent)


async def _spread(act: Act, cluster: Cluster, singles: Sequence[Incident], since: Since) -> None:
    """Open one incident for the cluster; the tickets of its lines become a part of it."""
    joined = dict(since) | {m.channel: m.joined for each in singles for m in each.members if m.left is None}
    taken = {channel for each in singles for channel in each.silent}
    channels = tuple(dict.fromkeys((*cluster.channels, *sorted(taken))))
    opened = await _open(act, cluster.wide, channels, joined)
    units = {act.directory.channels[channel].unit_id for channel in channels}
    reported = [
        each for each in await incidents.live(act.session) if each.unit in units and _only_reported(each)
    ]
    for ticket in (*singles, *reported):
        await incidents.move_reports(act.session, ticket.id, opened.id, {ticket.unit, *units})
        await take_quietly(act, ticket, Merge(opened.id))


def _only_reported(incident: Incident) -> bool:
    return not incident.members and incident.owner is None


async def _open(act: Act, wide: Wide, channels: Sequence[int], since: Since) -> Incident:
    inventory = act.directory
    unit = wide.of if wide.scope is Scope.AREA else None
    top = list(inventory.above(inventory.channels[channels[0]].unit_id))[-1].id
    incident = Incident(
        unit=unit or top or 0,
        opened=act.at,
        root=channels[0],
        members=tuple(Member(channel, since[channel]) for channel in channels),
        severity=SEVERITY[wide.scope],
        wide=wide,
    )
    return await begin(act, incident, "wide")


async def _alone(act: Act, channel: int, since: datetime) -> None:
    await _join_or_open(act, (channel,), since, None)


async def _join_or_open(act: Act, fallen: tuple[int, ...], since: datetime, parent: int | None) -> Incident:
    known = await _known(act, fallen[0])
    if known is None:
        return await begin(act, _new(act, fallen, since, parent), "silent")
    step = await take(act, known, Join(fallen, since))
    return step.after if isinstance(step, Step) else step.incident


async def _known(act: Act, channel: int) -> Incident | None:
    """Return the incident that a fallen channel is of: its unit's, a report's, or its own of just before."""
    unit = act.directory.channels[channel].unit_id
    live = await incidents.live(act.session)
    own = await incidents.of_root(act.session, channel, act.at - act.policies.relapse_window)
    if own is not None and own.live and own.recovered is None:
        return own
    siblings = set() if act.directory.behind(channel) else set(act.directory.channels_of(unit))
    rules: tuple[Callable[[Incident], bool], ...] = (
        lambda each: each.wide is None and each.root in siblings and each.recovered is None,
        lambda each: each.unit == unit and each.root is None,
    )
    return next((each for rule in rules for each in live if rule(each)), own)


def _new(act: Act, channels: Sequence[int], since: datetime, parent: int | None) -> Incident:
    root = channels[0]
    return Incident(
        unit=act.directory.channels[root].unit_id,
        opened=act.at,
        root=root,
        members=tuple(Member(channel, since) for channel in channels),
        severity=Severity.HIGH if act.directory.behind(root) else Severity.MEDIUM,
        parent=parent,
    )
