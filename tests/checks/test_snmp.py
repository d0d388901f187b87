"""Meters are read from a real agent, and from sockets that are none."""

import asyncio
import os
import socket
import subprocess
import sys
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from time import monotonic

import pytest
from pyasn1.codec.ber import decoder, encoder
from pysnmp.proto.api import v2c

from checks.credential import parse
from checks.meter import Fault, Meter
from checks.snmp import Snmp
from incidents.bandwidth import Reading
from tests.agent import COMMUNITY, PASSWORD, PRIVACY, free_port, snmpd

CREDENTIALS = {
    "V2": f"v2c:{COMMUNITY}",
    "NAMES": "v2c:names-only",
    "STRONG": f"v3:strong:sha256:{PASSWORD}:aes:{PRIVACY}",
    "STRONGEST": f"v3:strongest:sha512:{PASSWORD}:aes256:{PRIVACY}",
    "OLD": f"v3:old:md5:{PASSWORD}:des:{PRIVACY}",
    "PLAIN": f"v3:plain:sha:{PASSWORD}",
    "NOBODY": f"v3:nobody:sha:{PASSWORD}",
    "FORGOTTEN": "v3:plain:sha:another-password",
    "OPEN": f"v3:strong:sha256:{PASSWORD}",  # the agent shows this user nothing that is not encrypted
    "STRANGER": "v2c:another-community",
}


def reader(**options: object) -> Snmp:
    credentials = {name: parse(text) for name, text in CREDENTIALS.items()}
    return Snmp(credentials, **{"wait": 0.5} | options)


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    with snmpd(tmp_path_factory.mktemp("snmpd")) as port:
        yield port


def meter(port: int, interface: str, credential: str, *, channel: int = 1, centre: bool = False) -> Meter:
    return Meter(channel, "127.0.0.1", port, interface, credential, centre)


def loopback() -> int:
    """Return the octets that the kernel counted on lo."""
    lines = Path("/proc/net/dev").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.split()[0] == "lo:")


@pytest.mark.parametrize("credential", ["V2", "STRONG", "STRONGEST", "OLD", "PLAIN"])
@pytest.mark.parametrize("interface", ["1", "lo"])
async def test_the_counters_are_the_kernel_s_however_the_port_is_named_and_asked(port, credential, interface):
    told = (await reader().read([meter(port, interface, credential)]))[1]
    assert isinstance(told, Reading), told
    assert 0 < told.down <= loopback()
    assert told.uptime > 0


@pytest.mark.parametrize(
    ("interface", "credential", "fault"),
    [
        ("4096", "V2", Fault.NO_INTERFACE),
        ("no-such-port", "V2", Fault.NO_INTERFACE),
        ("lo", "NAMES", Fault.NO_COUNTERS),
        ("lo", "NOBODY", Fault.REFUSED),
        ("lo", "FORGOTTEN", Fault.REFUSED),
        ("lo", "OPEN", Fault.REFUSED),
        ("lo", "STRANGER", Fault.TIMEOUT),
        ("lo", "NEVER_SET", Fault.NO_CREDENTIAL),
    ],
)
async def test_what_an_agent_does_not_tell_has_a_reason(port, interface, credential, fault):
    assert await reader().read([meter(port, interface, credential)]) == {1: fault}


async def test_a_host_that_does_not_resolve_is_a_reason():
    assert await reader().read([Meter(1, "no-such-host.invalid", 161, "1", "V2")]) == {1: Fault.BAD_NAME}


async def test_one_fault_is_not_the_others(port):
    wanted = [
        meter(port, "lo", "V2", channel=1),
        meter(port, "no-such-port", "V2", channel=2),
        meter(port, "lo", "STRONG", channel=3),
        meter(port, "lo", "FORGOTTEN", channel=4),
        meter(free_port(), "lo", "V2", channel=5),
    ]
    told = await reader().read(wanted)
    kinds = [type(told[channel]) for channel in range(1, 6)]
    assert kinds == [Reading, Fault, Reading, Fault, Fault]


async def test_an_interface_that_was_numbered_anew_is_found_again(port):
    reading = reader()
    reading._indexes[("127.0.0.1", port)] = {"lo": "4096", "gone": "1"}
    told = await reading.read([meter(port, "lo", "V2", channel=1), meter(port, "gone", "V2", channel=2)])
    assert isinstance(told[1], Reading)
    assert told[2] is Fault.NO_INTERFACE


@contextmanager
def silent(count: int):
    """Open sockets that hear and never answer."""
    sockets = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
            each.setblocking(False)
        yield sockets
    finally:
        for each in sockets:
            each.close()


async def heard(sock: socket.socket, at: list[float]) -> None:
    loop = asyncio.get_running_loop()
    while True:
        await loop.sock_recv(sock, 4096)
        at.append(monotonic())


