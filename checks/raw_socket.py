"""The raw ICMP socket of a privileged process, narrowed to its own replies; else it would hear everyone's."""

import ctypes
import socket
import struct
from typing import Final

from checks.family import FAMILIES, Family, Step

_SO_ATTACH_FILTER: Final = 26
_STEP: Final = struct.Struct("@HBBI")
_WORDS: Final = struct.Struct("!12H")

_JUMP_IF_EQUAL: Final = 0x15
_RETURN: Final = 0x06


def narrow(sock: socket.socket, identifier: int) -> None:
    """Let only echo replies with *identifier* into the buffer of *sock*."""
    of = FAMILIES[sock.family]
    sock.setsockopt(of.filter_level, of.filter_option, of.only_replies)
    program = _program(of, identifier)
    steps = b"".join(_STEP.pack(*step) for step in program)
    held = ctypes.create_string_buffer(steps, len(steps))
    filter_ = struct.pack("@HP", len(program), ctypes.addressof(held))
    sock.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, filter_)


def _program(of: Family, identifier: int) -> tuple[Step, ...]:
    """Return the steps of classic BPF that take a packet with *identifier* and no other."""
    return (
        *of.find_identifier,
        (_JUMP_IF_EQUAL, 0, 1, identifier),
        (_RETURN, 0, 0, 0xFFFF),
        (_RETURN, 0, 0, 0),
    )


def sealed(packet: bytes) -> bytes:
    """Return a 24-byte *packet* with its checksum, which the kernel leaves to a raw IPv4 socket."""
    total: int = sum(_WORDS.unpack(packet))
    total = (total & 0xFFFF) + (total >> 16)
    total += total >> 16
    return packet[:2] + (~total & 0xFFFF).to_bytes(2, "big") + packet[4:]
