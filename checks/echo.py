"""Echo requests and replies on one socket: packing, reading, and the errors that routers send back."""

import secrets
import socket
import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import Final, NamedTuple

from checks import raw_socket
from checks.family import FAMILIES
from checks.icmp_socket import MSG_ERRQUEUE, RECEIVE_BUFFER, SO_MEMINFO, prepare, room
from checks.inbox import Inbox

_REQUEST: Final = struct.Struct("!BBHHHQ8s")  # type, code, checksum, identifier, sequence; number, secret
_NUMBERS: Final = struct.Struct("!HQ")
_NUMBERS_AT: Final = 6
_QUOTED: Final = struct.Struct("!4xHHQ8s")  # identifier, sequence, number, secret
_LEAST_QUOTED: Final = 8  # bytes, RFC 792
_ERROR: Final = struct.Struct("@IBBB")  # errno, origin, type, code of struct sock_extended_err
_MEMINFO_DROPS: Final = struct.Struct("@32xI")
_READS: Final = 800  # at a time, of packets or of errors; more is a flood, which must not hold up the loop

FOREIGN: Final = -1

Reply = tuple[int, str, tuple[int, int]]  # number or FOREIGN, source, stamp (seconds and nanoseconds)


class Refusal(NamedTuple):
    """A router's word that a probe went no further; *number* is None where it quoted too little."""

    number: int | None
    sequence: int
    destination: str


class Echo:
    """One ICMP socket, of either family, that speaks in numbered probes."""

    def __init__(self, sock: socket.socket, buffer: int = RECEIVE_BUFFER) -> None:
        prepare(sock, buffer)
        self._socket = sock
        self._of = FAMILIES[sock.family]
        self._secret = secrets.token_bytes(8)
        # The kernel gives a datagram socket its identifier; a raw one has to choose.
        self._raw = sock.type == socket.SOCK_RAW
        self._identifier = secrets.randbelow(1 << 16) if self._raw else 0
        if self._raw:
            raw_socket.narrow(sock, self._identifier)
        self._seals = self._raw and not self._of.sealed
        self._inbox = Inbox(sock, self._of.raw_header if self._raw else 0)
        self._packet = bytearray(_REQUEST.pack(self._of.request, 0, 0, self._identifier, 0, 0, self._secret))
        self.roomy = room(sock) >= RECEIVE_BUFFER
        self._drops = self._read_drops()

    def send(self, number: int, address: str) -> bool:
        """Send probe *number*; False when this machine could not, which says nothing of the host."""
        packet: bytes | bytearray = self._packet  # prepared once: only the numbers change
        _NUMBERS.pack_into(packet, _NUMBERS_AT, number & 0xFFFF, number)
        if self._seals:
            packet = raw_socket.sealed(bytes(packet))
        try:
            self._socket.sendto(packet, (address, 0))
        except OSError:
            return self._send_again(packet, address)
        return True

    def _send_again(self, packet: bytes | bytearray, address: str) -> bool:
        """Send once more: the kernel hands a router's word on one host to whoever calls next."""
        self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        try:
            self._socket.sendto(packet, (address, 0))
        except OSError:
            return False
        return True

    def replies(self) -> Iterator[Reply]:
        """Yield each that waits."""
        family, text = self._socket.family, socket.inet_ntop
        wanted, secret = self._of.reply << 8, self._secret
        for _ in range(_READS):
            packets = self._inbox.read()
            if packets is None:
                return
            for (kind_and_code, number, signed), (source,), stamp in packets:
                ours = signed == secret and kind_and_code == wanted
                yield number if ours else FOREIGN, text(family, source), stamp

    def refusals(self) -> Iterator[Refusal]:
        """Yield what routers said since the last time."""
        for _ in range(_READS):
            try:
                quoted, ancillary, _, destination = self._socket.recvmsg(256, 128, MSG_ERRQUEUE)
            except OSError:
                return
            if self._is_refusal(ancillary):
                yield from self._quoted(quoted, destination[0])

    def dropped(self) -> int:
        """Return how many packets our own buffer had no room for since the last time."""
        drops = self._read_drops()
        new, self._drops = (drops - self._drops) & 0xFFFFFFFF, drops
        return new

    def close(self) -> None:
        """Close the socket."""
        with suppress(OSError):
            self._socket.close()

    def _is_refusal(self, ancillary: list[tuple[int, int, bytes]]) -> bool:
        for level, kind, data in ancillary:
            if (level, kind) == (self._of.level, self._of.errors) and len(data) >= _ERROR.size:
                _errno, origin, icmp_type, code = _ERROR.unpack_from(data)
                exempt = self._of.refusals.get(icmp_type)
                return origin == self._of.origin and exempt is not None and code not in exempt
        return False

    def _quoted(self, echo: bytes, destination: str) -> Iterator[Refusal]:
        """Yield the refusal of *echo* if it is ours; a router may quote too little to tell its number."""
        if len(echo) < _LEAST_QUOTED:
            return
        identifier, sequence, number, secret = _QUOTED.unpack(echo[: _QUOTED.size].ljust(_QUOTED.size, b"\0"))
        if self._raw and identifier != self._identifier:
            return
        if len(echo) < _QUOTED.size:
            yield Refusal(None, sequence, destination)
        elif secret == self._secret:
            yield Refusal(number, sequence, destination)

    def _read_drops(self) -> int:
        info = self._socket.getsockopt(socket.SOL_SOCKET, SO_MEMINFO, 36)
        return int(_MEMINFO_DROPS.unpack_from(info)[0]) if len(info) >= 36 else 0
