"""Observe: outcomes become beliefs, beliefs verdicts, verdicts intervals and incidents, all or nothing."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlmodel import select

from incidents.correlation import Decision, Line, Verdict, Watch
from incidents.lifecycle import Step
from incidents.model import Incident, Join, Leave, LineState, Member, Severity
from incidents.outcome import Observation
from incidents.roles import Room
from operations.announce import Notice, rooms_of, tell
from operations.desk import Act, Desk
from operations.respond import begin, take
from storage import incidents, intervals
from storage.directory import Directory
from storage.tables import Vantage


async def watch_over(desk: Desk) -> Watch:
    """Return a watch over the inventory as it stands, believing what was last written."""
    async with desk.look() as act:
        latest = await intervals.latest(act.session)
        vantage = (await act.session.exec(select(Vantage))).first()
        return Watch(
            lines(act.directory),
            act.directory.anchors,
            act.policies.detection,
            {channel: LineState(row.state) for channel, row in latest.items()},
            blind=vantage is not None and vantage.blind_since is not None,
        )


def lines(inventory: Directory) -> list[Line]:
    """Return what to watch: every live channel with its series and its uplink."""
    return [
        Line(id_, inventory.series_of(id_), channel.uplink_id)
        for id_, channel in inventory.live_channels.items()
    ]


async def observe(desk: Desk, watch: Watch, observations: Iterable[Observation], now: float) -> Decision:
    """Take in outcomes heard until *now* (monotonic seconds) and write what they decide.

    What could not be written stays undecided, so that it is decided again with the next outcomes.
    """
    for observation in observations:
        watch.hear(observation)
    decision = watch.decide()
    if decision:
        at = desk.clock()  # the civil time of *now*: the transaction may have to wait
        async with desk.act(at) as act:
            await _write(act, decision, now)
        watch.settle(decision, now)
    return decision


async def _write(act: Act, decision: Decision, now: float) -> None:
    if decision.blind is not None:
        await _sight(act, decision.blind, _civil(act.at, now, decision.since))
    # one that an import has retired meanwhile is none of ours any more
    verdicts = [verdict for verdict in decision.verdicts if act.directory.watched(verdict.channel)]
    starts = {v.channel: _civil(act.at, now, v.since) for v in verdicts}
    written = await intervals.append(
        act.session, [(v.channel, v.state, starts[v.channel], v.why) for v in verdicts]
    )
    starts |= dict(written)
    await _returned(act, [v for v in verdicts if v.state is LineState.UP], starts)
    for verdict in verdicts:
        if verdict.state is LineState.DOWN:
            await _fell(act, verdict.channel, starts[verdict.channel])
    await _absorbed(act, [v for v in verdicts if v.state is LineState.UNREACHABLE], starts)


def _civil(at: datetime, now: float, since: float) -> datetime:
    """Return the civil time of the monotonic *since*, in whole milliseconds."""
    when = at - timedelta(seconds=max(0.0, now - since)) if since > float("-inf") else at
    return when.replace(microsecond=when.microsecond // 1000 * 1000)


async def _sight(act: Act, blind: bool, at: datetime) -> None:
    for vantage in await act.session.exec(select(Vantage)):
        since = vantage.blind_since
        if blind == (since is not None):
            continue  # written already, by a watch over the inventory of before
        vantage.blind_since = at if blind else None
        act.session.add(vantage)
        notice = Notice("blind" if blind else "sighted", {"since": (since or at).isoformat()})
        await tell(act, await rooms_of(act, Room.ONCALL, None), notice)


async def _returned(act: Act, verdicts: Sequence[Verdict], starts: dict[int, datetime]) -> None:
    back = {verdict.channel for verdict in verdicts}
    if not back:
        return
    for incident in await incidents.live(act.session):
        returned = tuple(channel for channel in incident.silent if channel in back)
        if returned:
            await take(act, incident, Leave(returned, max(starts[channel] for channel in returned)))


async def _fell(act: Act, channel: int, since: datetime) -> None:
    """One more channel is down: it belongs to an incident that has it, or relapsed, or to a new one."""
    live = await incidents.live(act.session)
    holding = next((incident for incident in live if channel in incident.silent), None)
    if holding is not None and holding.root == channel:
        return
    fallen: tuple[int, ...] = (channel,)
    if holding is not None:  # its uplink is back and it is not: what hangs behind it goes with it
        behind = act.directory.behind(channel)
        fallen += tuple(each for each in holding.silent if each in behind)
    known = await _known(act, channel, live)
    if known is None:
        own = await begin(act, _new(act, fallen, since, holding.id if holding else None), "silent")
    else:
        step = await take(act, known, Join(fallen, since))
        own = step.after if isinstance(step, Step) else step.incident
    if holding is not None:
        units = {act.directory.channels[each].unit_id for each in fallen}
        await incidents.move_reports(act.session, holding.id, own.id, units)
        await take(act, holding, Leave(fallen, since))


async def _known(act: Act, channel: int, live: Sequence[Incident]) -> Incident | None:
    """Return the incident that a fallen channel is of: its own, a report's, or its own of just before."""
    unit = act.directory.channels[channel].unit_id
    own = await incidents.of_root(act.session, channel, act.at - act.policies.relapse_window)
    if own is not None and own.live and own.recovered is None:
        return own
    return next((each for each in live if each.unit == unit and each.root is None), own)


async def _absorbed(act: Act, verdicts: Sequence[Verdict], starts: dict[int, datetime]) -> None:
    """Channels fell silent behind dead uplinks: each is of its uplink's incident."""
    by_root: dict[int, list[int]] = {}
    for verdict in verdicts:
        if verdict.root is not None:
            by_root.setdefault(verdict.root, []).append(verdict.channel)
    for root, channels in by_root.items():
        live = await incidents.live(act.session)
        incident = next((each for each in live if root in each.silent), None)
        free = tuple(c for c in channels if not any(c in each.silent for each in live))
        if incident is not None and free:
            await take(act, incident, Join(free, min(starts[channel] for channel in free)))


def _new(act: Act, channels: Sequence[int], since: datetime, parent: int | None) -> Incident:
    root = channels[0]
    unit = act.directory.channels[root].unit_id
    behind = act.directory.behind(root)
    return Incident(
        unit=unit,
        opened=act.at,
        root=root,
        members=tuple(Member(channel, since) for channel in channels),
        severity=Severity.HIGH if behind else Severity.MEDIUM,
        parent=parent,
    )
