"""Works: the planned work that covers a unit's lines now, or the mute."""

from dataclasses import dataclass
from datetime import datetime

from incidents.maintenance import Plan, Purpose, ends
from operations.desk import Act
from storage import maintenance


@dataclass(frozen=True, slots=True)
class Works:
    """Planned work, or a mute, that covers a channel now."""

    until: datetime
    reason: str
    purpose: Purpose = Purpose.WORKS


async def works_on(act: Act, unit: int) -> Works | None:
    """Return the work that all channels of *unit* are under, of several the one that ends first."""
    plan = await maintenance.planned(act.session, act.directory, act.at)
    found = [works_of(act, plan, channel) for channel in act.directory.channels_of(unit)]
    known = [each for each in found if each is not None]
    return min(known, key=lambda each: each.until) if known and len(known) == len(found) else None


def works_of(act: Act, plan: Plan, channel: int, purpose: Purpose = Purpose.WORKS) -> Works | None:
    """Return the work, or what else is its *purpose*, that *channel* is under by *plan*."""
    window = plan.covers(channel, act.at, purpose)
    return None if window is None else Works(ends(window, act.at) or act.at, window.reason, purpose)
