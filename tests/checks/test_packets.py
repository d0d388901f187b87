"""What leaves and what comes, byte by byte, over either family and either kind of socket."""

import asyncio
import socket
from collections import namedtuple
from time import monotonic

import icmplib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.counters import Counters
from checks.lane import Lane
from checks.pinger import Pinger
from checks.target import Target
from checks.timeout import FIRST, LEAST, MOST
from incidents.outcome import Reason
from tests.checks import rfc
from tests.checks.far_end import HERE, KINDS, FarEnd

Place = namedtuple("Place", "host other router")
PLACES = {
    socket.AF_INET: Place("10.9.0.1", "10.9.0.2", "10.9.9.9"),
    socket.AF_INET6: Place("2001:db8:9::1", "2001:db8:9::2", "2001:db8:9::9"),
}
LATER = 2 * MOST  # seconds by which everything has expired


@pytest.fixture(scope="module")
def far_end():
    try:
        opened = FarEnd()
    except OSError as error:
        pytest.skip(f"packets need a TUN device in a namespace: {error}")
    yield opened
    opened.close()


class Line:
    """A pinger with two lanes on the wire, and what it told."""

    def __init__(self, far_end, family, raw):
        self.far_end, self.family, self.place = far_end, family, PLACES[family]
        self.counters, self.told = Counters(), []
        self.pinger = Pinger(far_end.socket(family, raw), self.counters, self._settle)
        self.lanes = [Lane(_target(self.place.host)), Lane(_target(self.place.other))]
        far_end.hear()

    def _settle(self, lane, _burst, outcome, _sent, _heard):
        self.told.append((self.lanes.index(lane), outcome.reason))

    def ask(self, lane=0):
        """Send one probe and return its packet."""
        self.pinger.send_all([self.lanes[lane]])
        [packet] = self.far_end.hear()
        return packet

    async def hear(self, *packets):
        """Let *packets* arrive, and what they tell come out; the other lane's reply closes the row."""
        last = self.ask(1)
        for packet in (*packets, rfc.reply(last)):
            self.far_end.say(packet)
        async with asyncio.timeout(5):
            while (1, Reason.REPLY) not in self.told:
                self.pinger.drain()
                await asyncio.sleep(0)
        self.told.remove((1, Reason.REPLY))
        self.counters.replies -= 1
        return self.told

    def give_up(self):
        self.pinger.expire(monotonic() + LATER)
        return self.told


def _target(host):
    return Target.parse(1, f"icmp://[{host}]" if ":" in host else f"icmp://{host}")


@pytest.fixture(params=KINDS, ids=lambda kind: f"{kind[0].name}-{'raw' if kind[1] else 'datagram'}")
def line(request, far_end):
    line = Line(far_end, *request.param)
    yield line
    line.pinger.close()


def test_what_leaves_is_an_echo_request_by_the_rfc(line):
    for sequence in range(3):
        echo = rfc.parse(line.ask())
        assert echo.sound
        assert not echo.fragments
        assert (echo.source, echo.destination) == (HERE[line.family], line.place.host)
        assert (echo.kind, echo.code, echo.sequence) == (rfc.KIND[echo.version]["request"], 0, sequence)
        assert len(echo.payload) == 16


def library(version):
    """Return icmplib's idea of the protocol, without a socket of its own."""
    kind = icmplib.ICMPv6Socket if version == 6 else icmplib.ICMPv4Socket
    return type("Closed", (kind,), {"_create_socket": lambda *_: None})()


def test_an_independent_library_would_have_sent_the_same(line):
    packet = line.ask()
    echo = rfc.parse(packet)
    sent = packet[40:] if echo.version == 6 else packet[20:]
    expected = library(echo.version)._create_packet(echo.identifier, echo.sequence, echo.payload)
    assert sent[:2] + sent[4:] == expected[:2] + expected[4:]
    assert echo.version == 6 or sent == expected  # the library leaves the checksum over IPv6 to the kernel


async def test_an_honest_reply_is_a_reply(line):
    assert await line.hear(rfc.reply(line.ask())) == [(0, Reason.REPLY)]
    assert line.counters.foreign == 0


async def test_a_reply_that_comes_twice_counts_once(line):
    answer = rfc.reply(line.ask())
    assert await line.hear(answer, answer) == [(0, Reason.REPLY)]
    assert line.counters.duplicates == 1


