"""Maintain: work on lines is planned, begun by a silence, extended and ended; each is one act."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from incidents import amendment, proposal
from incidents.amendment import Change, Ended, Extended, Refusal, Withdrawn
from incidents.maintenance import Fixed, Flexible, Plan, Purpose, Rule, Scope, Window
from incidents.proposal import Warned
from operations.desk import Act, Desk
from operations.inform import News, inform
from operations.scope import channels_in, entrusted, unknown
from storage import maintenance
from storage.tables import Person

MINUTE = timedelta(minutes=1)  # people write no seconds: what begins now began a little ago
NEWS: dict[type[Change], News] = {
    Extended: News.EXTENDED,
    Ended: News.ENDED,
    Withdrawn: News.WITHDRAWN,
}


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
        return await write(act, Window(rule, scope, reason, act.at, by))


async def write(act: Act, wanted: Window) -> Planned | Refusal:
    """Within an open act, write the window that is wanted; the officers concerned are told."""
    weighed = await weigh(act, wanted)
    if isinstance(weighed, Refusal):
        return weighed
    window = await maintenance.add(act.session, weighed.window)
    await inform(act, window, News.PLANNED)
    return replace(weighed, window=window)


async def weigh(act: Act, wanted: Window) -> Planned | Refusal:
    """Return what would be planned, what it covers and what is to be said of it; nothing is written."""
    refused = unknown(act, wanted.scope) or proposal.refusal(wanted.rule, act.at)
    if refused is not None:
        return refused
    window = replace(wanted, rule=proposal.from_now(wanted.rule, act.at), created=act.at)
    if not (channels := channels_in(act, wanted.scope)):
        return Refusal.NO_CHANNEL
    overlaps = await _overlaps(act, window, channels)
    return Planned(window, channels, _warned(act, wanted.rule, window, overlaps), overlaps)


async def end(desk: Desk, window_id: int, by: int | None = None, *, whole: bool = False) -> Amended | Refusal:
    """End what of the window is running, or withdraw it; *whole* withdraws all that was to come, too."""
    return await _amend(desk, window_id, by, lambda window, at: amendment.end(window, at, whole=whole))


async def extend(desk: Desk, window_id: int, until: datetime, by: int | None = None) -> Amended | Refusal:
    """Let what of the window is running, or a fixed one to come, last *until* then.

    A mute that took two people is not made longer by one.
    """
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
        if (denied := await _denied(act, window, change, by)) is not None:
            return denied
        after = await maintenance.record(act.session, window, change, act.at, by)
        await inform(act, after, NEWS[type(change)])
        return Amended(after, change)


async def _denied(act: Act, window: Window, change: Change, by: int | None) -> Refusal | None:
    """Return why the person *by* may not change the window so; at the command line all is granted."""
    person = None if by is None else await act.session.get(Person, by)
    if person is None:
        return None
    channels = channels_in(act, window.scope)
    if not entrusted(act, person, channels):
        return Refusal.NOT_YOURS
    alone = window.purpose is Purpose.WORKS or len(channels) <= act.policies.mute_alone
    return None if alone or not isinstance(change, Extended) else Refusal.TWO_NEEDED


async def _overlaps(act: Act, window: Window, channels: frozenset[int]) -> tuple[Window, ...]:
    others = (await maintenance.planned(act.session, act.directory, act.at)).windows
    return tuple(
        other
        for other in others
        if other.purpose is window.purpose
        and not amendment.over(other, act.at)
        and proposal.overlap(window, other)
        and not channels.isdisjoint(channels_in(act, other.scope))
    )


def _warned(act: Act, rule: Rule, window: Window, overlaps: Sequence[Window]) -> frozenset[Warned]:
    owed = act.policies.maintenance_notice, act.policies.maintenance_notice_urgent
    late = proposal.notice(window, act.at, *owed)
    started = isinstance(rule, Fixed | Flexible) and window.rule.opens - rule.opens >= MINUTE
    said = {Warned.STARTED: started, Warned.OVERLAPS: bool(overlaps)}
    return frozenset(each for each, true in said.items() if true) | ({late} if late else set())
