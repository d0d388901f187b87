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

_REQUEST: Final = struct.Struct("!BBHHHQ8s")  # type, code, checksum, identifier, sequence; number, secret
_NUMBERS: Final = struct.Struct("!HQ")
_NUMBERS_AT: Final = 6
_REPLY: Final = struct.Struct("!HxxxxxxQ8s")  # type and code; number, secret
_SHORTEST: Final = _REPLY.size
_STAMP: Final = struct.Struct("@ll")
_ERROR: Final = struct.Struct("@IBBB")  # errno, origin, type, code of struct sock_extended_err
_MEMINFO_DROPS: Final = struct.Struct("@32xI")
_AT_ONCE: Final = 50_000  # packets read in one go; more is a flood, which must not hold up the loop

FOREIGN: Final = -1
NO_STAMP: Final = (0, 0)

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
        self._headed = self._raw and self._of.headed
        self._packet = bytearray(_REQUEST.pack(self._of.request, 0, 0, self._identifier, 0, 0, self._secret))
        self.roomy = room(sock) >= RECEIVE_BUFFER
        self._drops = self._read_drops()

    def send(self, number: int, address: str) -> bool:
        """Send probe *number*; False when this machine could not, which says nothing of the host."""
        packet: bytes | bytearray = self._packet  # prepared once: only the numbers change
        _NUMBERS.pack_into(packet, _NUMBERS_AT, number & 0xFFFF, number)
        if self._headed:
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
        receive, headed, secret = self._socket.recvmsg, self._headed, self._secret
        unpack, stamped, wanted = _REPLY.unpack_from, _STAMP.unpack, self._of.reply << 8
        for _ in range(_AT_ONCE):
            try:
                packet, ancillary, _, source = receive(128, 64)
            except BlockingIOError:
                return
            except OSError:  # a router's word, kept in the error queue too
                continue
            if headed:
                packet = raw_socket.unwrapped(packet)
            number = FOREIGN
            if len(packet) >= _SHORTEST:
                kind_and_code, said, signed = unpack(packet)
                if signed == secret and kind_and_code == wanted:
                    number = said
            # The stamp is the one thing beside a packet that this socket asks for.
            yield number, source[0], stamped(ancillary[0][2]) if ancillary else NO_STAMP

    def refusals(self) -> Iterator[Refusal]:
        """Yield what routers said since the last time."""
        start = self._of.quoted_at if self._raw else 0
        for _ in range(_AT_ONCE):
            try:
                quoted, ancillary, _, destination = self._socket.recvmsg(256, 128, MSG_ERRQUEUE)
            except OSError:
                return
            echo = quoted[start:]
            if self._is_refusal(ancillary) and len(echo) >= 8:
                number = self._quoted_number(echo)
                if number != FOREIGN:
                    yield Refusal(number, int.from_bytes(echo[6:8], "big"), destination[0])

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

    def _quoted_number(self, echo: bytes) -> int | None:
        if self._raw and int.from_bytes(echo[4:6], "big") != self._identifier:
            return FOREIGN
        if len(echo) < _SHORTEST:
            return None
        _kind_and_code, number, secret = _REPLY.unpack_from(echo)
        return int(number) if secret == self._secret else FOREIGN

    def _read_drops(self) -> int:
        info = self._socket.getsockopt(socket.SOL_SOCKET, SO_MEMINFO, 36)
        return int(_MEMINFO_DROPS.unpack_from(info)[0]) if len(info) >= 36 else 0
