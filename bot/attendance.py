"""Attendance: who comes, goes and speaks in groups, as updates tell it."""

from collections import OrderedDict

import structlog
from telegram import Update, User
from telegram.constants import ChatMemberStatus, ChatType

from operations.attend import come, go
from operations.desk import Desk

log = structlog.get_logger(__name__)

MOST = 2000  # accounts in groups that are remembered as noted
AWAY = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


class Attendance:
    """Notes whoever an update shows to be in a group, or to have left it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._noted: OrderedDict[tuple[int, int], str] = OrderedDict()

    async def notice(self, update: Update, own: int) -> None:
        """Note what *update* tells of others than our *own* account; a failure keeps nothing else undone."""
        try:
            await self._notice(update, own)
        except Exception:
            log.exception("attendance.failed")

    async def _notice(self, update: Update, own: int) -> None:
        if (change := update.chat_member) is not None:
            user, member = change.new_chat_member.user, change.new_chat_member
            away = member.status in AWAY or getattr(member, "is_member", True) is False
            await (self._gone if away else self._seen)(change.chat.id, user)
            return
        message = update.message
        if message is None or message.chat.type == ChatType.PRIVATE:
            return
        if message.left_chat_member is not None:
            await self._gone(message.chat.id, message.left_chat_member)
            return
        speaker = () if message.from_user is None else (message.from_user,)
        for user in (*message.new_chat_members, *speaker):
            if user.id != own:
                await self._seen(message.chat.id, user)

    async def _seen(self, chat: int, user: User) -> None:
        place = chat, user.id
        if self._noted.get(place) == user.full_name or user.username == "GroupAnonymousBot":
            return
        await come(self._desk, chat, user.id, user.full_name, bot=user.is_bot)
        self._noted[place] = user.full_name
        if len(self._noted) > MOST:
            self._noted.popitem(last=False)

    async def _gone(self, chat: int, user: User) -> None:
        self._noted.pop((chat, user.id), None)
        await go(self._desk, chat, user.id)
