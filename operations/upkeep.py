"""Upkeep: incidents held to the plan of works, and every line that is down and no longer excused told of."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from incidents.actions import Join, Resume, Suspend
from incidents.maintenance import Plan, Purpose
from incidents.model import Incident, LineState, Suspension
from operations.desk import Act, Desk
from operations.excuse import lapsed, wake
from operations.fall import fall
from operations.respond import take
from storage import incidents, intervals, maintenance, spells
from storage.spells import AFTER_HOURS
from storage.tables import Interval

HELD_FOR = {Suspension.MAINTENANCE: Purpose.WORKS, Suspension.MUTED: Purpose.MUTE}


async def upkeep(desk: Desk) -> None:
    """Hold the clocks of what is under work, and tell of what is down where nothing excuses it any more."""
    async with desk.look() as act:
        plan = await maintenance.planned(act.session, act.directory, act.at)
        live = await incidents.live(act.session)
        if not (_misheld(act, plan, live, *HELD_FOR) or await _untold(act, plan, live) or await lapsed(act)):
            return
    async with desk.act() as act:
        plan = await maintenance.planned(act.session, act.directory, act.at)
        await _hold(act, plan)
        awake = await lapsed(act)
        await wake(act, awake)
        await _tell(act, await _untold(act, plan, await incidents.live(act.session)), awake)


async def _hold(act: Act, plan: Plan) -> None:
    for why in HELD_FOR:
        for incident in _misheld(act, plan, await incidents.live(act.session), why):
            held = why in incident.suspensions
            await take(act, incident, Resume(why) if held else Suspend(why))


def _misheld(act: Act, plan: Plan, live: Iterable[Incident], *whys: Suspension) -> list[Incident]:
    """Return the incidents that should be held for one of *whys* and are not, or the other way round."""
    return [
        incident
        for incident in live
        if any(
            (lines := _lines(act, incident, why))
            and all(plan.covers(channel, act.at, HELD_FOR[why]) for channel in lines)
            != (why in incident.suspensions)
            for why in whys
        )
    ]


def _lines(act: Act, incident: Incident, why: Suspension) -> Sequence[int]:
    """Return the lines that a window must be on: the silent ones; of a report held for it, the unit's."""
    held = why in incident.suspensions
    return incident.silent or (act.directory.channels_of(incident.unit) if held else ())


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
