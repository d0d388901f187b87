"""TLS probes against a real TLS server on loopback, with certificates made here."""

import asyncio
import contextlib
import socket
import ssl
from datetime import UTC, datetime, timedelta

import pytest
import trustme

from checks import tls
from checks.certificate import Certificate
from checks.target import Target
from incidents.outcome import Reason

NOW = datetime.fromtimestamp(ssl.cert_time_to_seconds("Jan  5 08:00:00 2026 GMT"), UTC)


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture(scope="module")
def trust(authority):
    context = ssl.create_default_context(cafile=None)
    authority.configure_trust(context)
    return context


@contextlib.asynccontextmanager
async def serving(certificate, versions=None):
    """Shake hands with whoever connects; yield the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    if versions:
        context.minimum_version = context.maximum_version = versions

    async def handle(reader, writer):
        with contextlib.suppress(OSError):
            await reader.read()
        writer.transport.abort()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()


def target(port, host="127.0.0.1", scheme="tls"):
    return Target.parse(1, f"{scheme}://{host}:{port}")


def issued(authority, *names, ends=timedelta(days=60)):
    # The handshake goes by this machine's clock, so the certificate does too.
    end = datetime.now(UTC) + ends  # noqa: TID251
    return authority.issue_cert(*names, not_before=end - timedelta(days=90), not_after=end), end


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_trusted_service_answers(authority, trust, host):
    server, _ = issued(authority, host)
    async with serving(server) as port:
        outcome = await tls.probe(target(port, host), 2.0, trust)
    assert outcome.answered
    assert 0 < outcome.latency < 2


async def test_a_certificate_near_its_end_still_answers(authority, trust):
    server, _ = issued(authority, "127.0.0.1", ends=timedelta(hours=1))
    async with serving(server) as port:
        assert (await tls.probe(target(port), 2.0, trust)).answered


@pytest.mark.parametrize(
    ("names", "ends", "stranger", "fault"),
    [
        (("127.0.0.1",), timedelta(days=-1), False, "expired"),
        (("127.0.0.1",), timedelta(days=1), True, "issuer"),
        (("elsewhere.vn",), timedelta(days=1), False, "mismatch"),
    ],
)
async def test_what_cannot_be_trusted_is_told_with_its_reason(authority, trust, names, ends, stranger, fault):
    server, _ = issued(trustme.CA() if stranger else authority, *names, ends=ends)
    async with serving(server) as port:
        outcome = await tls.probe(target(port), 2.0, trust)
        shown = await tls.certificate(target(port), 2.0, trust)
    assert (outcome.reason, outcome.latency) == (Reason.TLS, None)
    assert shown.until is None
    assert fault in shown.fault.lower()


@pytest.mark.parametrize("scheme", ["tls", "https"])
async def test_the_end_of_a_certificate_is_read(authority, trust, scheme):
    server, end = issued(authority, "127.0.0.1")
    async with serving(server) as port:
        shown = await tls.certificate(target(port, scheme=scheme), 2.0, trust)
    assert shown == Certificate(end.replace(microsecond=0))


async def test_a_service_without_tls_fails():
    async def handle(reader, writer):
        writer.write(b"220 mail.vn ESMTP\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        assert (await tls.probe(target(port), 2.0)).reason is Reason.TLS
    finally:
        server.close()
        await server.wait_closed()


async def test_a_service_that_never_shakes_hands_is_a_timeout():
    with socket.create_server(("127.0.0.1", 0)) as sock:
        port = sock.getsockname()[1]
        assert (await tls.probe(target(port), 0.1)).reason is Reason.TIMEOUT
        assert await tls.certificate(target(port), 0.1) is None


async def test_a_closed_port_is_refused_and_shows_no_certificate():
    with socket.create_server(("127.0.0.1", 0)) as sock:
        port = sock.getsockname()[1]
    assert (await tls.probe(target(port), 1.0)).reason is Reason.REFUSED
    assert await tls.certificate(target(port), 1.0) is None


@pytest.mark.parametrize(
    ("until", "days"),
    [
        (NOW + timedelta(days=30), 30),
        (NOW + timedelta(days=29, hours=23), 29),
        (NOW + timedelta(hours=1), 0),
        (NOW - timedelta(hours=1), -1),
        (None, None),
    ],
)
def test_whole_days_are_left(until, days):
    assert Certificate(until).days_left(NOW) == days
