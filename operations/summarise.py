"""Summarise: the one letter a day to each who is to have it, of the part that is theirs."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from incidents.roles import Room
from operations.announce import Notice, rooms_of, tell
from operations.daily import daily, written
from operations.desk import Act, Desk
from operations.leaders import summary_hours
from operations.picture import show_day
from storage import letters, people
from storage.letters import Address
from storage.tables import Run


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
    await post(act, wheres, key)
    return True


async def post(act: Act, wheres: Iterable[Address], key: str) -> None:
    """Post the letter of now to each of *wheres*, of the part that is theirs, with the picture after it."""
    for scope, those in (await _by_scope(act, wheres)).items():
        told = written(await daily(act, scope))
        await tell(act, those, Notice("summary", {"daily": told}), key=key)
        await show_day(act, those, scope, key)


async def _by_scope(act: Act, wheres: Iterable[Address]) -> dict[int | None, list[Address]]:
    """Return the addresses by the unit that their readers deal with; None: the province."""
    found: dict[int | None, list[Address]] = defaultdict(list)
    for where in dict.fromkeys(wheres):
        reader = None if where.is_group else await people.by_telegram(act.session, where.chat)
        found[reader.unit_id if reader else None].append(where)
    return found


async def _began_after(act: Act, due: datetime) -> bool:
    """Return whether the very first run began after *due*: there was no day to tell of."""
    first = (await act.session.exec(select(Run.started).order_by(col(Run.id)).limit(1))).first()
    return first is not None and first > due
