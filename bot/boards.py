"""The boards kept up: each on-call chat's is drawn anew when it says something else, or its stamp is old."""

from datetime import datetime

from bot.cards.board import body
from incidents.roles import Room
from operations.desk import Act, Desk
from operations.overview import overview
from storage import boards, letters, people
from storage.tables import Chat


async def renew(desk: Desk, at: datetime) -> None:
    """Have every board drawn that is due at *at*."""
    async with desk.look(at) as act:
        if not act.policies.board.shown:
            return
        chats = await people.chats(act.session, Room.ONCALL)
        due = [letters.address(each) for each in chats if await _is_due(desk, act, each)]
    if due:
        async with desk.act(at) as act:
            for where in due:
                await boards.ask(act.session, where, at)


async def _is_due(desk: Desk, act: Act, chat: Chat) -> bool:
    known = await boards.at(act.session, letters.address(chat))
    if known is None:
        return True
    if known.settled is None or act.at - known.settled < act.policies.board.every:
        return False
    if known.message_id is None or act.at - known.settled >= act.policies.board.renew:
        return True
    view = await overview(act, chat.unit_id)
    return body(view, desk.voice, act.at).digest != known.content.get("said")
