"""Upkeep: incidents held to the plan of works, and every line that is down and no longer excused told of."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from incidents.actions import Action, Join, Mute, Resume, Suspend, Unmute
from incidents.maintenance import Plan, Purpose
from incidents.model import Incident, LineState, Suspension
from operations.desk import Act, Desk
from operations.excuse import lapsed, wake
from operations.fall import fall
from operations.respond import take
from storage import incidents, intervals, maintenance, spells
from storage.spells import AFTER_HOURS
from storage.tables import Interval


async def upkeep(desk: Desk) -> None:
    """Hold the clocks of what is under work, and tell of what is down where nothing excuses it any more."""
    async with desk.look() as act:
        plan = await maintenance.planned(act.session, act.directory, act.at)
        live = await incidents.live(act.session)
        if not (_owed(act, plan, live) or await _untold(act, plan, live) or await lapsed(act)):
            return
    async with desk.act() as act:
        plan = await maintenance.planned(act.session, act.directory, act.at)
        await _hold(act, plan)
        awake = await lapsed(act)
        await wake(act, awake)
        await _tell(act, await _untold(act, plan, await incidents.live(act.session)), awake)


async def _hold(act: Act, plan: Plan) -> None:
    """Hold the clocks of what is under work, mute what is muted, and let go of what is so no longer."""
    for incident, action in _owed(act, plan, await incidents.live(act.session)):
        now = await incidents.find(act.session, incident.id)
        assert now is not None
        await take(act, now, action)


def _owed(act: Act, plan: Plan, live: Iterable[Incident]) -> list[tuple[Incident, Action]]:
    """Return what the plan asks for and is not so: incidents to be held or muted, or no longer."""
    why = Suspension.MAINTENANCE
    owed: list[tuple[Incident, Action]] = []
    for incident in live:
        held = why in incident.suspensions
        if _is_under(act, plan, incident, Purpose.WORKS, so=held) is not held:
            owed.append((incident, Resume(why) if held else Suspend(why)))
        if _is_under(act, plan, incident, Purpose.MUTE, so=incident.muted) is not incident.muted:
            owed.append((incident, Unmute() if incident.muted else Mute()))
    return owed


def _is_under(act: Act, plan: Plan, incident: Incident, purpose: Purpose, *, so: bool) -> bool:
    """Whether windows are on all its lines: the silent ones; of a report for which it is *so*, the unit's."""
    lines = incident.silent or (act.directory.channels_of(incident.unit) if so else ())
    if not lines:
        return so
    return all(plan.covers(channel, act.at, purpose) for channel in lines)


async def _untold(act: Act, plan: Plan, live: Iterable[Incident]) -> dict[int, Interval]:
    """Return the channels that are out, of no incident, and excused by nothing, with their intervals."""
    held = {channel for incident in live for channel in incident.silent}
    held |= (await spells.of_kind(act.session, AFTER_HOURS)).keys()
    latest = await intervals.latest(act.session)
    return {
        channel: row
        for channel, row in latest.items()
        if row.state in (LineState.DOWN, LineState.UNREACHABLE)
        and channel not in held
        and act.directory.watched(channel)
        and plan.covers(channel, act.at) is None
    }


async def _tell(act: Act, untold: dict[int, Interval], awake: Mapping[int, datetime]) -> None:
    """Have each fall; what was off as usual, as of when it should have been on."""
    down = {id_: row.since for id_, row in untold.items() if row.state == LineState.DOWN}
    await fall(act, {id_: awake.get(id_, since) for id_, since in down.items()})
    behind = {id_: row for id_, row in untold.items() if row.state == LineState.UNREACHABLE}
    for incident in await incidents.live(act.session) if behind else ():
        below = {each for channel in incident.silent for each in act.directory.behind(channel)}
        joining = tuple(channel for channel in behind if channel in below and channel not in incident.silent)
        if joining:
            await take(act, incident, Join(joining, min(behind[channel].since for channel in joining)))
