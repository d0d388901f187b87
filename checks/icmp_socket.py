"""The ICMP socket: a datagram one, which needs no privilege; a raw one where only that is allowed."""

import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from checks.raw_socket import open_raw_socket

RECEIVE_BUFFER: Final = 4 << 20  # the default holds 256 replies, one burst

SO_RCVBUFFORCE: Final = 33
SO_TIMESTAMPNS: Final = 35
SO_MEMINFO: Final = 55
IP_RECVERR: Final = 11
MSG_ERRQUEUE: Final = 0x2000

SocketFactory = Callable[[], socket.socket]


class IcmpUnavailable(RuntimeError):  # noqa: N818 - a condition of the machine, not a mistake
    """This process may not send ICMP; the sentence says how to mend it."""


def open_icmp_socket() -> socket.socket:
    """Open an ICMP socket, or raise IcmpUnavailable."""
    with suppress(OSError):
        return socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP)
    try:
        return open_raw_socket()
    except PermissionError as error:
        raise IcmpUnavailable(
            "The kernel refuses ICMP to this user; mend it with: "
            "sysctl -w net.ipv4.ping_group_range='0 2147483647'"
        ) from error
    except OSError as error:
        raise IcmpUnavailable(f"This system has no ICMP socket: {error}.") from error


def prepare(sock: socket.socket, buffer: int = RECEIVE_BUFFER) -> None:
    """Ask for what the engine rests on: a large buffer, the kernel's stamps, and errors by host."""
    sock.setblocking(False)
    try:
        sock.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, buffer)
    except PermissionError:
        with suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    sock.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    sock.setsockopt(socket.IPPROTO_IP, IP_RECVERR, 1)


def room(sock: socket.socket) -> int:
    """Return how many bytes of replies the socket really holds."""
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)
