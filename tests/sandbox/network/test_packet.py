"""Packets of the box, taken apart by hand."""

import struct

import pytest

from sandbox.network import packet
from sandbox.network.line import Quirk
from sandbox.network.responder import answers

HERE, HOST = bytes((198, 18, 0, 1)), bytes((10, 20, 0, 1))


def ones_complement(data):
    """Add 16-bit words the slow way, apart from the code under test."""
    total = 0
    for index in range(0, len(data), 2):
        total += int.from_bytes(data[index : index + 2].ljust(2, b"\0"), "big")
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total


def sum_to_zero(data):
    return (~ones_complement(data) & 0xFFFF).to_bytes(2, "big")


def request(payload=b"0123456789abcdef", options=b""):
    icmp = struct.pack("!BBHHH", 8, 0, 0, 77, 5) + payload
    icmp = icmp[:2] + sum_to_zero(icmp) + icmp[4:]
    first = 0x45 + len(options) // 4
    size = 20 + len(options) + len(icmp)
    header = struct.pack("!BBHHHBBH", first, 0, size, 9, 0x4000, 64, 1, 0) + HERE + HOST + options
    return header[:10] + sum_to_zero(header) + header[12:] + icmp


def parsed(data):
    """Return (source, destination, type, code, identifier, sequence, payload), all sums checked."""
    header = (data[0] & 15) * 4
    assert ones_complement(data[:header]) == 0xFFFF
    assert ones_complement(data[header:]) == 0xFFFF
    assert int.from_bytes(data[2:4], "big") == len(data)
    kind, code, _, identifier, sequence = struct.unpack_from("!BBHHH", data, header)
    return data[12:16], data[16:20], kind, code, identifier, sequence, data[header + 8 :]


@pytest.mark.parametrize("options", [b"", b"\x01\x01\x01\x00"])
@pytest.mark.parametrize("payload", [b"", b"odd", b"0123456789abcdef"])
def test_a_reply_carries_back_what_was_asked(payload, options):
    assert parsed(packet.reply(request(payload, options))) == (HOST, HERE, 0, 0, 77, 5, payload)


def test_the_asked_address_is_found():
    assert packet.requested(request()) == HOST


@pytest.mark.parametrize(
    "data",
    [
        b"",
        request()[:27],
        b"\x60" + request()[1:],
        request()[:9] + b"\x11" + request()[10:],
        packet.reply(request()),
        b"\x4f" + request(b"")[1:],
    ],
)
def test_what_is_no_whole_echo_request_is_let_alone(data):
    assert packet.requested(data) is None


def test_a_router_quotes_what_it_refuses():
    source, destination, kind, code, _, _, quoted = parsed(packet.host_unreachable(request()))
    assert (source, destination, kind, code) == (packet.ROUTER, HERE, 3, 1)
    assert quoted == request()[:28]


@pytest.mark.parametrize(
    ("quirk", "count", "source", "payload"),
    [
        (None, 1, HOST, b"0123456789abcdef"),
        (Quirk.DUPLICATE, 2, HOST, b"0123456789abcdef"),
        (Quirk.IMPERSONATE, 1, bytes((10, 20, 0, 0)), b"0123456789abcdef"),
        (Quirk.TRUNCATE, 1, HOST, b"0123"),
        (Quirk.FORGE, 1, HOST, bytes(byte ^ 0xFF for byte in b"0123456789abcdef")),
    ],
)
def test_a_quirk_changes_the_answer_and_keeps_it_well_formed(quirk, count, source, payload):
    told = [parsed(answer) for answer in answers(quirk, request())]
    assert [(one[0], one[2], one[6]) for one in told] == [(source, 0, payload)] * count
