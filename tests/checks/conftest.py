"""Lines in a box, and targets that lead to them."""

import contextlib

import pytest

from checks.target import Target
from sandbox.network import Network, NetworkUnavailable


@contextlib.asynccontextmanager
async def lines(*codes, count=0):
    """Open a box of ICMP lines, by *codes* or *count* of them; skip aloud where the machine refuses."""
    codes = codes or [f"T{index:03}" for index in range(count)]
    addresses = {code: f"10.20.{index // 250}.{index % 250 + 1}" for index, code in enumerate(codes)}
    network = Network(addresses, modes=("tun", "veth"))
    try:
        await network.__aenter__()
    except NetworkUnavailable as error:
        pytest.skip(f"ICMP needs a network namespace: {error}")
    try:
        yield network
    finally:
        await network.__aexit__(None, None, None)


@pytest.fixture(name="lines")
def _lines():
    return lines


@pytest.fixture
def targets_of():
    """Return a function from a box to its targets, numbered in the order of the lines."""
    return lambda network: [
        Target.parse(series, network.url(code)) for series, code in enumerate(network.lines)
    ]
