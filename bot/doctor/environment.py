"""The settings: names nobody reads, a token that is missing, secrets that others can read."""

import re
import stat
from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from bot.doctor.finding import Finding, fail, ok, warn
from bot.doctor.patient import Patient
from bot.settings import Settings

SECRET = re.compile(
    r"^\s*(?:export\s+)?(TRUCMANG_(?:TELEGRAM_TOKEN|TELEGRAM_PROXY|WEB_TOKEN|SNMP_\w+|SECOND_WAY_\w+))\s*=\s*\S",
    re.M | re.I,
)


async def examine(patient: Patient) -> list[Finding]:
    """Look at the environment and .env."""
    findings = [warn(stranger, "correct the name, or remove it") for stranger in patient.strangers]
    findings += judge(patient.settings)
    file = patient.env_file
    if file.is_file():
        kept = sorted(set(SECRET.findall(file.read_text("utf-8", "replace"))))
        findings += judge_file(str(file), stat.S_IMODE(file.stat().st_mode), kept)
    return findings or [ok("every setting is one, and the secrets are kept")]


def judge(settings: Settings) -> list[Finding]:
    """Judge the settings themselves."""
    findings = []
    if not settings.telegram_token.get_secret_value():
        findings.append(
            fail("no token is set", "ask @BotFather for one (/newbot) and set TRUCMANG_TELEGRAM_TOKEN")
        )
    base = urlsplit(settings.telegram_base_url)
    if base.scheme == "http" and _is_far(base.hostname or ""):
        findings.append(
            warn(
                f"the token travels to {base.hostname} in the clear",
                "begin TRUCMANG_TELEGRAM_BASE_URL with https://",
            )
        )
    return findings


def judge_file(name: str, mode: int, secrets: Collection[str]) -> list[Finding]:
    """Judge a file of settings that has *mode* and sets *secrets*."""
    if secrets and mode & stat.S_IROTH:
        return [
            fail(f"everybody on this machine can read {', '.join(secrets)} in {name}", f"chmod 600 {name}")
        ]
    return []


def _is_far(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host  # a bare name is of the own network
