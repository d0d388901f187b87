"""Shift change: when the roster's next shift begins, the tickets of the last one are offered to it."""

from datetime import datetime, timedelta

from incidents.duty import duty
from operations.desk import Act, Desk
from operations.handover import hand_over
from operations.on_duty import relieved_by
from storage import handovers, incidents

SOON = timedelta(minutes=10)  # after the shift has begun: later it is not the change that asks


async def change(desk: Desk, at: datetime) -> None:
    """Offer the last shift's open tickets to the next one's first, once; without tickets nobody is asked."""
    async with desk.look(at) as act:
        due = await _due(act)
    if due is not None:
        giver, taker = due
        await hand_over(desk, giver, taker)


async def _due(act: Act) -> tuple[int, int] | None:
    """Return who has tickets to give to whom by the roster, or None."""
    taken = await handovers.takeovers(act.session, act.at)
    now = duty(act.directory.shifts, taken, act.zone, act.at)
    if now.shift is None or now.shift.first is None or now.since is not None or now.first != now.shift.first:
        return None
    began, taker = now.shift.span(act.zone).start, now.shift.first
    giver = await relieved_by(act, taker)
    if giver is None or act.at - began > SOON or await _asked(act, giver, began):
        return None
    has = any(each.owner == giver for each in await incidents.live(act.session))
    return (giver, taker) if has else None


async def _asked(act: Act, giver: int, began: datetime) -> bool:
    last = await handovers.last_of(act.session, giver)
    return last is not None and (last.settled is None or last.asked >= began)
