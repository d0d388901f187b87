"""Summarise: the figures of a day, and the one letter a day that carries them."""

from collections import defaultdict
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from incidents.model import LineState
from incidents.roles import Role, Room
from incidents.summary import Spent, Tally, Turn, spent, tally
from operations.announce import Notice, rooms_of, tell
from operations.desk import Act, Desk
from operations.look import out_by_area
from storage import incidents, intervals, letters, people
from storage.letters import Address

DAY = timedelta(days=1)


async def summarise(desk: Desk, at: datetime, zone: ZoneInfo) -> bool:
    """Post the summary of the local day of *at* if its hour has come; a second time changes nothing."""
    async with desk.act(at) as act:
        local = at.astimezone(zone)
        due = datetime.combine(local.date(), time.fromisoformat(act.policies.summary_at), zone)
        if local < due:
            return False
        wheres = await rooms_of(act, Room.ONCALL, None) + await rooms_of(act, Room.LEADERS, None)
        wheres += [Address(each.telegram_id) for each in await people.with_role(act.session, Role.LEADER)]
        key = f"summary:{local.date()}"
        if not wheres or await letters.begun(act.session, key):
            return False
        await tell(act, wheres, Notice("summary", await figures(act, at - DAY, at)), key=key)
        return True


async def figures(act: Act, start: datetime, end: datetime) -> dict[str, Any]:
    """Return the figures of *start* to *end*, and who is out at *end*, as plain values."""
    counted: Tally = tally(await incidents.between(act.session, start, end), start, end)
    total = await _spent(act, start, end)
    watched = total.up + total.out + total.unseen
    areas = await out_by_area(act)
    return {
        "at": end.isoformat(),
        "out": sum(area.out for area in areas),
        "total": sum(area.total for area in areas),
        "areas": [[area.area, area.out, area.total] for area in areas if area.out],
        "opened": counted.opened,
        "recovered": counted.recovered,
        "live": counted.live,
        "unclaimed": counted.unclaimed,
        "restored_after": counted.restored_after.total_seconds() if counted.restored_after else None,
        "availability": total.availability,
        "unseen": total.unseen / watched if watched else 0.0,
    }


async def _spent(act: Act, start: datetime, end: datetime) -> Spent:
    turns: dict[int, list[Turn]] = defaultdict(list)
    for row in await intervals.overlapping(act.session, start, end):
        turns[row.channel_id].append(Turn(row.channel_id, row.since, LineState(row.state)))
    spans = (spent(turns.get(channel, []), start, end) for channel in act.directory.live_channels)
    return sum(spans, Spent())
