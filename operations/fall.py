"""Fall: lines are down, and each belongs to an incident: of many, of its own, or one that has it already."""

from collections.abc import Callable, Mapping
from datetime import datetime

from incidents.lifecycle import Step
from incidents.model import Incident, Join, Leave, Member, Severity
from operations.desk import Act
from operations.flutter import flutter
from operations.maintain import begin_flexible
from operations.respond import begin, take
from operations.spread import join_late, spread
from storage import incidents, maintenance

Since = Mapping[int, datetime]


async def fall(act: Act, since: Since) -> None:
    """Write to which incident each of the channels that are down, each *since* then, belongs."""
    stirred = await _stirred(act, since)
    if not stirred:
        return
    plan = await maintenance.planned(act.session, act.directory, act.at)
    plan = await begin_flexible(act, plan, stirred)
    free = {channel: began for channel, began in stirred.items() if plan.covers(channel, act.at) is None}
    await flutter(act, free)
    await enter(act, await join_late(act, free))


async def enter(act: Act, since: Since, parent: int | None = None) -> None:
    """Give each of the channels an incident: one for many that fell together, else its own."""
    for channel, began in (await spread(act, since, parent)).items():
        await _join_or_open(act, (channel,), began, parent)


async def _stirred(act: Act, since: Since) -> Since:
    """Return the channels that no incident has; one that held its line for an uplink gives it up."""
    live = await incidents.live(act.session)
    holding = {channel: incident for incident in live for channel in incident.silent}
    for channel, incident in holding.items():
        if channel in since and _is_for_its_uplink(act, incident, channel):
            await _leave_uplink(act, channel, since[channel], incident.id)
    return {channel: began for channel, began in since.items() if channel not in holding}


def _is_for_its_uplink(act: Act, holding: Incident, channel: int) -> bool:
    """Whether it holds the channel for a line of another unit's; of its own unit's lines it keeps each."""
    unit = act.directory.channels[channel].unit_id
    return holding.wide is None and holding.root not in act.directory.channels_of(unit)


async def _leave_uplink(act: Act, channel: int, since: datetime, number: int) -> None:
    """Its uplink is back and it is not: it has an incident of its own, with what hangs behind it."""
    holding = await incidents.find(act.session, number)
    assert holding is not None
    behind = act.directory.behind(channel)
    fallen = (channel, *(each for each in holding.silent if each in behind))
    own = await _join_or_open(act, fallen, since, holding.id)
    units = {act.directory.channels[each].unit_id for each in fallen}
    await incidents.move_reports(act.session, holding.id, own.id, units)
    await take(act, holding, Leave(fallen, since))


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


def _new(act: Act, channels: tuple[int, ...], since: datetime, parent: int | None) -> Incident:
    root = channels[0]
    return Incident(
        unit=act.directory.channels[root].unit_id,
        opened=act.at,
        root=root,
        members=tuple(Member(channel, since) for channel in channels),
        severity=Severity.HIGH if act.directory.behind(root) else Severity.MEDIUM,
        parent=parent,
    )
