"""Traces over real hops: namespaces in a row, made here."""

import pytest

from checks.trace import End, trace
from tests.checks.chain import chain

V4, V6 = "10.9.{}.2", "fd09:{}::2"  # how the router at a distance is called
ECHO, UDP = "0 2147483647", "1 0"  # who may open an ICMP socket: everybody, or nobody
SOCKETS = pytest.mark.parametrize("groups", [ECHO, UDP], ids=["echo", "udp"])


@pytest.fixture(scope="module")
def row():
    with chain(5) as found:
        yield found


def addresses(told):
    end, hops = told
    assert all(latency is None or 0 < latency < 0.5 for _, latency in hops)
    return end, [address for address, _ in hops]


@SOCKETS
@pytest.mark.parametrize("name", [V4, V6])
@pytest.mark.parametrize("distance", [1, 4])
def test_every_router_on_the_way_is_named(row, groups, name, distance):
    told = row.trace(name.format(distance), groups)
    assert addresses(told) == (End.ARRIVED, [name.format(at) for at in range(1, distance + 1)])


@SOCKETS
@pytest.mark.parametrize(("name", "absent"), [(V4, "10.9.3.77"), (V6, "fd09:3::77")])
def test_a_router_that_finds_nobody_behind_it_is_the_last(row, groups, name, absent):
    told = row.trace(absent, groups)
    assert addresses(told) == (End.REFUSED, [name.format(1), name.format(2), name.format(2)])


@SOCKETS
@pytest.mark.parametrize(("name", "dead"), [(V4, "192.0.2.2"), (V6, "2001:db8::2")])
def test_a_way_that_ends_in_silence_ends_with_the_last_who_spoke(row, groups, name, dead):
    row.run(4, "ip", "route", "replace", "blackhole", dead)
    assert addresses(row.trace(dead, groups)) == (End.SILENT, [name.format(1), name.format(2)])


def test_a_silent_router_leaves_a_gap(row):
    own = ("ipproto", "icmp", "iif", "lo", "blackhole")
    row.run(3, "ip", "rule", "add", *own)
    try:
        told = row.trace(V4.format(4))
    finally:
        row.run(3, "ip", "rule", "del", *own)
    assert addresses(told) == (End.ARRIVED, [V4.format(1), None, V4.format(3), V4.format(4)])


async def test_this_machine_is_one_hop_away():
    path = await trace("localhost", 0.5)
    assert (path.end, len(path.hops)) == (End.ARRIVED, 1)


async def test_a_name_without_an_address_has_no_way():
    assert (await trace("nowhere.invalid", 0.5)).end is End.UNSENT


def test_a_machine_without_a_route_has_no_way(row):
    row.run(1, "ip", "route", "del", "default")
    try:
        end, hops = row.trace("192.0.2.1")
    finally:
        row.run(1, "ip", "route", "add", "default", "via", "10.9.1.2")
    assert (end, hops) == (End.UNSENT, [])
