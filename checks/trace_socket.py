"""The socket of a trace: probes that die on the way, and the routers' word on them, all without privilege.

A datagram ICMP socket where the kernel gives one, for an echo goes where the probes of a channel go; else
UDP, which is everybody's. The error queue (IP_RECVERR) tells either of them who dropped a packet.
"""

import socket
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final, NamedTuple

from checks.icmp_socket import IP_RECVERR, MSG_ERRQUEUE

FIRST_PORT: Final = 33434  # by convention nobody listens from here on
_IPV6_RECVERR: Final = 25
_ECHO: Final = struct.Struct("!BBHHH")  # type, code; checksum and identifier are the kernel's; sequence
_SEQUENCE: Final = slice(6, 8)
_ERROR: Final = struct.Struct("@IBBBxII")  # errno, origin, type, code, info, data of struct sock_extended_err
_ATTEMPTS: Final = 10  # a call may be handed a router's word on each probe before it, and send nothing
_AT_ONCE: Final = 256  # packets read in one go


@dataclass(frozen=True, slots=True)
class Family:
    """The numbers in which IPv4 and IPv6 differ."""

    family: int
    icmp: int
    level: int
    hops: int  # the option for how many routers a packet may pass
    errors: int  # the option for the error queue
    request: int  # ICMP types
    reply: int
    exceeded: int
    origin: int  # of an error that came by ICMP
    offender: slice  # where the address is in the sockaddr behind the error


V4: Final = Family(
    socket.AF_INET,
    socket.IPPROTO_ICMP,
    socket.IPPROTO_IP,
    socket.IP_TTL,
    IP_RECVERR,
    8,
    0,
    11,
    2,
    slice(4, 8),
)
V6: Final = Family(
    socket.AF_INET6, socket.IPPROTO_ICMPV6, socket.IPPROTO_IPV6, socket.IPV6_UNICAST_HOPS, _IPV6_RECVERR,
    128, 129, 3, 3, slice(8, 24),
)  # fmt: skip


class Word(NamedTuple):
    """What *source* says of probe *number*: that it was *exceeded* there, or else that it goes no further."""

    number: int
    source: str
    exceeded: bool


class TraceSocket:
    """Sends numbered probes to one *address* and hears of them."""

    def __init__(self, address: str) -> None:
        self.address = str(ip_address(address))
        self._family = V4 if ip_address(address).version == 4 else V6
        self._socket, self.echoes = _open(self._family)
        self._socket.setblocking(False)
        self._socket.setsockopt(self._family.level, self._family.errors, 1)

    def fileno(self) -> int:
        """Return what becomes readable when there is a word."""
        return self._socket.fileno()

    def send(self, number: int, hops: int) -> bool:
        """Send probe *number*, which the router at *hops* is to drop; False when this machine cannot."""
        self._socket.setsockopt(self._family.level, self._family.hops, hops)
        packet = _ECHO.pack(self._family.request, 0, 0, 0, number) if self.echoes else b""
        where = self.address, 0 if self.echoes else FIRST_PORT + number
        for _ in range(_ATTEMPTS):
            with suppress(OSError):
                self._socket.sendto(packet, where)
                return True
        return False

    def words(self) -> Iterator[Word]:
        """Yield what came since the last time."""
        yield from self._errors()
        for _ in range(_AT_ONCE):
            try:
                packet, source = self._socket.recvfrom(256)
            except BlockingIOError:
                return
            except OSError:  # a router's word, kept in the error queue too
                continue
            if self.echoes and len(packet) >= _ECHO.size and packet[0] == self._family.reply:
                yield Word(
                    int.from_bytes(packet[_SEQUENCE], "big"), str(ip_address(source[0])), exceeded=False
                )

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()

    def _errors(self) -> Iterator[Word]:
        for _ in range(_AT_ONCE):
            try:
                quoted, ancillary, _, destination = self._socket.recvmsg(256, 256, MSG_ERRQUEUE)
            except OSError:
                return
            if self.echoes and len(quoted) < _ECHO.size:
                continue
            number = int.from_bytes(quoted[_SEQUENCE], "big") if self.echoes else destination[1] - FIRST_PORT
            for level, kind, data in ancillary:
                if (level, kind) == (self._family.level, self._family.errors):
                    yield from self._word(number, data)

    def _word(self, number: int, error: bytes) -> Iterator[Word]:
        _, origin, kind, _, _, _ = _ERROR.unpack_from(error)
        said_by = error[_ERROR.size :][self._family.offender]
        if origin == self._family.origin:
            source = IPv4Address(said_by) if self._family is V4 else IPv6Address(said_by)
            yield Word(number, str(source), exceeded=kind == self._family.exceeded)


def _open(family: Family) -> tuple[socket.socket, bool]:
    """Return a socket, and whether it sends echoes."""
    with suppress(OSError):
        return socket.socket(family.family, socket.SOCK_DGRAM, family.icmp), True
    return socket.socket(family.family, socket.SOCK_DGRAM), False
