"""Unfold: how much one chat's card of an incident shows."""

from incidents.model import Incident
from operations.announce import redraw_at
from operations.desk import Desk
from storage import letters
from storage.letters import Address


async def unfold(desk: Desk, incident: Incident, where: Address, message: int, fold: int) -> bool:
    """Have the live card at *where* show as much as *fold* says; False where *message* is not that card."""
    async with desk.act() as act:
        found = await letters.fold_card(act.session, incident.id, where, message, fold)
        if found:
            await redraw_at(act, incident, where)
        return found
