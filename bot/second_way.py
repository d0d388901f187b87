"""The second way out: calls that chat did not bring about, made by e-mail, SMS or voice, each by a child."""

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Final

import structlog

from bot import ring
from bot.cards.second_way import TITLE, call
from operations.desk import Desk
from operations.look import incident_view
from operations.second_way import FAILED, NEEDLESS, SENT, due, settle, worth
from storage import incidents
from storage.tables import SecondCall

log = structlog.get_logger(__name__)

EVERY: Final = 5.0  # seconds
AT_ONCE: Final = 2  # children
PATIENCE: Final = 45.0  # seconds for one call, the start of its process included
TRIES: Final = 3
PAUSE: Final = 20.0  # seconds between two


class SecondWay:
    """Looks for calls to be made and makes them; *targets* are apprise URLs by name."""

    def __init__(self, desk: Desk, targets: Mapping[str, Sequence[str]]) -> None:
        self._desk = desk
        self._targets = targets
        self._room = asyncio.Semaphore(AT_ONCE)

    async def run(self) -> None:
        """Make calls until cancelled."""
        while True:
            async with asyncio.TaskGroup() as calls:
                for wanted in await due(self._desk, self._targets.keys()):
                    calls.create_task(self._make(wanted))
            await asyncio.sleep(EVERY)

    async def _make(self, wanted: SecondCall) -> None:
        async with self._room:
            outcome = await self._try(wanted)
            log.info(
                "second_way", name=wanted.name, ticket=wanted.incident_id, why=wanted.why, outcome=outcome
            )
            await settle(self._desk, wanted, outcome)

    async def _try(self, wanted: SecondCall) -> str:
        urls = self._targets.get(wanted.name)
        for attempt in range(TRIES):
            if urls is None or not await worth(self._desk, wanted):
                return NEEDLESS
            if (code := await send(urls, TITLE, await self._said(wanted))) == ring.SENT:
                return SENT
            log.warning("second_way.failed", name=wanted.name, code=code, attempt=attempt + 1)
            if code == ring.UNKNOWN:
                break
            if attempt + 1 < TRIES:
                await asyncio.sleep(PAUSE)
        return FAILED

    async def _said(self, wanted: SecondCall) -> str:
        async with self._desk.look() as act:
            incident = await incidents.find(act.session, wanted.incident_id)
            assert incident is not None
            return call(await incident_view(act, incident), self._desk.voice, act.at)


async def send(urls: Sequence[str], title: str, body: str, patience: float = PATIENCE) -> int:
    """Have a child call *urls*; return one of the codes of bot/ring.py. One that takes too long is killed."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        ring.__name__,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,  # a traceback would hold a URL
    )
    told = json.dumps({"urls": list(urls), "title": title, "body": body}).encode()
    try:
        async with asyncio.timeout(patience):
            await child.communicate(told)
    except TimeoutError:
        return ring.FAILED
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return child.returncode if child.returncode in (ring.SENT, ring.UNKNOWN) else ring.FAILED