async def test_a_late_reply_is_a_silence_that_teaches_once(line):
    request = line.ask()
    line.give_up()
    assert line.lanes[0].timeout == FIRST
    assert await line.hear(rfc.reply(request), rfc.reply(request)) == [(0, Reason.TIMEOUT)]
    assert (line.counters.late, line.counters.duplicates) == (1, 1)
    assert line.lanes[0].timeout == LEAST


def forged(request):
    """Return a reply with the number that was asked and another secret."""
    payload = rfc.parse(request).payload
    return rfc.reply(request, payload=payload[:8] + bytes(byte ^ 0xFF for byte in payload[8:]))


def of_number(request, step):
    payload = rfc.parse(request).payload
    number = (int.from_bytes(payload[:8], "big") + step) % (1 << 64)
    return rfc.reply(request, payload=number.to_bytes(8, "big") + payload[8:])


FOREIGN = {
    "another secret": forged,
    "no number that was sent": lambda request: of_number(request, 1000),
    "a number below nought": lambda request: of_number(request, -1000),
    "no payload": lambda request: rfc.reply(request, payload=b""),
    "half a number": lambda request: rfc.reply(request, payload=rfc.parse(request).payload[:4]),
    "half a secret": lambda request: rfc.reply(request, payload=rfc.parse(request).payload[:12]),
    "a code that an echo has not": lambda request: rfc.reply(request, code=1),
}


@pytest.mark.parametrize("answer", FOREIGN.values(), ids=FOREIGN.keys())
async def test_a_hostile_reply_is_foreign_and_tells_nothing(line, answer):
    assert await line.hear(answer(line.ask())) == []
    assert (line.counters.foreign, line.counters.replies) == (1, 0)
    assert line.give_up() == [(0, Reason.TIMEOUT)]


async def test_another_host_answers_for_nobody(line):
    request = line.ask()
    assert await line.hear(rfc.reply(request, source=line.place.other)) == []
    assert line.counters.foreign == 1
    assert line.give_up() == [(0, Reason.TIMEOUT)]


async def test_what_is_for_another_process_is_not_even_heard(line):
    request = line.ask()
    wrong = rfc.parse(request).identifier ^ 1
    assert await line.hear(rfc.reply(request, identifier=wrong)) == []
    assert line.counters.foreign == 0


async def test_a_short_packet_is_not_completed_by_the_one_before_it(line):
    request = line.ask()
    assert await line.hear(rfc.reply(request)) == [(0, Reason.REPLY)]
    await line.hear(rfc.reply(request, payload=b""))
    assert (line.counters.duplicates, line.counters.foreign) == (0, 1)


REFUSALS = {
    socket.AF_INET: {(3, 1): True, (3, 13): True, (11, 0): True, (3, 4): False, (12, 0): False},
    socket.AF_INET6: {(1, 0): True, (1, 1): True, (1, 3): True, (3, 0): True, (4, 0): False},
}


async def test_a_router_refuses_by_some_types_and_not_by_others(line):
    for (kind, code), refused in REFUSALS[line.family].items():
        request = line.ask()
        told = await line.hear(rfc.refusal(request, line.place.router, kind, code))
        assert told == ([(0, Reason.UNREACHABLE)] if refused else []), (kind, code)
        line.give_up()
        line.told.clear()


async def test_a_router_that_quotes_little_is_understood(line):
    request = line.ask()
    kind, code = next(iter(REFUSALS[line.family]))
    answer = rfc.refusal(request, line.place.router, kind, code, quoted=8)
    assert await line.hear(answer) == [(0, Reason.UNREACHABLE)]


async def test_a_refusal_of_what_was_not_asked_tells_nothing(line):
    kind, code = next(iter(REFUSALS[line.family]))
    answer = rfc.refusal(forged_request(line.ask()), line.place.router, kind, code)
    assert await line.hear(answer) == []
    assert line.counters.unreachable == 0


def forged_request(request):
    """Return *request* with another secret."""
    return request[:-8] + bytes(byte ^ 0xFF for byte in request[-8:])


@settings(max_examples=60, deadline=None)
@given(payload=st.binary(max_size=200), code=st.integers(0, 255), kind=st.sampled_from(KINDS))
def test_no_bytes_of_the_wire_pass_for_a_reply(far_end, payload, code, kind):
    line = Line(far_end, *kind)
    try:
        request = line.ask()
        answer = rfc.reply(request, payload=payload, code=code)
        asyncio.run(line.hear(answer))
        assert line.told == []
        assert line.counters.replies == 0
    finally:
        line.pinger.close()
