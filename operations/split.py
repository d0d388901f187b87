"""Split: the cause of many is over, and what is still out goes on as incidents of its own."""

from incidents.model import Incident, Leave, Member, Severity
from operations.desk import Act
from operations.respond import begin, take
from storage import incidents


async def split(act: Act, incident: Incident) -> None:
    """Give each line that is still out a ticket, with what hangs behind it; *incident* is then over."""
    left = set(incident.silent)
    joined = {member.channel: member.joined for member in incident.members if member.left is None}
    for channel in _tops(act, left):
        fallen = (channel, *sorted(left.intersection(act.directory.behind(channel))))
        unit = act.directory.channels[channel].unit_id
        own = Incident(
            unit=unit,
            opened=act.at,
            root=channel,
            members=tuple(Member(each, joined[each]) for each in fallen),
            severity=Severity.HIGH if len(fallen) > 1 else Severity.MEDIUM,
            parent=incident.id,
        )
        opened = await begin(act, own, "split")
        units = {act.directory.channels[each].unit_id for each in fallen}
        await incidents.move_reports(act.session, incident.id, opened.id, units)
    returned = [member.left for member in incident.members if member.left is not None]
    await take(act, incident, Leave(incident.silent, max(returned, default=act.at)))


def _tops(act: Act, left: set[int]) -> list[int]:
    """Return the lines that hang behind none of the others."""
    behind = {below for channel in left for below in act.directory.behind(channel)}
    return sorted(left - behind)
