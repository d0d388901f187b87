"""The box in each of the ways it can run, asked by a few lines of ping of the tests' own."""

import asyncio
import contextlib
import os
import signal
import socket
import struct
import sys
import time
from urllib.parse import urlsplit

import pytest

from sandbox.network import Network, NetworkUnavailable, Quirk

LINES = {"T01": "10.20.0.1", "T02": "10.20.0.2", "T03": "172.16.5.9"}


@contextlib.asynccontextmanager
async def box_of(*modes, lines=LINES):
    network = Network(lines, modes=modes)
    try:
        await network.__aenter__()
    except NetworkUnavailable as error:
        pytest.skip(f"this machine refuses: {error}")
    try:
        yield network
    finally:
        await network.__aexit__(None, None, None)


@pytest.fixture(params=["tun", "veth"])
async def box(request):
    async with box_of(request.param) as network:
        yield network


@pytest.fixture(params=["tun", "veth", "tcp"])
async def any_box(request):
    async with box_of(request.param) as network:
        yield network


async def ping(network, code, within=0.15):
    """Return the seconds that one echo took, or None."""
    loop = asyncio.get_running_loop()
    with network.icmp_socket() as sock:
        sock.setblocking(False)
        address = urlsplit(network.url(code)).hostname
        started = time.perf_counter()
        sock.sendto(struct.pack("!BBHHH", 8, 0, 0, 0, 1) + b"are you there", (address, 0))
        try:
            async with asyncio.timeout(within):
                data, source = await loop.sock_recvfrom(sock, 2048)
        except (TimeoutError, OSError):
            return None
        assert (data[0], data[8:], source[0]) == (0, b"are you there", address)
        return time.perf_counter() - started


async def answers(network, code):
    if network.mode != "tcp":
        return await ping(network, code) is not None
    place = urlsplit(network.url(code))
    try:
        _, writer = await asyncio.open_connection(place.hostname, place.port)
    except ConnectionRefusedError:
        return False
    writer.close()
    await writer.wait_closed()
    return True


async def test_every_line_answers(any_box):
    assert [await answers(any_box, code) for code in LINES] == [True, True, True]


async def test_a_cut_silences_the_named_lines_until_they_are_healed(any_box):
    await any_box.cut("T01", "T03")
    assert [await answers(any_box, code) for code in LINES] == [False, True, False]
    await any_box.heal("T01", "T03")
    assert [await answers(any_box, code) for code in LINES] == [True, True, True]


async def test_it_says_in_one_sentence_what_it_runs_on(any_box):
    said = any_box.describe()
    assert said.startswith("3 lines: ")
    assert said.endswith(".")
    assert {"tun": "TUN", "veth": "veth", "tcp": "TCP"}[any_box.mode] in said


async def test_a_line_keeps_its_url(any_box):
    url = any_box.url("T01")
    await any_box.cut("T01")
    await any_box.heal("T01")
    assert any_box.url("T01") == url


async def test_a_shaped_line_takes_its_time(box):
    await box.shape("T01", delay=0.08, jitter=0.0)
    assert await ping(box, "T01", within=1.0) == pytest.approx(0.08, abs=0.03)


async def test_a_line_that_loses_everything_is_silent(box):
    await box.shape("T01", loss=1.0)
    assert await ping(box, "T01") is None


async def test_an_address_without_a_line_is_silent(box):
    box.lines["nobody"] = box.lines["T01"].__class__("10.99.0.1", 0.0, 0.0)
    assert await ping(box, "nobody") is None


async def test_a_line_misbehaves_on_demand(box):
    await box.misbehave("T01", quirk=Quirk.UNREACHABLE)
    assert await ping(box, "T01") is None
    await box.misbehave("T01", quirk=None)
    assert await ping(box, "T01") is not None


async def test_without_a_namespace_it_falls_back_and_gives_no_icmp():
    async with box_of("tcp") as network:
        with pytest.raises(NetworkUnavailable, match="no ICMP"):
            network.icmp_socket()


async def test_an_unknown_line_is_a_mistake(any_box):
    with pytest.raises(KeyError):
        await any_box.cut("T99")


@pytest.mark.parametrize("address", ["127.0.0.1", "224.0.0.1", "0.0.0.0", "198.18.0.1", "10.20.0", "a.vn"])
def test_a_line_needs_the_address_of_a_host_outside(address):
    with pytest.raises(ValueError, match=address.replace(".", "[.]")):
        Network({"T01": address})


def test_two_lines_need_two_addresses():
    with pytest.raises(ValueError, match="same address"):
        Network({"T01": "10.20.0.1", "T02": "10.20.0.1"})


async def test_the_box_ends_when_its_keeper_hangs_up():
    async with box_of("tun", "veth", "tcp") as network:
        process = network._process
        network._channel.socket.shutdown(socket.SHUT_RDWR)
        assert await asyncio.to_thread(process.wait, 5) == 0


async def test_a_box_that_died_is_told():
    async with box_of("tun", "veth", "tcp") as network:
        os.kill(network._process.pid, signal.SIGKILL)
        await asyncio.to_thread(network._process.wait, 5)
        with pytest.raises(ConnectionError):
            await network.cut("T01")


async def test_a_box_of_a_thousand_lines_answers_for_the_last_one():
    lines = {f"L{index}": f"10.{index // 250}.0.{index % 250 + 1}" for index in range(1000)}
    async with box_of("tun", "veth", lines=lines) as network:
        assert await ping(network, "L999") is not None


DIAL = """
import asyncio, socket
from urllib.parse import urlsplit
from sandbox.network import Network

async def main():
    async with Network({"T01": "10.20.0.1"}) as network:
        place = urlsplit(network.url("T01"))
        socket.create_connection((place.hostname, place.port), 2).close()
        print(network.mode)

asyncio.run(main())
"""


async def test_where_a_namespace_can_be_entered_but_not_furnished_the_listeners_stay_outside():
    sealed = 'mount --bind /proc/sys /proc/sys && mount -o remount,bind,ro /proc/sys && exec "$@"'
    command = ["unshare", "--mount", "sh", "-c", sealed, "sh", sys.executable, "-c", DIAL]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    told, error = await process.communicate()
    if b"unshare" in error or b"mount:" in error:
        pytest.skip(f"this machine refuses: {error.decode().strip()}")
    assert told.decode().strip() == "tcp", error.decode()


HERE = """
import asyncio, socket
from sandbox.network import Network, NetworkUnavailable, namespace

async def main():
    async with Network({"T01": "10.20.0.1"}, modes=("here",)) as network:
        with namespace.open_icmp_socket() as sock:
            sock.settimeout(5)
            sock.sendto(bytes((8, 0, 0, 0, 0, 0, 0, 1)), ("10.20.0.1", 0))
            print(sock.recvfrom(64)[1][0])
        try:
            await Network({"T02": "10.20.0.2"}, modes=("here",)).__aenter__()
        except NetworkUnavailable as error:
            print(error)

namespace.enter()
asyncio.run(main())
"""


async def test_the_lines_can_lie_in_the_namespace_of_whoever_asks_but_never_where_a_route_leads_out_already():
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HERE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    told, error = await process.communicate()
    if b"OSError" in error or b"NetworkUnavailable" in error:
        pytest.skip(f"this machine refuses: {error.decode().splitlines()[-1]}")
    answered, refused = told.decode().splitlines()
    assert answered == "10.20.0.1", error.decode()
    assert "found a route by lines" in refused
