"""TCP probe: a channel answers when its port completes a handshake."""

import asyncio
import errno
import os
import socket
import struct
from ipaddress import ip_address
from time import perf_counter
from typing import Any, Final

from checks.faults import reason_of
from checks.target import Target
from incidents.outcome import Outcome, Reason

_RTT_OFFSET: Final = 68  # tcpi_rtt in struct tcp_info, microseconds
_UNDER_WAY: Final = (0, errno.EINPROGRESS)


async def probe(target: Target, timeout: float) -> Outcome:  # noqa: ASYNC109 - the outcome names it
    """Dial *target* once. A dead line is an answer, never an exception."""
    try:
        async with asyncio.timeout(timeout):
            family, address = await _locate(target)
            return await _dial(family, address)
    except OSError as error:
        return Outcome(reason_of(error))


async def _locate(target: Target) -> tuple[int, Any]:
    try:
        literal = ip_address(target.host)
    except ValueError:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        return found[0][0], found[0][4]
    return (socket.AF_INET if literal.version == 4 else socket.AF_INET6), (target.host, target.port)


async def _dial(family: int, address: Any) -> Outcome:
    started = perf_counter()
    with socket.socket(family, socket.SOCK_STREAM | socket.SOCK_NONBLOCK) as sock:
        # What connect() itself refuses never left this machine; only later errors come from the network.
        code = sock.connect_ex(address)
        if code == errno.ECONNREFUSED:
            return Outcome(Reason.REFUSED)
        if code not in _UNDER_WAY:
            return Outcome(Reason.SEND_FAILED)
        if code:
            await _handshake(sock)
        return Outcome(Reason.REPLY, _round_trip(sock) or perf_counter() - started)


async def _handshake(sock: socket.socket) -> None:
    """Wait until the pending connect of *sock* has succeeded, or raise what it met."""
    loop = asyncio.get_running_loop()
    writable: asyncio.Future[None] = loop.create_future()
    loop.add_writer(sock, _wake, writable)
    try:
        await writable
    finally:
        loop.remove_writer(sock)
    if code := sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
        raise OSError(code, os.strerror(code))


def _wake(writable: asyncio.Future[None]) -> None:
    if not writable.done():
        writable.set_result(None)


def _round_trip(sock: socket.socket) -> float:
    """Return what the kernel measured of the handshake: a busy loop cannot inflate it."""
    info = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 104)
    return float(struct.unpack_from("=I", info, _RTT_OFFSET)[0]) / 1e6 if len(info) >= 72 else 0.0
