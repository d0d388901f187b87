"""The raw ICMP socket of a privileged process, narrowed to its own replies; else it would hear everyone's."""

import ctypes
import socket
import struct
from typing import Final

_SOL_RAW: Final = 255
_ICMP_FILTER: Final = 1
_ALL_BUT_ECHO_REPLY: Final = 0xFFFFFFFE
_SO_ATTACH_FILTER: Final = 26
_WORDS: Final = struct.Struct("!12H")

# Classic BPF, "code, jump if true, jump if false, operand".
_LOAD_HEADER_LENGTH: Final = 0xB1  # X = 4 * (packet[0] & 15)
_LOAD_HALF_AT_X: Final = 0x48
_JUMP_IF_EQUAL: Final = 0x15
_RETURN: Final = 0x06
_IDENTIFIER: Final = 4  # its offset in the ICMP header


def open_raw_socket() -> socket.socket:
    """Open a raw ICMP socket; it takes root or CAP_NET_RAW, else PermissionError."""
    return socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)


def narrow(sock: socket.socket, identifier: int) -> None:
    """Let only echo replies with *identifier* into the buffer of *sock*."""
    sock.setsockopt(_SOL_RAW, _ICMP_FILTER, struct.pack("@I", _ALL_BUT_ECHO_REPLY))
    program = b"".join(
        struct.pack("@HBBI", *step)
        for step in (
            (_LOAD_HEADER_LENGTH, 0, 0, 0),
            (_LOAD_HALF_AT_X, 0, 0, _IDENTIFIER),
            (_JUMP_IF_EQUAL, 0, 1, identifier),
            (_RETURN, 0, 0, 0xFFFF),
            (_RETURN, 0, 0, 0),
        )
    )
    steps = ctypes.create_string_buffer(program, len(program))
    sock.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, struct.pack("@HP", 5, ctypes.addressof(steps)))


def sealed(packet: bytes) -> bytes:
    """Return a 24-byte *packet* with its checksum, which the kernel leaves to a raw socket."""
    total: int = sum(_WORDS.unpack(packet))
    total = (total & 0xFFFF) + (total >> 16)
    total += total >> 16
    return packet[:2] + (~total & 0xFFFF).to_bytes(2, "big") + packet[4:]


def unwrapped(packet: bytes) -> bytes:
    """Return what follows the IP header that a raw socket leaves on."""
    return packet[(packet[0] & 0x0F) * 4 :] if packet else packet
