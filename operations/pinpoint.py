"""Pinpoint: of a unit's several channels, the one that a report means."""

from operations.announce import redraw
from operations.desk import Desk
from storage import incidents, letters
from storage.letters import Address
from storage.tables import Report


async def pinpoint(desk: Desk, where: Address, message: int, channel: int) -> bool:
    """Keep *channel*, of those that the answer to a report asks about, as the one that the report means.

    With it goes what the probes said of it alone. False where the message asks nothing of the kind any more.
    """
    async with desk.act() as act:
        asked = await letters.message(act.session, where, message)
        offered = asked.content.get("channels", ()) if asked is not None else ()
        finding = next((found for id_, _, found in offered if id_ == channel), None)
        if asked is None or finding is None:
            return False
        row = await act.session.get(Report, asked.content["report"])
        assert row is not None
        row.channel_id, row.finding = channel, finding
        asked.content = asked.content | {"channels": [], "finding": finding}
        act.session.add_all((row, asked))
        incident = await incidents.find(act.session, row.incident_id)
        assert incident is not None
        await redraw(act, incident)
        return True
