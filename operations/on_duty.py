"""On duty: who it is now, and whom somebody who takes a shift over relieves."""

from datetime import timedelta

from incidents.duty import Duty, duty
from operations.desk import Act
from storage import handovers

BEFORE = timedelta(seconds=1)


async def on_duty(act: Act) -> Duty:
    """Return who is on duty at the time of the act, by the roster and by who took over."""
    taken = await handovers.takeovers(act.session, act.at)
    return duty(act.directory.shifts, taken, act.zone, act.at)


async def relieved_by(act: Act, taker: int) -> int | None:
    """Return whom *taker* relieves: who is on duty, or was until the taker's own shift began, or None."""
    taken = await handovers.takeovers(act.session, act.at)
    now = duty(act.directory.shifts, taken, act.zone, act.at)
    if now.first is not None and now.first != taker:
        return now.first
    if now.shift is None or now.since is not None:
        return None
    before = now.shift.span(act.zone).start - BEFORE
    last = duty(act.directory.shifts, taken, act.zone, before).first
    return None if last == taker else last
