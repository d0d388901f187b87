"""Offices with a past: three weeks of evenings on which lines were switched off, written as the bot would."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from incidents.model import LineState
from storage import intervals
from storage.intervals import Change

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HOUR = timedelta(hours=1)
MONDAY = date(2025, 11, 24)  # the day of the tests' clock
OFF, ON = 17.6, 7.1  # hours


def at(day, hour):
    """Return the instant of an *hour* of the *day*th day from that Monday on."""
    midnight = datetime.combine(MONDAY + timedelta(days=day), datetime.min.time(), ZONE)
    return midnight + hour * HOUR


def weekdays():
    """Return the workdays of the three weeks before, as days from Monday."""
    return [day for day in range(-21, 0) if (MONDAY + timedelta(days=day)).weekday() < 5]


async def accustom(storage, *channels, off=OFF, on=ON):
    """Have *channels* been switched off on each workday of three weeks, until the next one."""
    evenings = weekdays()
    changes = []
    for channel in channels:
        changes.append(Change(channel, LineState.UP, at(-22, 8), "replied"))
        for day, following in zip(evenings, [*evenings[1:], 0], strict=True):
            late = (day % 5) / 20  # hours
            changes.append(Change(channel, LineState.DOWN, at(day, off + late), "silent"))
            changes.append(Change(channel, LineState.UP, at(following, on + late), "replied"))
    async with storage.begin() as session:
        await intervals.append(session, sorted(changes, key=lambda change: change.since))


def evening(duty, hour=OFF, day=0):
    """Let it be that hour of that day; nothing was heard meanwhile."""
    duty.clock.on(seconds=(at(day, hour) - duty.clock.at).total_seconds())
