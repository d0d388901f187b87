"""ICMP over IPv4 as bytes: what a host answers to an echo request, and what a router answers in its stead."""

import struct
from typing import Final

ROUTER: Final = bytes((198, 18, 0, 254))

_ECHO_REQUEST: Final = 8
_ICMP: Final = 1
_UNREACHABLE: Final = 3
_HOST_UNREACHABLE: Final = 1


def requested(packet: bytes) -> bytes | None:
    """Return the address that an echo request asks, or None when *packet* is no whole echo request."""
    if len(packet) < 28 or packet[0] >> 4 != 4 or packet[9] != _ICMP:
        return None
    header = _header_length(packet)
    if len(packet) < header + 8 or packet[header] != _ECHO_REQUEST:
        return None
    return packet[16:20]


def reply(request: bytes) -> bytes:
    """Return the echo reply of an honest host; swapping the addresses leaves the IP checksum as it was."""
    answer = bytearray(request)
    answer[12:16], answer[16:20] = request[16:20], request[12:16]
    answer[_header_length(request)] = 0
    return _seal(answer)


def truncated(answer: bytes, payload: int) -> bytes:
    """Return *answer* with only the first *payload* bytes behind its ICMP header."""
    short = bytearray(answer[: _header_length(answer) + 8 + payload])
    short[2:4] = len(short).to_bytes(2, "big")
    return _seal(short)


def forged(answer: bytes) -> bytes:
    """Return *answer* with every byte of the payload inverted."""
    start = _header_length(answer) + 8
    return _seal(bytearray(answer[:start]) + bytes(byte ^ 0xFF for byte in answer[start:]))


def from_another(answer: bytes) -> bytes:
    """Return *answer* as if the next address had given it."""
    other = bytearray(answer)
    other[15] ^= 1
    return _seal(other)


def host_unreachable(request: bytes) -> bytes:
    """Return a router's message that the host asked by *request* cannot be reached."""
    quoted = request[: _header_length(request) + 8]
    message = bytes((_UNREACHABLE, _HOST_UNREACHABLE, 0, 0, 0, 0, 0, 0)) + quoted
    size = 20 + len(message)
    header = struct.pack("!BBHHHBBH4s4s", 0x45, 0, size, 0, 0, 64, _ICMP, 0, ROUTER, request[12:16])
    return _seal(bytearray(header + message))


def _header_length(packet: bytes | bytearray) -> int:
    return (packet[0] & 0x0F) * 4


def _seal(packet: bytearray) -> bytes:
    """Return *packet* with both checksums made good."""
    header = _header_length(packet)
    packet[10:12] = packet[header + 2 : header + 4] = b"\0\0"
    packet[10:12] = checksum(packet[:header])
    packet[header + 2 : header + 4] = checksum(packet[header:])
    return bytes(packet)


def checksum(data: bytes | bytearray) -> bytes:
    """Return the internet checksum of *data* (RFC 1071)."""
    padded = bytes(data) + b"\0" * (len(data) % 2)
    total: int = sum(struct.unpack(f"!{len(padded) // 2}H", padded))
    total = (total & 0xFFFF) + (total >> 16)
    total += total >> 16
    return (~total & 0xFFFF).to_bytes(2, "big")
