"""Assess: each minute every line's quality is held against the bounds; what is bad for long is a spell."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from incidents.degradation import Degradation, Excess, Measure, judge
from incidents.maintenance import Purpose
from incidents.model import LineState
from incidents.quality import Figures
from incidents.roles import Room
from operations.announce import Notice, rooms_of, tell
from operations.desk import Act, Desk
from storage import intervals, maintenance, rollups, spells
from storage.spells import DEGRADED

MINUTE = timedelta(minutes=1)
USUAL = timedelta(days=7)  # what a line's delay is over this long is usual for it

Minutes = Mapping[int, Sequence[Figures | None]]


async def assess(desk: Desk, at: datetime) -> None:
    """Begin and end the spells of bad quality of every line, as its minutes up to *at* say."""
    async with desk.look(at) as act:
        changes = await _changes(act)
    if changes:
        async with desk.act(at) as act:
            await _write(act, changes)


async def _changes(act: Act) -> dict[int, Degradation | None]:
    """Return the lines whose quality has become bad, or good again."""
    bounds = act.policies.bounds
    end = act.at.replace(second=0, microsecond=0)
    minutes = await rollups.minutes(act.session, end - bounds.leave * MINUTE, end)
    usual = await rollups.usual_delay(act.session, act.at - USUAL)
    present = {
        id_: _read(each.data)
        for id_, all_ in (await spells.present(act.session)).items()
        for each in all_
        if each.kind == DEGRADED
    }
    anchors = [each for each in act.directory.anchors if any(m and m.answered for m in minutes.get(each, ()))]
    if anchors and all(judge(minutes[each], None, bounds, usual.get(each)) for each in anchors):
        return {}  # our own line is bad: that says nothing of theirs
    unseen = await _unseen(act, end - bounds.leave * MINUTE)
    plan = await maintenance.planned(act.session, act.directory, act.at)
    changes = {}
    for channel in act.directory.live_channels:
        series = _best(act.directory.series_of(channel), minutes)
        if series is None or plan.covers(channel, act.at, Purpose.WORKS):
            continue
        seen = _since(minutes[series], unseen.get(channel), end)
        found = judge(seen, present.get(channel), bounds, usual.get(series))
        if (found is None) != (channel not in present):
            changes[channel] = found
    return changes


async def _unseen(act: Act, since: datetime) -> dict[int, datetime]:
    """Return, for each channel that was not up all the time after *since*, until when it was not."""
    found = {}
    for row in await intervals.overlapping(act.session, since, act.at):
        if row.state != LineState.UP:
            found[row.channel_id] = act.at
        elif row.channel_id in found:
            found[row.channel_id] = row.since
    return found


def _since(minutes: Sequence[Figures | None], unseen: datetime | None, end: datetime) -> list[Figures | None]:
    """Return *minutes* up to *end*, those before *unseen* ended hidden: they tell of no quality."""
    starts = [end - (len(minutes) - index) * MINUTE for index in range(len(minutes))]
    hidden = [unseen is not None and start < unseen for start in starts]
    return [None if hide else each for hide, each in zip(hidden, minutes, strict=True)]


def _best(series: Sequence[int], minutes: Minutes) -> int | None:
    """Return the series with the least loss: any of them carries the line."""
    known = [each for each in series if any(minutes.get(each, ()))]
    return min(known, key=lambda each: sum(m.lost for m in minutes[each] if m), default=None)


async def _write(act: Act, changes: Mapping[int, Degradation | None]) -> None:
    began = []
    plan = await maintenance.planned(act.session, act.directory, act.at)
    for channel, found in changes.items():
        if found is None:
            await spells.end(act.session, channel, DEGRADED, act.at)
            continue
        reasons = [asdict(reason) for reason in found.reasons]
        await spells.begin(act.session, channel, DEGRADED, act.at, {"reasons": reasons})
        if plan.covers(channel, act.at):  # muted
            continue
        unit = act.directory.unit_of(channel)
        area = act.directory.area(unit.id or 0)
        began.append({"unit": unit.name, "area": area.name if area else None, "reasons": reasons})
    if began:  # without a bell: it is no outage
        wheres = await rooms_of(act, Room.ONCALL, None)
        await tell(act, wheres, Notice("degraded", {"lines": began, "quiet": True}))


def _read(data: Mapping[str, object]) -> Degradation:
    return Degradation(reasons_of(data))


def reasons_of(data: Mapping[str, object]) -> tuple[Excess, ...]:
    """Return what a spell of bad quality was begun for."""
    reasons = data["reasons"]
    assert isinstance(reasons, list)
    return tuple(Excess(Measure(each["measure"]), each["value"], each["bound"]) for each in reasons)