async def test_a_dead_agent_is_asked_twice_and_not_again_for_its_other_ports():
    with silent(1) as (dead,):
        port, at = dead.getsockname()[1], []
        listening = asyncio.create_task(heard(dead, at))
        told = await reader().read([meter(port, "1", "V2", channel=each) for each in range(5)])
        listening.cancel()
    assert set(told.values()) == {Fault.TIMEOUT}
    assert len(at) == 2


async def test_only_so_many_agents_are_asked_at_once():
    with silent(6) as dead:
        heard_at: list[list[float]] = [[] for _ in dead]
        listening = [asyncio.create_task(heard(*each)) for each in zip(dead, heard_at, strict=True)]
        wanted = [
            meter(each.getsockname()[1], "1", "V2", channel=channel) for channel, each in enumerate(dead)
        ]
        await reader(at_once=2).read(wanted)
        for each in listening:
            each.cancel()
    first, last = sorted(at[0] for at in heard_at), sorted(at[-1] for at in heard_at)
    assert all(begun > ended for begun, ended in zip(first[2:], last, strict=False))


class Talker(asyncio.DatagramProtocol):
    """An agent that says what it is told to say."""

    def __init__(self, answer):
        self._answer = answer

    def connection_made(self, transport):
        self._transport = transport

    def datagram_received(self, data, address):
        self._transport.sendto(self._answer(data), address)


@asynccontextmanager
async def talking(answer):
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: Talker(answer), local_addr=("127.0.0.1", 0))
    try:
        yield transport.get_extra_info("sockname")[1]
    finally:
        transport.close()


def saying(*values, status=0, request=None):
    """Return what answers every question with *values*, whatever was asked."""

    def answer(data):
        asked, _ = decoder.decode(data, asn1Spec=v2c.Message())
        reply = v2c.apiMessage.get_response(asked)
        pdu = v2c.apiMessage.get_pdu(reply)
        names = [name for name, _ in v2c.apiPDU.get_varbinds(v2c.apiMessage.get_pdu(asked))]
        v2c.apiPDU.set_error_status(pdu, status)
        v2c.apiPDU.set_varbinds(pdu, list(zip(names, values, strict=False)))
        return encoder.encode(reply)

    return answer


COUNTED = (
    v2c.TimeTicks(500),
    v2c.Counter64(70),
    v2c.Counter64(30),
    v2c.TimeTicks(0),
    v2c.OctetString("Gi0/5"),
)


async def test_at_the_centre_what_is_sent_goes_down():
    async with talking(saying(*COUNTED)) as port:
        unit = (await reader().read([meter(port, "5", "V2")]))[1]
        centre = (await reader().read([meter(port, "5", "V2", centre=True)]))[1]
    assert (unit.down, unit.up, unit.uptime, unit.discontinuity) == (70, 30, 500, 0)
    assert (centre.down, centre.up) == (30, 70)


@pytest.mark.parametrize(
    ("answer", "faults"),
    [
        (lambda data: b"", {Fault.TIMEOUT}),
        (lambda data: b"\xff" * 64, {Fault.TIMEOUT}),
        (lambda data: data, {Fault.TIMEOUT, Fault.GARBLED}),
        (lambda data: saying(*COUNTED)(data)[:-5], {Fault.TIMEOUT}),
        (saying(*COUNTED[:3]), {Fault.GARBLED}),
        (saying(*[v2c.OctetString("seven")] * 5), {Fault.GARBLED}),
        (saying(*[v2c.Null("")] * 5, status=5), {Fault.GARBLED}),
        (saying(*[v2c.Null("")] * 5, status=16), {Fault.REFUSED}),
    ],
    ids=["nothing", "noise", "an echo", "half a packet", "too few values", "texts", "an error", "no access"],
)
async def test_whatever_an_agent_answers_is_a_fault_and_never_an_exception(answer, faults):
    async with talking(answer) as port:
        told = await reader().read([meter(port, "5", "V2")])
    assert told[1] in faults


@pytest.mark.parametrize("value", [v2c.OctetString("Gi0/5"), v2c.Counter64(2**63), v2c.Null("")])
async def test_a_column_of_names_that_does_not_go_on_is_left(value):
    async with talking(saying(*[value] * 5)) as port:
        assert await reader().read([meter(port, "Gi0/6", "V2")]) == {1: Fault.NO_INTERFACE}


def test_a_bot_without_a_meter_does_not_import_pysnmp():
    program = (
        "import asyncio, sys, bot.app, checks.snmp\n"
        "asyncio.run(checks.snmp.Snmp({}).read([]))\n"
        "assert not [each for each in sys.modules if each.startswith('pysnmp')]"
    )
    subprocess.run([sys.executable, "-c", program], check=True, env=os.environ, timeout=60)
