"""Echo requests and replies on one socket: packing, reading, and the errors that routers send back."""

import errno
import secrets
import socket
import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import Final, NamedTuple

from checks import raw_socket
from checks.icmp_socket import (
    IP_RECVERR,
    MSG_ERRQUEUE,
    RECEIVE_BUFFER,
    SO_MEMINFO,
    SO_TIMESTAMPNS,
    prepare,
    room,
)

_REQUEST: Final = struct.Struct("!BBHHHQ8s")  # type, code, checksum, identifier, sequence; number, secret
_NUMBERS: Final = struct.Struct("!HQ")
_NUMBERS_AT: Final = 6
_REPLY: Final = struct.Struct("!HxxxxxxQ8s")  # type and code; number, secret
_SHORTEST: Final = _REPLY.size
_ECHO_REPLY: Final = 0
_STAMP: Final = struct.Struct("@ll")
_ERROR: Final = struct.Struct("@IBBB")  # errno, origin, type, code of struct sock_extended_err
_ECHO_REQUEST: Final = 8
_FROM_ICMP: Final = 2
_UNREACHABLE: Final = 3
_TIME_EXCEEDED: Final = 11
_FRAGMENTATION_NEEDED: Final = 4
_MEMINFO_DROPS: Final = struct.Struct("@32xI")
_PENDING: Final = frozenset({errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ECONNREFUSED, errno.EPROTO})
_AT_ONCE: Final = 50_000  # packets read in one go; more is a flood, which must not hold up the loop

FOREIGN: Final = -1
_SOL_SOCKET: Final[int] = socket.SOL_SOCKET  # the enum of the module compares slowly


class Refusal(NamedTuple):
    """A router's word that a probe went no further; *number* is None where it quoted too little."""

    number: int | None
    sequence: int
    destination: str


class Echo:
    """One ICMP socket that speaks in numbered probes."""

    def __init__(self, sock: socket.socket, buffer: int = RECEIVE_BUFFER) -> None:
        self._socket = sock
        self._secret = secrets.token_bytes(8)
        prepare(sock, buffer)
        # The kernel gives a datagram socket its identifier; a raw one has to choose.
        self._raw = sock.type == socket.SOCK_RAW
        self._identifier = secrets.randbelow(1 << 16) if self._raw else 0
        if self._raw:
            raw_socket.narrow(sock, self._identifier)
        self._packet = bytearray(_REQUEST.pack(_ECHO_REQUEST, 0, 0, self._identifier, 0, 0, self._secret))
        self.roomy = room(sock) >= RECEIVE_BUFFER
        self._drops = self._read_drops()

    def send(self, number: int, address: str) -> bool:
        """Send probe *number*; False when this machine could not, which says nothing of the host."""
        packet: bytes | bytearray = self._packet  # prepared once: only the numbers change
        _NUMBERS.pack_into(packet, _NUMBERS_AT, number & 0xFFFF, number)
        if self._raw:
            packet = raw_socket.sealed(bytes(packet))
        try:
            self._socket.sendto(packet, (address, 0))
        except OSError as error:
            return error.errno in _PENDING and self._send_again(packet, address)
        return True

    def _send_again(self, packet: bytes | bytearray, address: str) -> bool:
        """Send once more: the kernel hands a router's word on one host to whoever calls next."""
        self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        try:
            self._socket.sendto(packet, (address, 0))
        except OSError:
            return False
        return True

    def replies(self) -> Iterator[tuple[int, str, int]]:
        """Yield number (or FOREIGN), source and stamp (wall nanoseconds, or 0) of each that waits."""
        receive, raw, secret, unpack = self._socket.recvmsg, self._raw, self._secret, _REPLY.unpack_from
        for _ in range(_AT_ONCE):
            try:
                packet, ancillary, _flags, source = receive(256, 64)
            except BlockingIOError:
                return
            except OSError:  # a router's word, kept in the error queue too
                continue
            if raw:
                packet = raw_socket.unwrapped(packet)
            number = FOREIGN
            if len(packet) >= _SHORTEST:
                kind_and_code, said, signed = unpack(packet)
                if signed == secret and kind_and_code == _ECHO_REPLY:
                    number = said
            yield number, source[0], _stamp(ancillary)

    def refusals(self) -> Iterator[Refusal]:
        """Yield what routers said since the last time."""
        for _ in range(_AT_ONCE):
            try:
                quoted, ancillary, _flags, destination = self._socket.recvmsg(256, 128, MSG_ERRQUEUE)
            except OSError:
                return
            if _is_refusal(ancillary) and len(quoted) >= 8:
                number = self._quoted_number(quoted)
                if number != FOREIGN:
                    yield Refusal(number, int.from_bytes(quoted[6:8], "big"), destination[0])

    def dropped(self) -> int:
        """Return how many packets our own buffer had no room for since the last time."""
        drops = self._read_drops()
        new, self._drops = (drops - self._drops) & 0xFFFFFFFF, drops
        return new

    def close(self) -> None:
        """Close the socket."""
        with suppress(OSError):
            self._socket.close()

    def _quoted_number(self, quoted: bytes) -> int | None:
        if self._raw and int.from_bytes(quoted[4:6], "big") != self._identifier:
            return FOREIGN
        if len(quoted) < _SHORTEST:
            return None
        _kind_and_code, number, secret = _REPLY.unpack_from(quoted)
        return int(number) if secret == self._secret else FOREIGN

    def _read_drops(self) -> int:
        info = self._socket.getsockopt(socket.SOL_SOCKET, SO_MEMINFO, 36)
        return int(_MEMINFO_DROPS.unpack_from(info)[0]) if len(info) >= 36 else 0


def _stamp(ancillary: list[tuple[int, int, bytes]]) -> int:
    for level, kind, data in ancillary:
        if kind == SO_TIMESTAMPNS and level == _SOL_SOCKET and len(data) == _STAMP.size:
            stamp: tuple[int, int] = _STAMP.unpack(data)
            return stamp[0] * 1_000_000_000 + stamp[1]
    return 0


def _is_refusal(ancillary: list[tuple[int, int, bytes]]) -> bool:
    for level, kind, data in ancillary:
        if level == socket.IPPROTO_IP and kind == IP_RECVERR and len(data) >= _ERROR.size:
            _errno, origin, icmp_type, code = _ERROR.unpack_from(data)
            if origin != _FROM_ICMP:
                return False
            blocked = icmp_type == _UNREACHABLE and code != _FRAGMENTATION_NEEDED
            return bool(blocked or icmp_type == _TIME_EXCEEDED)
    return False
