"""Turns: what one person sends is dealt with in the order it came, without keeping others waiting."""

from collections import deque
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger(__name__)

Work = Callable[[], Awaitable[None]]
WAITING = 50  # of one person; what is beyond them waits for nothing


class Turns:
    """Works by whom they are for. Who is served already leaves the next here, and so holds no place."""

    def __init__(self) -> None:
        self._waiting: dict[int, deque[Work]] = {}

    async def take(self, whose: int, work: Work) -> None:
        """Do *work* once what came before it is done: now, or as the last thing of who is at it."""
        behind = self._waiting.get(whose)
        if behind is not None and len(behind) < WAITING:
            behind.append(work)
            return
        if behind is not None:
            await _done(work)
            return
        mine = self._waiting[whose] = deque([work])
        try:
            while mine:
                await _done(mine.popleft())
        finally:
            del self._waiting[whose]


async def _done(work: Work) -> None:
    """Do *work*; what fails must not take along what waits behind it."""
    try:
        await work()
    except Exception:
        log.exception("turn.failed")
