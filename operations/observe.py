"""Observe: outcomes become beliefs, beliefs verdicts, verdicts intervals and incidents, all or nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlmodel import select

from incidents.actions import Join, Leave, Resume, Suspend
from incidents.correlation import Watch
from incidents.decision import Decision, Verdict, Why
from incidents.lines import service_of_line
from incidents.model import LineState, Suspension
from incidents.outcome import Observation
from incidents.roles import Room
from incidents.sight import Sight
from incidents.wide import Scope
from operations.announce import Notice, rooms_of, tell
from operations.desk import Act, Desk
from operations.excuse import wake
from operations.fall import fall
from operations.heed import Heard, heed
from operations.respond import take
from operations.spread import lose_all
from storage import incidents, intervals
from storage.intervals import Change
from storage.tables import Vantage


async def observe(desk: Desk, watch: Watch, observations: Iterable[Observation], now: float) -> Decision:
    """Take in outcomes heard until *now* (monotonic seconds) and write what they decide.

    What could not be written stays undecided, so that it is decided again with the next outcomes.
    """
    for observation in observations:
        watch.hear(observation)
    decision = watch.decide(now)
    if decision:
        at = desk.clock()  # the civil time of *now*: the transaction may have to wait
        async with desk.act(at) as act:
            await _write(act, decision, now)
        watch.settle(decision, now)
    return decision


async def _write(act: Act, decision: Decision, now: float) -> None:
    if decision.sight is not None:
        await _sight(act, decision.sight, _civil(act.at, now, decision.since))
    await heed(act, dict(_of_services(act, decision.verdicts, now)))
    # one that an import has retired meanwhile is none of ours any more
    verdicts = [verdict for verdict in decision.verdicts if act.directory.watched(verdict.channel)]
    changes = [_change(act, verdict, now) for verdict in verdicts]
    since = dict(await intervals.append(act.session, changes))
    by_state: dict[LineState, list[Verdict]] = {}
    for verdict in verdicts:
        by_state.setdefault(verdict.state, []).append(verdict)
    await _returned(act, [each.channel for each in by_state.get(LineState.UP, ())], since)
    await fall(act, {each.channel: since[each.channel] for each in by_state.get(LineState.DOWN, ())})
    await _absorbed(act, by_state.get(LineState.UNREACHABLE, ()), since)
    unseen = [verdict for verdict in by_state.get(LineState.BLIND, ()) if verdict.why is Why.ALL]
    await lose_all(act, {each.channel: since[each.channel] for each in unseen})


def _of_services(act: Act, verdicts: Iterable[Verdict], now: float) -> Iterator[tuple[int, Heard]]:
    """Yield what is decided of services, which are watched as lines."""
    for verdict in verdicts:
        service = service_of_line(verdict.channel)
        if service in act.directory.live_services:
            yield service, Heard(verdict.state, _civil(act.at, now, verdict.since))


def _change(act: Act, verdict: Verdict, now: float) -> Change:
    grounds = None if verdict.grounds is None else asdict(verdict.grounds)
    return Change(verdict.channel, verdict.state, _civil(act.at, now, verdict.since), verdict.why, grounds)


def _civil(at: datetime, now: float, since: float) -> datetime:
    """Return the civil time of the monotonic *since*, in whole milliseconds."""
    when = at - timedelta(seconds=max(0.0, now - since)) if since > float("-inf") else at
    return when.replace(microsecond=when.microsecond // 1000 * 1000)


async def _sight(act: Act, sight: Sight, at: datetime) -> None:
    for vantage in await act.session.exec(select(Vantage)):
        if vantage.sight == sight:
            continue  # written already, by a watch over the inventory of before
        was, since = Sight(vantage.sight), vantage.blind_since
        vantage.sight, vantage.blind_since = sight, None if sight.sees else at
        act.session.add(vantage)
        if was.sees != sight.sees:
            await _hold_clocks(act, held=not sight.sees)
        if (name := _notice(was, sight)) is not None:
            notice = Notice(name, {"since": (at if since is None else since).isoformat()})
            await tell(act, await rooms_of(act, Room.ONCALL, None), notice)


def _notice(was: Sight, sight: Sight) -> str | None:
    """Return the notice of how we see now; of a total loss its incident tells."""
    if sight in (Sight.BLIND, Sight.LINES):
        return "blind" if sight is Sight.BLIND else "anchors_silent"
    return {Sight.BLIND: "sighted", Sight.LINES: "anchors_back"}.get(was)


async def _hold_clocks(act: Act, *, held: bool) -> None:
    """Have the clocks of all that is open stand still while we are blind; not those of a total loss."""
    action = Suspend(Suspension.BLIND) if held else Resume(Suspension.BLIND)
    for incident in await incidents.live(act.session):
        if incident.recovered is None and not (incident.wide and incident.wide.scope is Scope.TOTAL):
            await take(act, incident, action)


async def _returned(act: Act, channels: Sequence[int], since: dict[int, datetime]) -> None:
    back = set(channels)
    if not back:
        return
    await wake(act, {channel: since[channel] for channel in back})
    for incident in await incidents.live(act.session):
        returned = tuple(channel for channel in incident.silent if channel in back)
        if returned:
            await take(act, incident, Leave(returned, max(since[channel] for channel in returned)))


async def _absorbed(act: Act, verdicts: Sequence[Verdict], since: dict[int, datetime]) -> None:
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
            await take(act, incident, Join(free, min(since[channel] for channel in free)))
