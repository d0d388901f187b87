"""Telegram: reached, knowing the token, and talking to nobody else by it."""

import asyncio
import socket
from contextlib import suppress
from urllib.parse import urlsplit

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.doctor.finding import Finding, fail, ok, warn
from bot.doctor.line import PATIENCE, Heard
from bot.doctor.patient import Patient

PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}
TRY_BASE = (
    "mend TRUCMANG_TELEGRAM_BASE_URL: https://api.telegram.org/bot, or your own server's, ending in /bot"
)
TRY_PROXY = "open the firewall to it, set TRUCMANG_TELEGRAM_PROXY, or run a Bot API server of your own"


async def examine(patient: Patient) -> list[Finding]:
    """Ask Telegram who we are, and who else listens."""
    if not patient.has_token:
        return [warn("Telegram was not asked: there is no token", "see settings")]
    try:
        me = await patient.line.me()
        findings = await _others(patient)
    except TelegramError as error:
        return [await _why(patient, error)]
    return findings or [ok(f"@{me.username} answers at {patient.settings.telegram_base_url}")]


async def _others(patient: Patient) -> list[Finding]:
    """Look for whoever else takes the updates of this account."""
    bot = patient.line.bot
    webhook = (await bot.get_webhook_info()).url
    if webhook:
        mend = (
            "stop that system, or take a bot of your own from @BotFather; trucmang run takes the webhook away"
        )
        return [fail(f"another system has set a webhook, at {urlsplit(webhook).hostname}", mend)]
    if patient.running:  # it would be cut off by our asking
        return []
    try:
        await bot.get_updates(limit=1, timeout=patient.listen)  # without an offset: nothing is taken
    except Conflict:
        mend = "stop the other process; if it is not yours, /revoke the token at @BotFather"
        return [fail("another process polls with this token", mend)]
    return []


async def _why(patient: Patient, error: TelegramError) -> Finding:
    heard, base = patient.line.heard, urlsplit(patient.settings.telegram_base_url)
    if heard is not None:
        return judge_answer(heard, error, patient.settings.telegram_base_url)
    proxy = urlsplit(patient.settings.telegram_proxy.get_secret_value())
    if proxy.hostname:
        if await _answers(proxy.hostname, proxy.port or PORTS[proxy.scheme]):
            return fail(f"the proxy does not lead to {base.hostname}", "see the proxy's own log and rules")
        return fail("the proxy does not answer", "start it, or mend TRUCMANG_TELEGRAM_PROXY")
    if _is_name_fault(error):
        return fail(f"{base.hostname} has no address here", f"mend the DNS of this machine; or {TRY_BASE}")
    return fail(f"{base.hostname} does not answer ({type(error).__name__})", TRY_PROXY)


def judge_answer(heard: Heard, error: TelegramError, base: str) -> Finding:
    """Judge an answer that was not the one asked for."""
    if not heard.api:
        return fail(f"what answers at {base} is no Bot API server (HTTP {heard.status})", TRY_BASE)
    if isinstance(error, InvalidToken):
        mend = "ask @BotFather for it (/mybots, API Token) and set TRUCMANG_TELEGRAM_TOKEN"
        return fail("Telegram does not know the token", mend)
    return warn(f"Telegram answers with HTTP {heard.status} ({type(error).__name__})", "try again in a while")


async def _answers(host: str, port: int) -> bool:
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(PATIENCE):
            _, writer = await asyncio.open_connection(host, port)
            writer.close()
            await writer.wait_closed()
            return True
    return False


def _is_name_fault(error: BaseException) -> bool:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, socket.gaierror):
            return True
        seen = seen.__cause__ or seen.__context__
    return False
