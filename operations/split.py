"""Split: the cause of many is over, and what is still out goes on as incidents of its own."""

from collections.abc import Mapping
from datetime import datetime

from incidents.model import Incident, Join, Leave
from operations.desk import Act
from operations.fall import enter
from operations.respond import take
from storage import incidents


async def split(act: Act, incident: Incident) -> None:
    """Give each line that is still out another incident, with what hangs behind it; *incident* is over."""
    left = {member.channel: member.joined for member in incident.members if member.left is None}
    await enter(act, {channel: left[channel] for channel in _tops(act, left)}, incident.id)
    for each in await incidents.live(act.session):
        if each.id != incident.id and not left.keys().isdisjoint(each.silent):
            await _follow(act, incident, each, left)
    returned = [member.left for member in incident.members if member.left is not None]
    await take(act, incident, Leave(tuple(left), max(returned, default=act.at)))


def _tops(act: Act, left: Mapping[int, datetime]) -> list[int]:
    """Return the lines that hang behind none of the others."""
    behind = {below for channel in left for below in act.directory.behind(channel)}
    return sorted(left.keys() - behind)


async def _follow(act: Act, old: Incident, new: Incident, left: Mapping[int, datetime]) -> None:
    """Have what hangs behind the lines of *new* join it, and what was reported of them."""
    below = {each for channel in new.silent for each in act.directory.behind(channel)}
    behind = tuple(channel for channel in left if channel in below and channel not in new.silent)
    if behind:
        await take(act, new, Join(behind, min(left[channel] for channel in behind)))
    units = {act.directory.channels[channel].unit_id for channel in (*new.silent, *behind)}
    await incidents.move_reports(act.session, old.id, new.id, units)
