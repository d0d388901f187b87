"""Names of hosts and what is known of them."""

import socket

import pytest

from checks import names
from checks.names import Names
from incidents.outcome import Reason


def answering(*answers):
    """Return a lookup that gives *answers* one after the other, an exception by raising it."""
    left = list(answers)

    async def lookup(_host):
        answer = left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return lookup


async def known(host, *answers):
    book = Names(answering(*answers))
    await book.ready([host])
    return book.address(host)


async def test_a_literal_needs_no_lookup():
    assert Names(answering()).address("10.20.0.1") == "10.20.0.1"


async def test_until_the_first_lookup_ends_the_fault_is_ours():
    book = Names(answering("10.0.0.1"))
    assert book.address("xa.vn") is Reason.SEND_FAILED
    await book.ready([])
    assert book.address("xa.vn") == "10.0.0.1"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (socket.gaierror(socket.EAI_NONAME, "unknown"), Reason.BAD_NAME),
        (socket.gaierror(socket.EAI_NODATA, "no address"), Reason.BAD_NAME),
        (socket.gaierror(socket.EAI_AGAIN, "no server"), Reason.SEND_FAILED),
        (UnicodeError("label too long"), Reason.BAD_NAME),
    ],
)
async def test_a_failed_lookup_has_its_reason(error, reason):
    assert await known("xa.vn", error) is reason


async def test_a_known_address_outlives_a_silent_name_server(monkeypatch):
    monkeypatch.setattr(names, "FRESH", 0.0)
    book = Names(answering("10.0.0.1", socket.gaierror(socket.EAI_AGAIN, "no server")))
    await book.ready(["xa.vn"])
    await book.ready(["xa.vn"])
    assert book.address("xa.vn") == "10.0.0.1"


async def test_the_system_resolver_knows_localhost():
    assert await names.look_up("localhost") == "127.0.0.1"
