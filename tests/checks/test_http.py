"""HTTP probes against real sockets of this machine."""

import asyncio
import contextlib

import pytest

from checks import http
from checks.target import Target
from incidents.outcome import Reason


@contextlib.asynccontextmanager
async def serving(answer):
    """Serve one fixed *answer* to whoever connects; None: never a word; yield the port."""
    release = asyncio.Event()

    async def handle(reader, writer):
        with contextlib.suppress(ConnectionError):
            await reader.readline()
            if answer is None:
                await release.wait()
            else:
                writer.write(answer)
                await writer.drain()
            writer.close()
            await writer.wait_closed()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        release.set()
        server.close()
        await server.wait_closed()


def answer(status, headers="", body=""):
    return f"HTTP/1.1 {status}\r\n{headers}Content-Length: {len(body)}\r\n\r\n{body}".encode()


async def outcome_of(url, within=1.0):
    return await http.probe(Target.parse(1, url), within)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (answer("200 OK", body="ok"), Reason.REPLY),
        (answer("301 Moved", "Location: http://127.0.0.1:1/\r\n"), Reason.REPLY),
        (answer("401 Unauthorized"), Reason.REPLY),
        (answer("500 Internal Server Error"), Reason.BAD_STATUS),
        (answer("503 Service Unavailable"), Reason.BAD_STATUS),
        (b"220 mail.vn ESMTP\r\n", Reason.BAD_STATUS),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n", Reason.REPLY),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n", Reason.BAD_STATUS),
        (b"", Reason.REFUSED),
        (None, Reason.TIMEOUT),
    ],
)
async def test_an_answer_has_its_reason(said, reason):
    async with serving(said) as port:
        outcome = await outcome_of(f"http://127.0.0.1:{port}/x", within=0.3)
    assert outcome.reason is reason
    assert (outcome.latency is not None) == (reason is Reason.REPLY)


async def test_a_service_without_tls_fails_https():
    async with serving(answer("200 OK")) as port:
        outcome = await outcome_of(f"https://127.0.0.1:{port}/")
    assert outcome.reason is Reason.TLS


async def test_a_closed_port_is_refused():
    async with serving(b"") as port:
        pass
    assert (await outcome_of(f"http://127.0.0.1:{port}/")).reason is Reason.REFUSED


async def test_a_proxy_of_the_environment_is_not_asked(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    async with serving(answer("200 OK")) as port:
        assert (await outcome_of(f"http://127.0.0.1:{port}/")).answered
