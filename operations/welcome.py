"""Welcome: a chat that had shut us out takes letters again, and gets the card of everything that is open."""

from operations.announce import redraw
from operations.desk import Desk
from storage import incidents, people


async def welcome(desk: Desk, chat: int) -> None:
    """Take *chat* back; one that never shut us out has all its cards."""
    async with desk.act() as act:
        if not await people.unblock(act.session, chat):
            return
        for incident in await incidents.live(act.session):
            await redraw(act, incident)
