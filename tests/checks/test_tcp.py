"""TCP probes against real sockets of this machine."""

import asyncio
import socket
import time
from dataclasses import replace

import pytest

from checks import tcp
from checks.target import Target
from incidents.outcome import Reason


def listener():
    return socket.create_server(("127.0.0.1", 0))


def port_of(sock):
    return sock.getsockname()[1]


async def outcome_of(url, within=1.0):
    return await tcp.probe(Target.parse(1, url), within)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_an_open_port_answers(host):
    with listener() as sock:
        outcome = await outcome_of(f"tcp://{host}:{port_of(sock)}")
    assert outcome.answered
    assert 0 < outcome.latency < 0.5


async def test_a_closed_port_is_refused():
    with listener() as sock:
        port = port_of(sock)
    assert (await outcome_of(f"tcp://127.0.0.1:{port}")).reason is Reason.REFUSED


async def test_a_silent_host_is_a_timeout():
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        with socket.create_connection(full.getsockname()):  # the queue holds one; the next is not answered
            outcome = await outcome_of(f"tcp://127.0.0.1:{port_of(full)}", within=0.1)
    assert outcome.reason is Reason.TIMEOUT


async def test_what_connect_itself_refuses_is_our_own_fault():
    broadcast = replace(Target.parse(1, "tcp://10.20.0.1:80"), host="255.255.255.255")
    assert (await tcp.probe(broadcast, 1.0)).reason is Reason.SEND_FAILED


async def test_a_busy_loop_does_not_inflate_the_latency():
    loop = asyncio.get_running_loop()
    with listener() as sock:
        probing = asyncio.create_task(outcome_of(f"tcp://127.0.0.1:{port_of(sock)}"))
        loop.call_soon(lambda: time.sleep(0.2))
        outcome = await probing
    assert outcome.latency < 0.1
