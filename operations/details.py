"""Details: what a card shows of an incident when it is unfolded, beside what it always shows."""

from dataclasses import dataclass

from incidents.model import Incident
from operations.desk import Act
from operations.explain import Happened, happened
from operations.promise import bound_by


@dataclass(frozen=True, slots=True)
class Details:
    """The unit whose line it hangs behind, whose word the repair is and how to call them, and every step."""

    uplink: str | None
    carrier: str | None
    hotline: str | None
    steps: tuple[Happened, ...]


async def details(act: Act, incident: Incident) -> Details:
    """Return the details of *incident*."""
    root = act.directory.channels.get(incident.root) if incident.root else None
    bound = bound_by(act, incident)
    return Details(
        uplink=act.directory.unit_of(root.uplink_id).name if root and root.uplink_id else None,
        carrier=bound.name if bound else None,
        hotline=bound.hotline if bound else None,
        steps=await happened(act, incident),
    )
