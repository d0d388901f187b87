"""Maintain: work on lines is planned, begun by a silence, extended and ended; each is one act."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from incidents import amendment, proposal
from incidents.amendment import Change, Refusal
from incidents.maintenance import Fixed, Flexible, Plan, Rule, Scope, Window
from incidents.proposal import Warned
from operations.desk import Act, Desk
from storage import maintenance

MINUTE = timedelta(minutes=1)  # people write no seconds: what begins now began a little ago


@dataclass(frozen=True, slots=True)
class Planned:
    """A window that was written, the channels it covers, what is to be said of it, and what it overlaps."""

    window: Window
    channels: frozenset[int]
    warned: frozenset[Warned]
    overlaps: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class Amended:
    """A window as it is after *change*."""

    window: Window
    change: Change


async def plan(desk: Desk, rule: Rule, scope: Scope, reason: str, by: int | None = None) -> Planned | Refusal:
    """Plan work on *scope* as *rule* says; *by* is None at the command line."""
    async with desk.act() as act:
        refused = _unknown(act, scope) or proposal.refusal(rule, act.at)
        if refused is not None:
            return refused
        window = Window(proposal.from_now(rule, act.at), scope, reason, act.at, by)
        if not (channels := _channels(act, scope)):
            return Refusal.NO_CHANNEL
        overlaps = await _overlaps(act, window, channels)
        warned = _warned(act, rule, window, overlaps)
        return Planned(await maintenance.add(act.session, window), channels, warned, overlaps)


async def end(desk: Desk, window_id: int, by: int | None = None, *, whole: bool = False) -> Amended | Refusal:
    """End what of the window is running, or withdraw it; *whole* withdraws all that was to come, too."""
    return await _amend(desk, window_id, by, lambda window, at: amendment.end(window, at, whole=whole))


async def extend(desk: Desk, window_id: int, until: datetime, by: int | None = None) -> Amended | Refusal:
    """Let what of the window is running, or a fixed one to come, last *until* then."""
    return await _amend(desk, window_id, by, lambda window, at: amendment.extend(window, until, at))


async def begin_flexible(act: Act, known: Plan, silent: Mapping[int, datetime]) -> Plan:
    """Within an open act, begin the flexible windows that wait for a silence; return the plan then.

    *silent* has each channel that fell silent with since when; the earliest begins a window.
    """
    windows = []
    for window in known.windows:
        starts = [
            begun
            for channel, since in silent.items()
            if (begun := amendment.begin(window, known.position(channel), since)) is not None
        ]
        if starts:
            first = min(starts, key=lambda begun: begun.at)
            window = await maintenance.record(act.session, window, first, act.at, None)
        windows.append(window)
    return replace(known, windows=tuple(windows))


async def _amend(
    desk: Desk, window_id: int, by: int | None, decide: Callable[[Window, datetime], Change | Refusal]
) -> Amended | Refusal:
    async with desk.act() as act:
        window = await maintenance.find(act.session, window_id)
        if window is None:
            return Refusal.UNKNOWN_WINDOW
        change = decide(window, act.at)
        if isinstance(change, Refusal):
            return change
        return Amended(await maintenance.record(act.session, window, change, act.at, by), change)


def _unknown(act: Act, scope: Scope) -> Refusal | None:
    if not scope.units and not scope.channels:
        return Refusal.NO_SCOPE
    if not scope.channels <= act.directory.live_channels.keys():
        return Refusal.UNKNOWN_CHANNEL
    units = act.directory.units
    known = all(unit in units and units[unit].retired_at is None for unit in scope.units)
    return None if known else Refusal.UNKNOWN_UNIT


def _channels(act: Act, scope: Scope) -> frozenset[int]:
    """Return the live channels that the scope covers."""
    live = act.directory.live_channels
    return frozenset(each for each in live if scope.covers(maintenance.position(act.directory, each)))


async def _overlaps(act: Act, window: Window, channels: frozenset[int]) -> tuple[Window, ...]:
    others = (await maintenance.planned(act.session, act.directory, act.at)).windows
    return tuple(
        other
        for other in others
        if not amendment.over(other, act.at)
        and proposal.overlap(window, other)
        and not channels.isdisjoint(_channels(act, other.scope))
    )


def _warned(act: Act, rule: Rule, window: Window, overlaps: Sequence[Window]) -> frozenset[Warned]:
    owed = act.policies.maintenance_notice, act.policies.maintenance_notice_urgent
    late = proposal.notice(window, act.at, *owed)
    started = isinstance(rule, Fixed | Flexible) and window.rule.opens - rule.opens >= MINUTE
    said = {Warned.STARTED: started, Warned.OVERLAPS: bool(overlaps)}
    return frozenset(each for each, true in said.items() if true) | ({late} if late else set())
