"""Inform: the officers whose lines are worked on hear of it, and of what changes."""

from enum import StrEnum

from incidents.maintenance import Purpose, Window
from operations.announce import Notice, tell
from operations.desk import Act
from operations.scope import channels_in, units_of
from operations.window_view import to_json, window_view
from storage import postings
from storage.letters import Address


class News(StrEnum):
    """What is told of planned work."""

    PLANNED = "planned"
    EXTENDED = "extended"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


async def inform(act: Act, window: Window, news: News) -> int:
    """Tell every officer of a unit that the work is on, each once; return how many. Of a mute nobody is told.

    At night they are told in the morning.
    """
    if window.purpose is Purpose.MUTE:
        return 0
    officers = await concerned(act, window)
    view = to_json(await window_view(act, window))
    end = "" if window.over is None else window.over.isoformat()
    for account, units in officers.items():
        notice = Notice("works", {"news": news, "window": view, "units": units})
        await tell(act, [Address(account)], notice, key=f"works:{window.id}:{news}:{end}")
    return len(officers)


async def concerned(act: Act, window: Window) -> dict[int, list[str]]:
    """Return the units, by the account of who is their officer, that have a line that is worked on."""
    found: dict[int, list[str]] = {}
    for unit in units_of(act, channels_in(act, window.scope)):
        for officer in await postings.officers_of(act.session, unit):
            found.setdefault(officer.telegram_id, []).append(act.directory.units[unit].name)
    return found
