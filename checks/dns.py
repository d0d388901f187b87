"""DNS probe: a name server answers when it gives records for the name it is asked for, over UDP."""

import asyncio
import secrets
from time import perf_counter
from typing import Final

from checks.faults import reason_of
from checks.question import Question
from checks.target import Target
from incidents.outcome import Outcome, Reason

PORT: Final = 53


async def probe(target: Target, timeout: float) -> Outcome:  # noqa: ASYNC109 - the outcome names it
    """Ask *target* once. A dead server is an answer, never an exception."""
    question = Question.of(target.path, secrets.randbelow(1 << 16))
    try:
        async with asyncio.timeout(timeout):
            return await _ask(target, question)
    except OSError as error:
        return Outcome(reason_of(error))


async def _ask(target: Target, question: Question) -> Outcome:
    loop = asyncio.get_running_loop()
    # The socket is connected: the kernel drops what comes from elsewhere, and hands on what a router refuses.
    transport, listener = await loop.create_datagram_endpoint(
        lambda: _Listener(question), remote_addr=(target.host, target.port or PORT)
    )
    started = perf_counter()
    try:
        transport.sendto(question.packed())
        reason = await listener.reason
    finally:
        transport.abort()
    return Outcome(reason, perf_counter() - started if reason is Reason.REPLY else None)


class _Listener(asyncio.DatagramProtocol):
    """Whoever waits for the reply to one question; strangers' packets are passed over."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self.reason: asyncio.Future[Reason] = asyncio.get_running_loop().create_future()

    def datagram_received(self, data: bytes, addr: object) -> None:  # noqa: ARG002 - the kernel looked at it
        reason = self._question.verdict(data)
        if reason is not None and not self.reason.done():
            self.reason.set_result(reason)

    def error_received(self, exc: Exception) -> None:
        if not self.reason.done():
            self.reason.set_exception(exc)
