"""Fall: lines are down, and each belongs to an incident: of many, of its own, or one that has it already."""

from collections.abc import Callable, Mapping
from datetime import datetime

from incidents.actions import Join, Leave
from incidents.lifecycle import Step
from incidents.model import Incident, Member, Severity
from operations.desk import Act
from operations.excuse import excuse, excused_since, wake
from operations.flutter import flutter
from operations.maintain import begin_flexible
from operations.power import carry_over
from operations.respond import begin, take, take_quietly
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
    await _enter(act, await _alone(act, await join_late(act, free)))


async def go_on(act: Act, old: Incident, since: Since, left: datetime) -> None:
    """Have channels go on from *old*, which they leave as of *left*, with what hangs behind them.

    Those under planned work go on to none.
    """
    plan = await maintenance.planned(act.session, act.directory, act.at)
    free = {channel: began for channel, began in since.items() if plan.covers(channel, act.at) is None}
    old = await _let_go(act, old, since.keys() - free.keys())
    if not free:
        return
    await _enter(act, await spread(act, free, old.id), old.id)
    below = {each for channel in free for each in act.directory.behind(channel)}
    behind = {m.channel: m.joined for m in old.members if m.left is None and m.channel in below}
    for new in await incidents.live(act.session):
        if new.id != old.id and not free.keys().isdisjoint(new.silent):
            await _follow(act, old, new, behind)
    await take(act, old, Leave((*free, *behind), left))


async def _let_go(act: Act, old: Incident, excused: set[int]) -> Incident:
    """Have channels leave *old* with what hangs behind them; nobody is told that they are back."""
    gone = tuple(excused.union(*map(act.directory.behind, excused)))
    step = await take_quietly(act, old, Leave(gone, act.at))
    return step.after if isinstance(step, Step) else old


async def _follow(act: Act, old: Incident, new: Incident, behind: Since) -> None:
    """Have those behind the lines of *new* join it, and what was reported of its units."""
    below = {each for channel in new.silent for each in act.directory.behind(channel)}
    joining = tuple(channel for channel in behind if channel in below and channel not in new.silent)
    if joining:
        step = await take(act, new, Join(joining, min(behind[channel] for channel in joining)))
        new = step.after if isinstance(step, Step) else new
    units = {act.directory.channels[channel].unit_id for channel in new.silent}
    await incidents.move_reports(act.session, old.id, new.id, units)
    await carry_over(act, old, new, units)


async def _alone(act: Act, since: Since) -> Since:
    """Make one incident of those that fell together, and return the others.

    What has just been taken for switched off fell with them: where many fall, nothing is excused.
    """
    if not since:
        return since
    lately = await excused_since(act, min(since.values()) - act.policies.common.window)
    left = await spread(act, {**lately, **since})
    await wake(act, {channel: began for channel, began in lately.items() if channel not in left})
    return {channel: began for channel, began in left.items() if channel in since}


async def _enter(act: Act, alone: Since, parent: int | None = None) -> None:
    """Give each of the channels an incident of its own or its unit's, unless it is off as usual."""
    for channel, began in alone.items():
        known = await _known(act, channel)
        if known is not None:
            await take(act, known, Join((channel,), began))
        elif parent is not None or not await excuse(act, channel, began):
            await begin(act, _new(act, channel, began, parent), "silent")


async def _stirred(act: Act, since: Since) -> Since:
    """Return the channels that no incident has; one that held lines for an uplink gives them up."""
    held: set[int] = set()
    for incident in await incidents.live(act.session):
        its = {channel: since[channel] for channel in incident.silent if channel in since}
        held |= its.keys()
        foreign = {each: began for each, began in its.items() if _is_for_its_uplink(act, incident, each)}
        if foreign:  # the uplink is back, and they are not
            await go_on(act, incident, foreign, max(foreign.values()))
    return {channel: began for channel, began in since.items() if channel not in held}


def _is_for_its_uplink(act: Act, holding: Incident, channel: int) -> bool:
    """Whether it holds the channel for a line of another unit's that it hangs behind.

    Of its own unit's lines it keeps each, and what the desk merged into it.
    """
    own = act.directory.channels_of(act.directory.channels[channel].unit_id)
    above = {each.channel for each in holding.members}.difference(own)
    return holding.wide is None and any(channel in act.directory.behind(each) for each in above)


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
        lambda each: each.unit == unit and each.root is None and each.of_lines,
    )
    return next((each for rule in rules for each in live if rule(each)), own)


def _new(act: Act, root: int, since: datetime, parent: int | None) -> Incident:
    return Incident(
        unit=act.directory.channels[root].unit_id,
        opened=act.at,
        root=root,
        members=(Member(root, since),),
        severity=Severity.HIGH if act.directory.behind(root) else Severity.MEDIUM,
        parent=parent,
    )
