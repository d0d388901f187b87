"""The ICMP socket of a family: a datagram one, which needs no privilege; raw where only that is allowed."""

import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from checks.family import FAMILIES

RECEIVE_BUFFER: Final = 4 << 20  # the default holds 256 replies, one burst

SO_RCVBUFFORCE: Final = 33
SO_TIMESTAMPNS: Final = 35
SO_MEMINFO: Final = 55
IP_MTU_DISCOVER: Final = 10
IP_PMTUDISC_PROBE: Final = 3  # do not fragment; an echo is too small for that
MSG_ERRQUEUE: Final = 0x2000

SocketFactory = Callable[[int], socket.socket]  # by the address family


class IcmpUnavailable(RuntimeError):  # noqa: N818 - a condition of the machine, not a mistake
    """This process may not send ICMP; the sentence says how to mend it."""


def open_icmp_socket(family: int = socket.AF_INET) -> socket.socket:
    """Open an ICMP socket of *family*, or raise IcmpUnavailable."""
    of = FAMILIES[family]
    with suppress(OSError):
        return socket.socket(family, socket.SOCK_DGRAM, of.protocol)
    try:
        return socket.socket(family, socket.SOCK_RAW, of.protocol)
    except PermissionError as error:
        raise IcmpUnavailable(
            "The kernel refuses ICMP to this user; mend it with: "
            "sysctl -w net.ipv4.ping_group_range='0 2147483647'"  # which rules both families
        ) from error
    except OSError as error:
        raise IcmpUnavailable(f"This system has no {of.name} socket: {error}.") from error


def prepare(sock: socket.socket, buffer: int = RECEIVE_BUFFER) -> None:
    """Ask for what the engine rests on: a large buffer, the kernel's stamps, and errors by host."""
    of = FAMILIES[sock.family]
    sock.setblocking(False)
    try:
        sock.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, buffer)
    except PermissionError:
        with suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    sock.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    sock.setsockopt(of.level, of.errors, 1)
    if sock.family == socket.AF_INET:  # it then need not choose the identification of fragments
        sock.setsockopt(socket.IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_PROBE)


def room(sock: socket.socket) -> int:
    """Return how many bytes of replies the socket really holds."""
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)
