"""The certificates of services over TLS: what is not trusted, and what somebody should renew soon."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from bot.doctor.finding import Finding, ok, warn
from bot.doctor.patient import Patient
from checks import tls
from checks.certificate import SOON, Certificate
from checks.target import Target

AT_ONCE = 16
PATIENCE = 5.0  # seconds for a handshake


async def examine(patient: Patient) -> list[Finding]:
    """Shake hands with every service over TLS; one that is silent shows none, and the bot itself tells so."""
    records = await patient.records()
    if records is None:
        return [warn("the certificates could not be read", "see database")]
    inventory = records.directory
    series = [each for channel in inventory.live_channels for each in inventory.series_of(channel)]
    targets = [Target.parse(each, inventory.series[each].url) for each in series]
    secured = [each for each in targets if each.scheme in ("tls", "https")]
    room = asyncio.Semaphore(AT_ONCE)

    async def shown(target: Target) -> Certificate | None:
        async with room:
            return await tls.certificate(target, PATIENCE)

    certificates = await asyncio.gather(*map(shown, secured))
    found = [
        finding
        for target, certificate in zip(secured, certificates, strict=True)
        if certificate is not None
        for finding in judge(target.url, certificate, patient.now())
    ]
    return found or [ok(f"{len(secured)} services over TLS" if secured else "no service is probed over TLS")]


def judge(url: str, certificate: Certificate, at: datetime) -> Sequence[Finding]:
    """Judge the certificate that *url* showed."""
    days = certificate.days_left(at)
    if days is None:
        mend = "renew the certificate, or add its authority to those this machine trusts (SSL_CERT_FILE)"
        return [warn(f"the certificate of {url} is not trusted: {certificate.fault}", mend)]
    if days < SOON:
        return [warn(f"the certificate of {url} ends in {days} days", "have its owner renew it")]
    return []
