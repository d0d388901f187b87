"""Menus: the commands Telegram offers, a list per role, in every language it may ask for."""

import structlog
from telegram import Bot, BotCommand, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import TelegramError

from bot.routes import menu
from incidents.roles import Role, Room
from locales.voice import Voice
from operations.desk import Desk
from storage import people

log = structlog.get_logger(__name__)

LANGUAGES = ("", "vi")  # a client asks for its own first, then for the one without a language
OF_ROOM = {Room.ONCALL: Role.ONCALL, Room.TEAM: Role.TEAM, Room.LEADERS: Role.LEADER}


async def publish(bot: Bot, desk: Desk) -> None:
    """Offer everybody the officer's commands, and staff and their groups those of their role."""
    await _offer(bot, desk.voice, BotCommandScopeDefault(), Role.OFFICER)
    async with desk.look() as act:
        rooms = await people.chats(act.session)
        staff = [each for each in await people.everyone(act.session) if each.role != Role.OFFICER]
    for room in rooms:
        await _offer(bot, desk.voice, BotCommandScopeChat(room.chat), OF_ROOM[Room(room.role)])
    for person in staff:
        await _offer(bot, desk.voice, BotCommandScopeChat(person.telegram_id), Role(person.role))


async def publish_for(bot: Bot, desk: Desk, telegram_id: int) -> None:
    """Offer staff the commands of their role, and anybody else those that everybody is offered."""
    async with desk.look() as act:
        person = await people.by_telegram(act.session, telegram_id)
    scope = BotCommandScopeChat(telegram_id)
    if person is None or person.locked_at is not None or person.role == Role.OFFICER:
        await _withdraw(bot, scope)
    else:
        await _offer(bot, desk.voice, scope, Role(person.role))


async def _offer(
    bot: Bot, voice: Voice, scope: BotCommandScopeDefault | BotCommandScopeChat, role: Role
) -> None:
    commands = [BotCommand(name, voice.plain(description)[:256]) for name, description in menu(role)]
    for language in LANGUAGES:
        try:
            await bot.set_my_commands(commands, scope=scope, language_code=language or None)
        except TelegramError as error:  # a chat that nobody opened yet: it is done at its /start
            log.info("menu.refused", scope=scope.type, error=str(error))
            return


async def _withdraw(bot: Bot, scope: BotCommandScopeChat) -> None:
    for language in LANGUAGES:
        try:
            await bot.delete_my_commands(scope=scope, language_code=language or None)
        except TelegramError as error:
            log.info("menu.refused", scope=scope.type, error=str(error))
            return
