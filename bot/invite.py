"""The invitation at the command line: made in the database, shown as a link and a QR for a telephone."""

from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path

import segno
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.app import civil_now
from bot.chat import NO_ENVIRONMENT
from bot.settings import Settings
from incidents.roles import Role
from operations.desk import Act, Desk
from operations.invite import InvitationError, Invited, Place, invite, link
from storage import schema
from storage.engine import Storage

PATIENCE = 5.0  # seconds for Telegram to say the bot's name


@dataclass(frozen=True, slots=True)
class Ticket:
    """An invitation as it is handed over; *link* is None where the bot's name could not be asked."""

    invited: Invited
    link: str | None
    away: str = ""  # why not


async def make(settings: Settings, role: Role, unit: str | None, team: str | None, days: int) -> Ticket:
    """Make an invitation for *role* at the unit or team with this code."""
    await schema.upgrade(settings.database_url)
    async with Storage(settings.database_url) as storage:
        desk = Desk(storage, civil_now, settings.voice)
        async with desk.act() as act:
            place = Place(role, _unit(act, unit), _team(act, team))
            invited = await invite(act, place, None, timedelta(days=days))
    try:
        return Ticket(invited, link(await _bot_name(settings), invited.payload))
    except InvalidToken:
        return Ticket(invited, None, "TRUCMANG_TELEGRAM_TOKEN is not set, or is not a bot's")
    except TelegramError as error:
        return Ticket(invited, None, f"Telegram does not answer ({type(error).__name__})")


def qr(text: str) -> str:
    """Return *text* as a QR of half blocks, light as a terminal's letters."""
    drawn = StringIO()
    _code(text).terminal(drawn, compact=True, border=2)
    return drawn.getvalue()


def save_png(text: str, path: Path) -> None:
    """Write *text* as a QR picture."""
    with path.open("wb") as file:
        _code(text).save(file, kind="png", scale=8)


def _code(text: str) -> segno.QRCode:
    return segno.make_qr(text, error="m")


async def _bot_name(settings: Settings) -> str:
    request = HTTPXRequest(
        proxy=settings.telegram_proxy.get_secret_value() or None,
        connect_timeout=PATIENCE,
        read_timeout=PATIENCE,
        httpx_kwargs=NO_ENVIRONMENT,
    )
    bot = Bot(
        settings.telegram_token.get_secret_value(), base_url=settings.telegram_base_url, request=request
    )
    try:
        me = await bot.get_me()
    finally:
        await request.shutdown()
    assert me.username is not None  # every bot has one
    return me.username


def _unit(act: Act, code: str | None) -> int | None:
    """Return the unit that «code» or «edition/code» means."""
    if code is None:
        return None
    edition, _, bare = code.rpartition("/")
    found = [
        unit
        for unit in act.directory.units.values()
        if unit.code == bare and edition in ("", unit.edition) and unit.retired_at is None
    ]
    if not found:
        raise InvitationError(f"no unit has the code {code}")
    if len(found) > 1:
        ways = " or ".join(sorted(f"{unit.edition}/{unit.code}" for unit in found))
        raise InvitationError(f"two editions have the code {code}: expected {ways}")
    return found[0].id


def _team(act: Act, code: str | None) -> int | None:
    if code is None:
        return None
    found = next((id_ for id_, team in act.directory.teams.items() if team.code == code), None)
    if found is None:
        raise InvitationError(f"no team has the code {code}")
    return found
