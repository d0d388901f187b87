"""Empty shifts: the desk and the leaders are told a day ahead of a time for which nobody is on the roster."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from incidents.roles import Role, Room
from incidents.roster import Gap, Shift, gaps
from operations.announce import Notice, rooms_of, tell
from operations.desk import Act, Desk
from operations.handover import wheres_of_leaders
from storage import letters, people

DESK = (Role.ONCALL, Role.ADMIN)


async def foresee(desk: Desk, at: datetime) -> None:
    """Tell of every gap of the roster that begins within a day and was not told of."""
    async with desk.look(at) as act:
        if not await _untold(act):
            return
    async with desk.act(at) as act:
        wheres = [*await rooms_of(act, Room.ONCALL, None), *await wheres_of_leaders(act)]
        for gap in await _untold(act):
            until = None if gap.end is None else gap.end.isoformat()
            notice = Notice("empty_shift", {"start": gap.start.isoformat(), "end": until})
            await tell(act, wheres, notice, key=_key(gap))


async def _untold(act: Act) -> list[Gap]:
    if not act.directory.rostered(act.at.astimezone(act.zone).date()):
        return []
    shifts = await manned(act)
    near = [
        gap
        for gap in gaps(shifts, act.zone)
        if gap.start - act.policies.empty_shift <= act.at and (gap.end is None or gap.end > act.at)
    ]
    return [gap for gap in near if not await letters.begun(act.session, _key(gap))]


async def manned(act: Act) -> list[Shift]:
    """Return the roster without those who are of the desk no longer."""
    able = {each.id for role in DESK for each in await people.with_role(act.session, role)}
    return [_able(each, able) for each in act.directory.shifts]


def _able(shift: Shift, able: Collection[int | None]) -> Shift:
    first = shift.first if shift.first in able else None
    return replace(shift, first=first, second=shift.second if shift.second in able else None)


def _key(gap: Gap) -> str:
    return f"empty_shift:{gap.start.isoformat()}"
