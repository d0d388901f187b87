"""Split: the cause of many is over, and what is still out goes on as incidents of its own."""

from incidents.model import Incident
from operations.desk import Act
from operations.fall import go_on


async def split(act: Act, incident: Incident) -> None:
    """Give each line that is still out another incident, with what hangs behind it; *incident* is over."""
    left = {member.channel: member.joined for member in incident.members if member.left is None}
    behind = {below for channel in left for below in act.directory.behind(channel)}
    returned = [member.left for member in incident.members if member.left is not None]
    tops = {channel: left[channel] for channel in sorted(left.keys() - behind)}
    await go_on(act, incident, tops, max(returned, default=act.at))
