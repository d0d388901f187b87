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

from checks.family import V4, V6, Family
from checks.icmp_socket import MSG_ERRQUEUE

FIRST_PORT: Final = 33434  # by convention nobody listens from here on
_ECHO: Final = struct.Struct("!BBHHH")  # type, code; checksum and identifier are the kernel's; sequence
_SEQUENCE: Final = slice(6, 8)
_ERROR: Final = struct.Struct("@IBBBxII")  # errno, origin, type, code, info, data of struct sock_extended_err
_ATTEMPTS: Final = 10  # a call may be handed a router's word on each probe before it, and send nothing
_AT_ONCE: Final = 256  # packets read in one go


@dataclass(frozen=True, slots=True)
class Kind:
    """What a trace asks of a family of addresses beside an echo."""

    family: int
    echo: Family
    hops: int  # the option for how many routers a packet may pass
    exceeded: int  # the ICMP type of a router that let it go no further

    @property
    def offender(self) -> slice:
        """Where the address is in the sockaddr behind an error."""
        return slice(self.echo.address_at, self.echo.address_at + self.echo.address_size)


IPV4: Final = Kind(socket.AF_INET, V4, socket.IP_TTL, 11)
IPV6: Final = Kind(socket.AF_INET6, V6, socket.IPV6_UNICAST_HOPS, 3)


class Word(NamedTuple):
    """What *source* says of probe *number*: that it was *exceeded* there, or else that it goes no further."""

    number: int
    source: str
    exceeded: bool


class TraceSocket:
    """Sends numbered probes to one *address* and hears of them."""

    def __init__(self, address: str) -> None:
        self.address = str(ip_address(address))
        self._kind = IPV4 if ip_address(address).version == 4 else IPV6
        self._echo = self._kind.echo
        self._socket, self.echoes = _open(self._kind)
        self._socket.setblocking(False)
        self._socket.setsockopt(self._echo.level, self._echo.errors, 1)

    def fileno(self) -> int:
        """Return what becomes readable when there is a word."""
        return self._socket.fileno()

    def send(self, number: int, hops: int) -> bool:
        """Send probe *number*, which the router at *hops* is to drop; False when this machine cannot."""
        self._socket.setsockopt(self._echo.level, self._kind.hops, hops)
        packet = _ECHO.pack(self._echo.request, 0, 0, 0, number) if self.echoes else b""
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
            if self.echoes and len(packet) >= _ECHO.size and packet[0] == self._echo.reply:
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
                if (level, kind) == (self._echo.level, self._echo.errors):
                    yield from self._word(number, data)

    def _word(self, number: int, error: bytes) -> Iterator[Word]:
        _, origin, kind, _, _, _ = _ERROR.unpack_from(error)
        said_by = error[_ERROR.size :][self._kind.offender]
        if origin == self._echo.origin:
            source = IPv4Address(said_by) if self._kind is IPV4 else IPv6Address(said_by)
            yield Word(number, str(source), exceeded=kind == self._kind.exceeded)


def _open(kind: Kind) -> tuple[socket.socket, bool]:
    """Return a socket, and whether it sends echoes."""
    with suppress(OSError):
        return socket.socket(kind.family, socket.SOCK_DGRAM, kind.echo.protocol), True
    return socket.socket(kind.family, socket.SOCK_DGRAM), False
