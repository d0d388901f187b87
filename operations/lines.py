"""Lines: the lines of a unit and of what is below it, as a list has them; nothing is written."""

from dataclasses import dataclass

from incidents.model import LineState
from operations.desk import Act
from storage import intervals


@dataclass(frozen=True, slots=True)
class LineEntry:
    """A line as a list of lines has it."""

    unit: str
    area: str | None
    channel: str
    kind: str
    state: LineState
    carrier: str | None
    mbps: float | None
    uplink: str | None


async def lines_of(act: Act, scope: int) -> tuple[LineEntry, ...]:
    """Return every line of *scope* and of what is below it, in the inventory's order."""
    latest = await intervals.latest(act.session)
    found = []
    for id_, channel in act.directory.live_channels.items():
        if not act.directory.within(channel.unit_id, scope):
            continue
        area = act.directory.area(channel.unit_id)
        carrier = act.directory.carriers.get(channel.carrier_id or 0)
        found.append(
            LineEntry(
                unit=act.directory.units[channel.unit_id].name,
                area=area.name if area else None,
                channel=channel.code,
                kind=channel.kind,
                state=LineState(latest[id_].state) if id_ in latest else LineState.UNKNOWN,
                carrier=carrier.name if carrier else None,
                mbps=channel.bandwidth_mbps,
                uplink=act.directory.unit_of(channel.uplink_id).name if channel.uplink_id else None,
            )
        )
    return tuple(found)
