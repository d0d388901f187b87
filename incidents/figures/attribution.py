"""Attribution: what of an outage is not the carrier's, by the cause that people found and the unit's word."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from incidents.figures.parts import Share
from incidents.figures.stretches import Excuse
from incidents.model import Cause, Incident
from incidents.said import Power
from incidents.span import Span

# Every other cause is the carrier's, and so is a cause that nobody has confirmed.
EXCUSES: Final[Mapping[Cause, Share]] = MappingProxyType(
    {
        Cause.POWER: Share.POWER,
        Cause.SWITCHED_OFF: Share.SWITCHED_OFF,
        Cause.MOVE: Share.LAN,
        Cause.CONTRACT: Share.LAN,
    }
)


def excuses(incident: Incident, unit_of: Mapping[int, int], until: datetime) -> Iterator[tuple[int, Excuse]]:
    """Yield, by channel, what excuses the carrier of the incident's outages; one that lasts, *until* then.

    A unit's own word on its power counts for its own channels alone; the cause counts for all.
    """
    without = {unit for unit, power in incident.power if power is Power.OUT}
    by_cause = EXCUSES.get(incident.cause) if incident.cause else None
    for member in incident.members:
        by_word = Share.POWER if unit_of.get(member.channel) in without else None
        share = by_cause or by_word
        left = until if member.left is None else member.left
        if share is not None and member.joined < left:
            yield member.channel, Excuse(Span(member.joined, left), share)
