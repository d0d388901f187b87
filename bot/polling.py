"""Polling: the requests of getUpdates, which know when one last succeeded, and whether we are alone."""

import asyncio
from http import HTTPStatus
from time import monotonic

from telegram.request import HTTPXRequest


class PollRequest(HTTPXRequest):
    """The request of getUpdates; times are seconds of the monotonic clock."""

    last_good: float | None = None
    last_conflict: float | None = None  # another process polled with the same token

    async def do_request(self, *args: object, **kwargs: object) -> tuple[int, bytes]:
        """Do the request and note what became of it."""
        status, body = await super().do_request(*args, **kwargs)  # type: ignore[arg-type]
        if status == HTTPStatus.OK:
            self.last_good = monotonic()
        elif status == HTTPStatus.CONFLICT:
            self.last_conflict = monotonic()
        return status, body

    async def stalls(self, seconds: float) -> None:
        """Return once no answer was good for so long."""
        since = monotonic()
        while True:
            left = max(since, self.last_good or since) + seconds - monotonic()
            if left <= 0:
                return
            await asyncio.sleep(left)
