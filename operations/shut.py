"""Shut: a chat takes nothing from us any more; it is marked, and an administrator is told once a day."""

from incidents.roles import Role
from operations.announce import Notice, tell
from operations.desk import Act, Desk
from storage import people
from storage.letters import Address


async def shut(desk: Desk, chat: int, why: str) -> None:
    """Mark *chat*, and tell every administrator but whoever it belongs to."""
    async with desk.act() as act:
        notice = Notice("shut", {"chat": await _name(act, chat), "why": why})
        await people.mark_blocked(act.session, chat, act.at, why)
        administrators = await people.with_role(act.session, Role.ADMIN)
        wheres = [Address(each.telegram_id) for each in administrators if each.telegram_id != chat]
        await tell(act, wheres, notice, key=f"shut:{chat}:{act.at:%Y-%m-%d}")


async def _name(act: Act, chat: int) -> str:
    person = await people.by_telegram(act.session, chat)
    if person is not None:
        return person.name
    team = next((each for each in act.directory.teams.values() if each.chat_id == chat), None)
    if team is not None:
        return team.name
    row = next((each for each in await people.chats(act.session) if each.chat == chat), None)
    return (row.title if row else None) or str(chat)
