"""HTTP probe: a service answers when it gives a status below 500, for https over TLS that can be trusted."""

import asyncio
from time import perf_counter
from typing import Final

import aiohttp

from checks.faults import reason_of, reason_of_lookup
from checks.target import Target
from incidents.outcome import Outcome, Reason

_FAILING: Final = 500
_HEADERS: Final = {"User-Agent": "trucmang"}


async def probe(target: Target, timeout: float) -> Outcome:  # noqa: ASYNC109 - the outcome names it
    """Ask *target* once, on a connection of its own. A dead line is an answer, never an exception."""
    started = perf_counter()
    try:
        async with asyncio.timeout(timeout):
            status = await _status(target.url)
    except (aiohttp.ClientError, OSError) as error:
        return Outcome(_reason(error))
    if status >= _FAILING:
        return Outcome(Reason.BAD_STATUS)
    return Outcome(Reason.REPLY, perf_counter() - started)


async def _status(url: str) -> int:
    """Return the status alone: the body stays unread, so its size cannot hurt; redirects are answers."""
    connector = aiohttp.TCPConnector(force_close=True, limit=1)
    # trust_env stays off: a proxy from the environment would answer for a dead line.
    async with (
        aiohttp.ClientSession(connector=connector, headers=_HEADERS, trust_env=False) as session,
        session.get(url, allow_redirects=False) as response,
    ):
        return response.status


def _reason(error: aiohttp.ClientError | OSError) -> Reason:
    match error:
        case aiohttp.ClientSSLError():
            return Reason.TLS
        case aiohttp.ClientConnectorDNSError():
            return reason_of_lookup(error.os_error)
        case aiohttp.ClientConnectorError():
            return reason_of(error.os_error)
        case aiohttp.ServerDisconnectedError():
            return Reason.REFUSED
        case OSError():
            return reason_of(error)
    return Reason.BAD_STATUS
