"""The rounds: every check in order, and the table of what they found."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from urllib.parse import urlsplit

from rich.table import Table

from bot.doctor import (
    anchors,
    certificates,
    chats,
    clock,
    database,
    environment,
    icmp,
    inventory,
    meters,
    second_way,
    telegram,
)
from bot.doctor.finding import Finding, Level, fail
from bot.doctor.patient import Patient
from bot.logs import HIDDEN
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Check:
    """A check and what it is called."""

    name: str
    examine: Callable[[Patient], Awaitable[Sequence[Finding]]]


CHECKS = (
    Check("settings", environment.examine),
    Check("database", database.examine),
    Check("inventory", inventory.examine),
    Check("ICMP", icmp.examine),
    Check("anchors", anchors.examine),
    Check("meters", meters.examine),
    Check("certificates", certificates.examine),
    Check("Telegram", telegram.examine),
    Check("chats", chats.examine),
    Check("second way", second_way.examine),
    Check("clock", clock.examine),
)
STYLES = {Level.OK: "green", Level.WARN: "yellow", Level.FAIL: "bold red"}

Found = list[tuple[str, Finding]]


async def examine(patient: Patient) -> Found:
    """Do every check; one that falls over is a finding, too."""
    found: Found = []
    try:
        for check in CHECKS:
            found += [(check.name, finding) for finding in await _findings(check, patient)]
    finally:
        await patient.line.close()
    return _redacted(found, patient.settings)


async def _findings(check: Check, patient: Patient) -> Sequence[Finding]:
    try:
        return await check.examine(patient)
    except Exception as error:  # noqa: BLE001 - the other checks are still worth doing
        return [fail(f"the check itself fell over: {type(error).__name__}: {error}", "please report it")]


def refused(sentence: str) -> Found:
    """Return the findings of settings that could not be read: every other check needs them."""
    return [("settings", fail(each, "see docs/settings.md")) for each in sentence.split("; ")]


def failed(found: Found) -> bool:
    """Return whether the bot would not do its work."""
    return any(finding.level is Level.FAIL for _, finding in found)


def table(found: Found) -> Table:
    """Return what was found; what mends it is told by number, in lines that can be copied."""
    shown = Table()
    for heading in ("", "check", "found", "mend"):
        shown.add_column(heading, overflow="fold")
    numbers = count(1)
    for name, finding in found:
        number = str(next(numbers)) if finding.mend else ""
        shown.add_row(finding.level, name, finding.what, number, style=STYLES[finding.level])
    return shown


def mends(found: Found) -> list[str]:
    """Return how to mend what was found, numbered as in the table."""
    wanted = (finding.mend for _, finding in found if finding.mend)
    return [f"{number}. {mend}" for number, mend in enumerate(wanted, 1)]


def _redacted(found: Found, settings: Settings) -> Found:
    """Take every secret out, whatever error quoted it."""
    proxy = settings.telegram_proxy.get_secret_value()
    secrets = [
        settings.telegram_token.get_secret_value(),
        proxy,
        urlsplit(proxy).password or "",
        settings.web_token.get_secret_value(),
        *settings.snmp_secrets,
        *settings.target_secrets,
    ]
    return [
        (name, replace(finding, what=_hidden(finding.what, secrets), mend=_hidden(finding.mend, secrets)))
        for name, finding in found
    ]


def _hidden(text: str, secrets: Iterable[str]) -> str:
    for secret in filter(None, secrets):
        text = text.replace(secret, HIDDEN)
    return text
