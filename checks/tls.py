"""TLS probe: a service answers when its handshake ends, with a certificate that can be trusted."""

import asyncio
import ssl
from functools import cache
from time import perf_counter
from typing import Final

from checks.certificate import Certificate, fault_of
from checks.faults import reason_of
from checks.target import Target
from incidents.outcome import Outcome, Reason

PORT: Final = 443  # of https:// without one


@cache
def trust() -> ssl.SSLContext:
    """Return the authorities of this machine, or those of SSL_CERT_FILE; reading them takes a while, once."""
    return ssl.create_default_context()


async def probe(
    target: Target,
    timeout: float,  # noqa: ASYNC109 - the outcome names it
    context: ssl.SSLContext | None = None,
) -> Outcome:
    """Shake hands with *target* once. A dead service is an answer, never an exception."""
    trusted = await asyncio.to_thread(trust) if context is None else context
    started = perf_counter()
    try:
        async with asyncio.timeout(timeout):
            await _shake(target, trusted)
    except ssl.SSLError:  # an OSError too, so it comes first
        return Outcome(Reason.TLS)
    except OSError as error:
        return Outcome(reason_of(error))
    return Outcome(Reason.REPLY, perf_counter() - started)


async def certificate(
    target: Target,
    timeout: float,  # noqa: ASYNC109 - the caller's patience
    context: ssl.SSLContext | None = None,
) -> Certificate | None:
    """Return the certificate of a tls:// or https:// target; None where the handshake did not come to it."""
    trusted = await asyncio.to_thread(trust) if context is None else context
    try:
        async with asyncio.timeout(timeout):
            return await _shake(target, trusted)
    except ssl.SSLError as error:
        return Certificate(None, fault_of(error))
    except OSError:
        return None


async def _shake(target: Target, context: ssl.SSLContext) -> Certificate:
    port = target.port or PORT
    _, writer = await asyncio.open_connection(target.host, port, ssl=context, server_hostname=target.host)
    try:
        return Certificate.of(writer.get_extra_info("ssl_object"))
    finally:
        writer.transport.abort()  # no farewell: some servers never answer it
