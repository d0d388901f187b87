"""Summarise: the figures of a day, and the one letter a day that carries them."""

from collections import defaultdict
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from incidents.model import LineState
from incidents.roles import Room
from incidents.summary import Spent, Tally, Turn, spent, tally
from operations.announce import Notice, rooms_of, tell
from operations.desk import Act, Desk
from operations.leaders import summary_hours
from operations.survey import out_by_area, switched_off
from storage import incidents, intervals, letters
from storage.letters import Address
from storage.tables import Run

DAY = timedelta(days=1)


async def summarise(desk: Desk, at: datetime, zone: ZoneInfo) -> bool:
    """Post the summary of the local day of *at* if its hour has come; a second time changes nothing."""
    async with desk.act(at) as act:
        usual = time.fromisoformat(act.policies.summary_at)
        rooms = await rooms_of(act, Room.ONCALL, None) + await rooms_of(act, Room.LEADERS, None)
        hours = await summary_hours(act, usual)
        hours[usual] = rooms + hours.get(usual, [])
        local = at.astimezone(zone)
        posted = [await _post(act, local, hour, wheres, usual) for hour, wheres in hours.items()]
        return any(posted)


async def _post(act: Act, local: datetime, hour: time, wheres: list[Address], usual: time) -> bool:
    """Post the day's summary to those who read it at *hour*, once that has come at *local*."""
    due = datetime.combine(local.date(), hour, local.tzinfo)
    if local < due or await _began_after(act, due):
        return False
    key = f"summary:{local.date()}" if hour == usual else f"summary_at:{local.date()}:{hour:%H:%M}"
    if not wheres or await letters.begun(act.session, key):
        return False
    await tell(act, wheres, Notice("summary", await figures(act, act.at - DAY, act.at)), key=key)
    return True


async def _began_after(act: Act, due: datetime) -> bool:
    """Return whether the very first run began after *due*: there was no day to tell of."""
    first = (await act.session.exec(select(Run.started).order_by(col(Run.id)).limit(1))).first()
    return first is not None and first > due


async def figures(act: Act, start: datetime, end: datetime, scope: int | None = None) -> dict[str, Any]:
    """Return the figures of *start* to *end* in *scope*, and who is out at *end*, as plain values."""
    known = await incidents.between(act.session, start, end)
    counted: Tally = tally([each for each in known if act.directory.within(each.unit, scope)], start, end)
    total = await _spent(act, start, end, scope)
    watched = total.up + total.out + total.unseen
    areas = await out_by_area(act, scope)
    off = {act.directory.channels[channel].unit_id for channel in await switched_off(act)}
    return {
        "at": end.isoformat(),
        "out": sum(area.out for area in areas),
        "total": sum(area.total for area in areas),
        "not_seen": sum(area.unseen for area in areas),
        "off": sum(act.directory.within(unit, scope) for unit in off),
        "areas": [[area.area, area.out, area.total] for area in areas if area.out],
        "opened": counted.opened,
        "recovered": counted.recovered,
        "live": counted.live,
        "unclaimed": counted.unclaimed,
        "restored_after": counted.restored_after.total_seconds() if counted.restored_after else None,
        "availability": total.availability,
        "unseen": total.unseen / watched if watched else 0.0,
    }


async def _spent(act: Act, start: datetime, end: datetime, scope: int | None) -> Spent:
    turns: dict[int, list[Turn]] = defaultdict(list)
    for row in await intervals.overlapping(act.session, start, end):
        turns[row.channel_id].append(Turn(row.channel_id, row.since, LineState(row.state)))
    mine = [
        id_ for id_, each in act.directory.live_channels.items() if act.directory.within(each.unit_id, scope)
    ]
    return sum((spent(turns.get(channel, []), start, end) for channel in mine), Spent())
