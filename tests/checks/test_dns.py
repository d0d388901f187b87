"""DNS questions on the wire, and probes against a name server on loopback."""

import asyncio
import contextlib
import socket
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks import dns
from checks.question import KINDS, Question
from checks.target import Target
from incidents.outcome import Reason

QUESTION = Question("tinh.vn", "A", 0x1234)
WIRE = bytes.fromhex("1234 0100 0001 0000 0000 0000 04 74696e68 02 766e 00 0001 0001")
ADDRESS = bytes.fromhex("c00c 0001 0001 0000003c 0004 0a000001")


def reply(query=WIRE, flags=0x8180, answers=1, rest=ADDRESS):
    """Return the reply to *query* as a name server would write it."""
    identifier = query[:2]
    return identifier + struct.pack("!5H", flags, 1, answers, 0, 0) + query[12:] + rest


def test_a_question_is_packed_as_the_rfc_has_it():
    assert QUESTION.packed() == WIRE


def test_a_question_is_read_from_a_target():
    target = Target.parse(1, "dns://10.0.0.53/Tinh.vn?type=aaaa")
    assert Question.of(target.path, 7) == Question("tinh.vn", "AAAA", 7)


@pytest.mark.parametrize(
    ("packet", "said"),
    [
        (reply(), Reason.REPLY),
        (reply(rest=b""), Reason.REPLY),  # the records are not read
        (reply(flags=0x8380, answers=0, rest=b""), Reason.REPLY),  # truncated
        (reply(WIRE.replace(b"tinh", b"TiNh")), Reason.REPLY),
        (reply(answers=0, rest=b""), Reason.BAD_ANSWER),
        (reply(flags=0x8182, answers=0), Reason.BAD_ANSWER),  # SERVFAIL
        (reply(flags=0x8185, answers=0), Reason.BAD_ANSWER),  # REFUSED
        (reply(flags=0x8182), Reason.BAD_ANSWER),
        (reply(flags=0x8183, answers=0), Reason.BAD_NAME),
        (reply(b"\x12\x35" + WIRE[2:]), None),
        (reply(WIRE.replace(b"tinh", b"tjnh")), None),
        (reply(WIRE[:-4] + b"\0\x1c\0\x01"), None),  # another type
        (WIRE, None),  # the query itself, sent back
        (reply()[:20], None),
        (b"", None),
    ],
)
def test_a_packet_says_what_it_says(packet, said):
    assert QUESTION.verdict(packet) is said


@given(st.binary(max_size=600))
def test_noise_is_no_reply(packet):
    assert QUESTION.verdict(packet) is None


@given(st.binary(max_size=600), st.integers(0, 0xFFFF), st.integers(0, 0xFFFF))
def test_a_reply_with_noise_behind_it_has_a_verdict(noise, flags, answers):
    packet = reply(flags=flags | 0x8000, answers=answers, rest=noise)
    assert QUESTION.verdict(packet) in (Reason.REPLY, Reason.BAD_ANSWER, Reason.BAD_NAME)


@contextlib.asynccontextmanager
async def serving(answers, host="127.0.0.1"):
    """Answer each query by the packets that *answers* makes of it; yield the port."""

    class Server(asyncio.DatagramProtocol):
        def connection_made(self, transport):
            self.transport = transport

        def datagram_received(self, data, addr):
            for packet in answers(data):
                self.transport.sendto(packet, addr)

    loop = asyncio.get_running_loop()
    try:
        transport, _ = await loop.create_datagram_endpoint(Server, local_addr=(host, 0))
    except OSError as error:
        pytest.skip(f"no {host} here: {error}")
    try:
        yield transport.get_extra_info("sockname")[1]
    finally:
        transport.abort()


async def outcome_of(port, host="127.0.0.1", kind="A", within=1.0):
    return await dns.probe(Target.parse(1, f"dns://{host}:{port}/tinh.vn?type={kind}"), within)


@pytest.mark.parametrize(("host", "shown"), [("127.0.0.1", "127.0.0.1"), ("::1", "[::1]")])
async def test_a_server_with_the_record_answers(host, shown):
    async with serving(lambda query: [reply(query)], host) as port:
        outcome = await outcome_of(port, shown)
    assert outcome.answered
    assert 0 < outcome.latency < 0.5


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_of_record_can_be_asked_for(kind):
    async with serving(lambda query: [reply(query)] if query[-3] == KINDS[kind] else []) as port:
        assert (await outcome_of(port, kind=kind)).answered


async def test_a_server_that_fails_has_its_reason_and_no_latency():
    async with serving(lambda query: [reply(query, flags=0x8182, answers=0)]) as port:
        outcome = await outcome_of(port)
    assert (outcome.reason, outcome.latency) == (Reason.BAD_ANSWER, None)


async def test_replies_to_something_else_are_passed_over():
    def answers(query):
        other = bytes([query[0] ^ 1]) + query[1:]
        return [b"", b"noise", reply(other, flags=0x8182), reply(query)]

    async with serving(answers) as port:
        assert (await outcome_of(port)).answered


async def test_a_reply_from_elsewhere_is_not_heard():
    heard = []

    class Server(asyncio.DatagramProtocol):
        def datagram_received(self, data, addr):
            heard.append(data)
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:  # has another port
                stranger.sendto(reply(data), addr)

    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(Server, local_addr=("127.0.0.1", 0))
    try:
        outcome = await outcome_of(transport.get_extra_info("sockname")[1], within=0.2)
    finally:
        transport.abort()
    assert heard
    assert outcome.reason is Reason.TIMEOUT


async def test_a_silent_server_is_a_timeout():
    async with serving(lambda _query: []) as port:
        assert (await outcome_of(port, within=0.1)).reason is Reason.TIMEOUT


async def test_a_closed_port_is_refused():
    async with serving(lambda _query: []) as port:
        pass
    assert (await outcome_of(port)).reason is Reason.REFUSED


async def test_each_question_has_an_identifier_of_its_own():
    seen = []
    async with serving(lambda query: [seen.append(query[:2]) or reply(query)]) as port:
        for _ in range(8):
            await outcome_of(port)
    assert len(set(seen)) > 4
